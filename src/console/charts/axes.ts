import { scaleLinear } from 'd3-scale';
import { html, type Html } from '../markup.ts';
import { WIDTH } from './chart.ts';

/** Where marks are drawn within a drawing; at their left is room for `23 h 20 min`. */
export const PLOT = { left: 76, right: WIDTH - 12, top: 12, bottom: 196, height: 226 };

/** A line every quarter or so is enough to read a height by. */
const TICKS = 4;

/** So many labels fit side by side without touching. */
const MOST_LABELS = 14;

/** How heights are counted. */
export interface Measure {
  words(value: number): string;
  /** Heights are minutes, which people round to hours and days rather than to tens. */
  isTime?: boolean;
}

export interface Heights {
  /** From a value to its height, from zero up. */
  up(value: number): number;
  /** The values at which a line goes across. */
  ticks: readonly number[];
}

/** Minutes that people call round, up to two weeks. */
const ROUND_MINUTES = [1, 2, 5, 10, 15, 30, ...[1, 2, 3, 6, 12, 24, 48, 96, 168, 336].map((hours) => hours * 60)];

/** A chart of nothing has a scale of one. */
export function heightScale(values: readonly number[], { isTime = false }: Measure): Heights {
  const most = Math.max(...values, 0) || 1;
  const scale = scaleLinear([0, most], [PLOT.bottom, PLOT.top]);
  const step = isTime ? ROUND_MINUTES.find((minutes) => most <= minutes * TICKS) : undefined;
  if (step === undefined) return { up: scale.nice(TICKS), ticks: scale.ticks(TICKS) };
  const ticks = Array.from({ length: Math.ceil(most / step) + 1 }, (_, line) => line * step);
  return { up: scale.domain([0, ticks.at(-1) ?? most]), ticks };
}

/** Lines across, with their values at the left. */
export function heightAxis({ up, ticks }: Heights, { words }: Measure): Html {
  return html`<g class="td-axis">
    ${ticks.map((tick) => {
      const y = rounded(up(tick));
      return html`<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}" /><text
          x="${PLOT.left - 8}"
          y="${y}"
          dy="0.32em"
          text-anchor="end"
          >${words(tick)}</text
        >`;
    })}
  </g>`;
}

/** Names under the marks; of many, every second, third, … so that none touches its neighbour. */
export function nameAxis(names: readonly string[], centreOf: (index: number) => number): Html {
  const every = Math.ceil(names.length / MOST_LABELS);
  return html`<g class="td-axis">
    ${names.map((name, index) =>
      index % every === 0
        ? html`<text x="${rounded(centreOf(index))}" y="${PLOT.bottom + 20}" text-anchor="middle">${name}</text>`
        : null,
    )}
  </g>`;
}

/** A tenth of a unit is finer than any screen. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
