import type { Queries } from '../../db/connection.ts';
import type { FigureId } from '../../domain/figure.ts';
import { figureNamed, figuresOf } from '../../reports/figures/catalogue.ts';
import type { Figure } from '../../reports/figures/figure.ts';
import { measure } from '../../reports/figures/measure.ts';
import { spanBefore } from '../../reports/span.ts';
import { figureWords } from '../../reports/words.ts';
import { html, type Html } from '../markup.ts';
import { type Asked, behind } from './asked.ts';
import { figureGroups } from './figure-groups.ts';
import { figureLines } from './figure-lines.ts';
import { changeMark, type Compared, figureTiles } from './figure-tiles.ts';

/** What a lead looks at first. */
const KEY_FIGURES = figuresOf(
  'opened',
  'resolved',
  'first_reply_open_median',
  'resolution_open_median',
  'first_reply_kept',
  'resolution_kept',
  'satisfaction',
  'escalated',
  'open_now',
  'open_over_24_hours',
  'unassigned_now',
  'in_review_now',
);

/** How the desk does, the primary figure first. */
export async function overviewMain(queries: Queries, asked: Asked, primary: FigureId): Promise<Html> {
  const leading = figureNamed(primary);
  const figures = [...new Set([...(leading === null ? [] : [leading]), ...KEY_FIGURES])];
  const compared = await compare(queries, asked, figures);
  const volume = { id: 'volume', title: 'New and resolved tickets', figures: figuresOf('opened', 'resolved'), asked };
  const byCategory = { id: 'categories', title: 'By category', by: 'category', asked } as const;
  const byChannel = { id: 'channels', title: 'By channel', by: 'channel', asked } as const;
  const counted = figuresOf('opened', 'first_reply_open_median', 'resolution_open_median', 'first_reply_kept');
  return html`${leading === null ? null : leadingCard(leading, compared, asked)}
  ${figureTiles(
    KEY_FIGURES.filter((figure) => figure !== leading),
    compared,
    asked,
  )}
  ${await figureLines(queries, volume)}
  ${leading === null || leading.moment === null ? null : await figureLines(queries, { id: 'leading', title: leading.title, figures: [leading], asked })}
  ${await figureGroups(queries, { ...byCategory, figures: counted })}
  ${await figureGroups(queries, { ...byChannel, figures: counted })}`;
}

/** Figures of the stretch and of the one before it. */
export async function compare(queries: Queries, asked: Asked, figures: readonly Figure[]): Promise<Compared> {
  const { span, among, now } = asked;
  const [here, before] = await Promise.all([
    measure(queries, { figures, span, among, now }),
    measure(queries, { figures, span: spanBefore(span), among, now }),
  ]);
  return { now: here.get('') ?? {}, before: before.get('') ?? {} };
}

function leadingCard(figure: Figure, { now, before }: Compared, asked: Asked): Html {
  const value = now[figure.id]?.value ?? null;
  return html`<section class="card td-leading" aria-labelledby="leading-figure">
    <h2 class="td-card-title" id="leading-figure">What we make better now: ${figure.title}</h2>
    <p class="td-leading-value">
      <a href="${behind(figure.id, asked)}"><strong>${figureWords(figure, value)}</strong></a>
      ${changeMark(figure, value, before[figure.id]?.value ?? null)}
    </p>
    <p class="form-hint">${figure.definition} <code>reports.yaml</code> says which figure leads.</p>
  </section>`;
}
