import { scaleBand } from 'd3-scale';
import { html, type Html } from '../markup.ts';
import { heightAxis, heightScale, type Measure, nameAxis, PLOT, rounded } from './axes.ts';
import { WIDTH } from './chart.ts';

export interface Bar {
  /** Under the bar. */
  name: string;
  /** Null where nothing is known. */
  value: number | null;
  /** What is said of it when it is pointed at. */
  tip: string;
  /** Where its tickets are; null where there is no such page. */
  address: string | null;
}

/** Bars side by side, in the order given. */
export function barsDrawing(bars: readonly Bar[], measure: Measure): Html {
  const across = scaleBand<number>()
    .domain(bars.map((_, index) => index))
    .range([PLOT.left, PLOT.right])
    .paddingInner(0.24)
    .paddingOuter(0.12);
  const heights = heightScale(
    bars.map(({ value }) => value ?? 0),
    measure,
  );
  const { up } = heights;
  const left = (index: number) => across(index) ?? PLOT.left;
  return html`<svg viewBox="0 0 ${WIDTH} ${PLOT.height}" focusable="false">
    ${heightAxis(heights, measure)}
    ${bars.map(({ value, tip, address }, index) => {
      const top = up(value ?? 0);
      const mark = html`<rect
          class="td-bar"
          x="${rounded(left(index))}"
          y="${rounded(top)}"
          width="${rounded(across.bandwidth())}"
          height="${rounded(PLOT.bottom - top)}"
          rx="2"
        /><title>${tip}</title>`;
      return linked(mark, address);
    })}
    ${nameAxis(
      bars.map(({ name }) => name),
      (index) => left(index) + across.bandwidth() / 2,
    )}
  </svg>`;
}

/** A mark that leads to its tickets by the mouse; by the keyboard the table does. */
export function linked(mark: Html, address: string | null): Html {
  return address === null ? html`<g>${mark}</g>` : html`<a href="${address}" tabindex="-1">${mark}</a>`;
}

/** A bar within a row of a table: its share of the longest, 0 to 1. */
export function barInRow(share: number): Html {
  return html`<svg
    class="td-row-bar"
    viewBox="0 0 100 8"
    preserveAspectRatio="none"
    aria-hidden="true"
    focusable="false"
  >
    <rect class="td-bar" width="${rounded(100 * Math.min(1, Math.max(0, share)))}" height="8" rx="1" />
  </svg>`;
}
