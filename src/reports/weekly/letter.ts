import { html } from 'ghtml';
import type { Block, Cell, ReviewDocument } from './document.ts';

/**
 * No colours of the ground, so that whoever reads in the dark has their program's own. Neither Gmail nor Outlook shows
 * SVG or a style sheet, so that bars are cells with a colour, and news have the colours of the day; programs that do
 * read the sheet below take those of the night from it, and the others change colours themselves.
 */
const STYLES = {
  page: "max-width:44em;font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;overflow-wrap:break-word",
  quiet: 'margin:0 0 1em;opacity:.75',
  leading: 'margin:0;font-size:32px;line-height:1.2;font-weight:600',
  heading: 'margin:1.75em 0 .5em;font-size:18px;line-height:1.3',
  table: 'width:100%;border-collapse:collapse;font-size:14px',
  cell: 'padding:5px 12px 5px 0;text-align:start;vertical-align:top;border-bottom:1px solid #8a8f98',
  head: 'font-weight:600;opacity:.75',
  good: 'color:#1f7a45',
  bad: 'color:#b3261e',
} as const;

const BY_NIGHT = `
  @media (prefers-color-scheme: dark) {
    .good { color: #5fd08f !important; }
    .bad { color: #ff8a80 !important; }
  }
`;

/** Steps of a bar; a cell has no width in shares that every program keeps. */
const BAR_PIXELS = 120;
const BAR_COLOUR = '#5b7fe0';

/** A review as the HTML of a letter: nothing is fetched from anywhere, and nothing in it is markup but ours. */
export function asLetter({ title, about, leading, sections, link }: ReviewDocument): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${title}</title>
        <style>
          !${BY_NIGHT}
        </style>
      </head>
      <body style="margin:0;padding:16px">
        <div style="${STYLES.page}">
          <h1 style="margin:0;font-size:22px;line-height:1.3">${title}</h1>
          <p style="${STYLES.quiet}">${about}</p>
          <p style="margin:0">${leading.title}</p>
          <p style="${STYLES.leading}">!${cellHtml(leading.value)}</p>
          <p style="margin:0 0 1em">
            !${leading.change === null ? '' : `${cellHtml(leading.change)} against the week before`}
          </p>
          !${sections.map(sectionHtml).join('\n')}
          !${link === null ? '' : html`<p style="margin:2em 0 0"><a href="${link}">Open it in the console</a></p>`}
        </div>
      </body>
    </html> `;
}

function sectionHtml({ title, blocks }: ReviewDocument['sections'][number]): string {
  return html`<h2 style="${STYLES.heading}">${title}</h2>
    !${blocks.map(blockHtml).join('\n')}`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'words':
      return html`<p style="margin:0 0 1em">${block.text}</p>`;
    case 'list':
      return html`<ul style="margin:0 0 1em;padding-inline-start:1.25em">
        !${block.items.map((item) => html`<li dir="auto">${item}</li>`).join('\n')}
      </ul>`;
    case 'table':
      return html`<table style="${STYLES.table}" cellspacing="0" cellpadding="0">
        <tr>
          !${block.columns.map((column) => html`<th scope="col" style="${STYLES.cell};${STYLES.head}">${column}</th>`).join('')}
        </tr>
        !${block.rows.map(rowHtml).join('\n')}
      </table>`;
  }
}

function rowHtml(cells: readonly Cell[]): string {
  return `<tr>${cells.map((cell) => html`<td style="${STYLES.cell}" dir="auto">!${cellHtml(cell)}</td>`).join('')}</tr>`;
}

function cellHtml(cell: Cell): string {
  const { link = null, tone = null, bar } = cell;
  const text = unbroken(cell.text);
  const words = link === null ? html`${text}` : html`<a href="${link}">${text}</a>`;
  if (bar !== undefined) return barHtml(words, bar);
  return tone === null ? words : html`<span class="${tone}" style="${STYLES[tone]}">!${words}</span>`;
}

/** A number stays with its unit, and `6 d 14 h` on one line, however narrow the column gets. */
function unbroken(text: string): string {
  return text.replaceAll(/(?<=\d) (?=(?:%|d|h|min|s)(?![\p{L}\d]))|(?<=\d (?:d|h)) (?=\d)/gu, '\u00a0');
}

/** A cell as wide as the bar is long, and the number beside it. */
function barHtml(words: string, share: number): string {
  const width = Math.max(1, Math.round(BAR_PIXELS * share));
  return html`<table role="presentation" cellspacing="0" cellpadding="0">
    <tr>
      <td
        width="${String(width)}"
        height="12"
        bgcolor="${BAR_COLOUR}"
        style="width:${String(width)}px;height:12px;background:${BAR_COLOUR};font-size:0;line-height:0"
      >
        &nbsp;
      </td>
      <td style="padding-inline-start:8px;white-space:nowrap">!${words}</td>
    </tr>
  </table>`;
}
