import type { Queries } from '../../db/connection.ts';
import { DIMENSIONS, type Dimension } from '../../reports/figures/among.ts';
import type { Figure } from '../../reports/figures/figure.ts';
import { measure, type Measured, ofNothing } from '../../reports/figures/measure.ts';
import { figureWords } from '../../reports/words.ts';
import { barInRow } from '../charts/bars.ts';
import { figuresTable } from '../charts/chart.ts';
import { html, type Fill, type Html } from '../markup.ts';
import { type Asked, behind } from './asked.ts';
import { groupWords } from './group-words.ts';

/** The rest is in the export; nobody reads a longer list on a page. */
const MOST_GROUPS = 25;

interface Group {
  value: string;
  measured: Readonly<Record<string, Measured>>;
}

/**
 * Figures by group, as a table whose first figure has a bar beside it, and in its order. Every number leads to its
 * tickets.
 */
export async function figureGroups(
  queries: Queries,
  given: { id: string; title: string; by: Dimension; figures: readonly Figure[]; asked: Asked; note?: Fill },
): Promise<Html> {
  const { id, title, by, figures, asked, note } = given;
  const { span, among, now } = asked;
  const measuredBy = await measure(queries, { figures, span, among, by, now, most: MOST_GROUPS + 1 });
  const groups = [...measuredBy].map(([value, measured]): Group => ({ value, measured }));
  const most = Math.max(...groups.map((group) => barOf(group, figures)), 0) || 1;
  return html`<section class="card td-groups" aria-labelledby="${id}-title">
    <h2 class="td-card-title" id="${id}-title">${title}</h2>
    ${
      groups.length === 0
        ? html`<p class="text-secondary">No tickets in this period.</p>`
        : figuresTable(
            {
              columns: [DIMENSIONS[by], ...figures.map((figure) => figure.title)],
              rows: groups.slice(0, MOST_GROUPS).map((group) => ({
                name: html`<bdi>${groupWords(by, group.value)}</bdi> ${barInRow(barOf(group, figures) / most)}`,
                cells: figures.map((figure) => cellOf(figure, group, { by, asked })),
              })),
            },
            { labelledBy: `${id}-title` },
          )
    }
    ${groups.length > MOST_GROUPS ? html`<p class="form-hint">Those with the most tickets. The export has all.</p>` : null}
    ${(note ?? null) === null ? null : html`<p class="form-hint">${note}</p>`}
  </section>`;
}

function cellOf(figure: Figure, { value, measured }: Group, { by, asked }: { by: Dimension; asked: Asked }): Html {
  const known = measured[figure.id] ?? ofNothing(figure);
  return html`<a href="${behind(figure.id, asked, { [by]: value })}">${figureWords(figure, known.value)}</a>`;
}

function barOf({ measured }: Group, [first]: readonly Figure[]): number {
  return (first === undefined ? null : measured[first.id]?.value) ?? 0;
}
