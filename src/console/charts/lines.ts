import { scalePoint } from 'd3-scale';
import { area, line } from 'd3-shape';
import { html, type Html } from '../markup.ts';
import { heightAxis, heightScale, type Measure, nameAxis, PLOT, rounded } from './axes.ts';
import { linked } from './bars.ts';
import { WIDTH } from './chart.ts';

/** One line; a gap where nothing is known. */
export interface Line {
  title: string;
  values: readonly (number | null)[];
  /** What is said of each point when it is pointed at. */
  tips: readonly string[];
  /** Where the tickets of each point are; null where there is no such page. */
  addresses: readonly (string | null)[];
}

/** A range around the first line, such as that of a forecast. */
export interface Band {
  low: readonly (number | null)[];
  high: readonly (number | null)[];
}

export interface Lines {
  /** Under the points. */
  names: readonly string[];
  /** At most three can be told apart. */
  lines: readonly Line[];
  band?: Band;
}

/** Lines over time. Each has its own stroke as well as its colour, so that they differ in print. */
export function linesDrawing({ names, lines, band }: Lines, measure: Measure): Html {
  const across = scalePoint<number>()
    .domain(names.map((_, index) => index))
    .range([PLOT.left + 8, PLOT.right - 8]);
  const known = [...lines.flatMap(({ values }) => values), ...(band?.high ?? [])].filter((value) => value !== null);
  const heights = heightScale(known, measure);
  const { up } = heights;
  const x = (index: number) => across(index) ?? PLOT.left;
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => rounded(x(index)))
    .y((value) => rounded(up(value ?? 0)));
  return html`<svg viewBox="0 0 ${WIDTH} ${PLOT.height}" focusable="false">
      ${heightAxis(heights, measure)} ${band === undefined ? null : bandArea(band, { x, up })}
      ${lines.map(({ values }, index) => html`<path class="td-line td-line-${index + 1}" d="${path(values) ?? ''}" />`)}
      ${lines.map((each, index) => points(each, index, (at) => ({ x: x(at), y: up(each.values[at] ?? 0) })))}
      ${nameAxis(names, x)}
    </svg>
    ${lines.length > 1 ? legend(lines) : null}`;
}

function bandArea({ low, high }: Band, { x, up }: { x(index: number): number; up(value: number): number }): Html {
  const shape = area<number | null>()
    .defined((value, index) => value !== null && (low[index] ?? null) !== null)
    .x((_, index) => rounded(x(index)))
    .y0((_, index) => rounded(up(low[index] ?? 0)))
    .y1((value) => rounded(up(value ?? 0)));
  return html`<path class="td-band" d="${shape(high) ?? ''}" />`;
}

function points(
  { values, tips, addresses }: Line,
  place: number,
  placeOf: (index: number) => { x: number; y: number },
): Html {
  return html`${values.map((value, index) => {
    if (value === null) return null;
    const { x, y } = placeOf(index);
    const mark = html`<circle
        class="td-point td-point-${place + 1}"
        cx="${rounded(x)}"
        cy="${rounded(y)}"
        r="${values.length > 60 ? 1.5 : 3}"
      /><title>${tips[index]}</title>`;
    return linked(mark, addresses[index] ?? null);
  })}`;
}

/** What each line is: those who do not see colours tell them by the dashes. */
function legend(lines: readonly Line[]): Html {
  return html`<ul class="td-legend">
    ${lines.map(
      ({ title }, index) =>
        html`<li>
          <svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true" focusable="false">
            <path class="td-line td-line-${index + 1}" d="M1 4H27" /></svg
          >${title}
        </li>`,
    )}
  </ul>`;
}
