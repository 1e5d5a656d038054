import { html, type Fill, type Html } from '../markup.ts';

/**
 * A chart as every page shows it: what it says in a sentence for those who do not see it, the drawing, and the table
 * behind it, in which each number is a link. The drawing has no colours of its own: the style sheet gives them, by
 * day, by night and on paper.
 */
export interface Chart {
  /** Distinguishes it on its page. */
  id: string;
  title: string;
  /** What can be seen in it, in a sentence. */
  says: string;
  /** What stands under the drawing; null for nothing. */
  note?: Fill;
  drawing: Html;
  table: Table;
}

/** Columns, and rows whose first cell names them. */
export interface Table {
  columns: readonly string[];
  rows: readonly { name: Fill; cells: readonly Fill[] }[];
}

/** Room of a drawing, in its own units; the style sheet stretches it. */
export const WIDTH = 720;

export function chartFigure({ id, title, says, note, drawing, table }: Chart): Html {
  return html`<figure class="card td-chart" aria-labelledby="${id}-title">
    <figcaption>
      <h2 class="td-card-title" id="${id}-title">${title}</h2>
      <p class="visually-hidden" id="${id}-says">${says}</p>
    </figcaption>
    <div class="td-chart-frame" role="img" aria-labelledby="${id}-title ${id}-says">${drawing}</div>
    ${(note ?? null) === null ? null : html`<p class="form-hint">${note}</p>`}
    <details class="td-chart-table">
      <summary>As a table</summary>
      ${figuresTable(table, { labelledBy: `${id}-title` })}
    </details>
  </figure>`;
}

/** A table of figures; it scrolls by itself where the page is narrow. */
export function figuresTable({ columns, rows }: Table, { labelledBy }: { labelledBy: string }): Html {
  return html`<div class="td-table-frame" role="region" aria-labelledby="${labelledBy}" tabindex="0">
    <table class="td-figures">
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, cells }) =>
            html`<tr>
              <th scope="row">${name}</th>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
