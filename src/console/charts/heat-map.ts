import { scaleBand } from 'd3-scale';
import { html, type Html } from '../markup.ts';
import { rounded } from './axes.ts';
import { WIDTH } from './chart.ts';

/** A field of the map darkens in so many steps; the eye tells no more apart. */
const STEPS = 6;

/** Numbers are written into fields this wide. */
const LEFT = 44;
const TOP = 20;
const FIELD_HEIGHT = 26;

export interface HeatMap {
  rows: readonly string[];
  columns: readonly string[];
  /** Row by row. */
  values: readonly (readonly number[])[];
  tipOf(row: number, column: number): string;
}

/** How much there is where: a field for every row and column, the darker the more, with its number in it. */
export function heatMapDrawing({ rows, columns, values, tipOf }: HeatMap): Html {
  const most = Math.max(1, ...values.flat());
  const across = scaleBand<number>()
    .domain(columns.map((_, index) => index))
    .range([LEFT, WIDTH])
    .paddingInner(0.06);
  const x = (column: number) => across(column) ?? LEFT;
  const centre = (column: number) => rounded(x(column) + across.bandwidth() / 2);
  return html`<svg viewBox="0 0 ${WIDTH} ${TOP + rows.length * FIELD_HEIGHT}" focusable="false">
    <g class="td-axis">
      ${columns.map((name, column) => html`<text x="${centre(column)}" y="12" text-anchor="middle">${name}</text>`)}
      ${rows.map((name, row) => html`<text x="0" y="${middleOf(row)}" dy="0.32em">${name}</text>`)}
    </g>
    ${values.map((line, row) =>
      line.map((value, column) => {
        const step = value === 0 ? 0 : Math.ceil((value / most) * STEPS);
        return html`<g>
          <rect
            class="td-heat td-heat-${step}"
            x="${rounded(x(column))}"
            y="${TOP + row * FIELD_HEIGHT}"
            width="${rounded(across.bandwidth())}"
            height="${FIELD_HEIGHT - 2}"
            rx="3"
          />
          ${
            value === 0
              ? null
              : html`<text
                  class="td-heat-text td-heat-text-${step}"
                  x="${centre(column)}"
                  y="${middleOf(row)}"
                  dy="0.32em"
                  text-anchor="middle"
                  >${value}</text
                >`
          }
          <title>${tipOf(row, column)}</title>
        </g>`;
      }),
    )}
  </svg>`;
}

function middleOf(row: number): number {
  return TOP + row * FIELD_HEIGHT + FIELD_HEIGHT / 2 - 1;
}
