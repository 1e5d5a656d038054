import { html, type Html, outsideLink, verbatim } from './markup.ts';

/** The Markdown of our own guides: headings, paragraphs, lists, tables, code, bold, italic, links. */

/** Where a link of a page leads; null for what is not there, and is shown without a link. */
export type LinkTo = (target: string) => string | null;

const EVERYWHERE: LinkTo = (target) => outsideLink(target);

/** A page, top to bottom. */
export function markdown(text: string, linkTo: LinkTo = EVERYWHERE): Html {
  return html`${blocksOf(text.replaceAll(/<!--[^]*?-->/g, '').split('\n'), linkTo)}`;
}

/** A line of text. */
export function inlineMarkdown(text: string, linkTo: LinkTo = EVERYWHERE): Html {
  return html`${spansOf(text, linkTo)}`;
}

type Block = readonly [block: Html, lines: number];

const FENCE = /^```/;
const HEADING = /^(#{1,4}) +(.+)$/;
const ITEM = /^(?:[-*]|\d+\.) +/;

function blocksOf(lines: readonly string[], linkTo: LinkTo): readonly Html[] {
  const blocks: Html[] = [];
  for (let at = 0; at < lines.length;) {
    if (lines[at]?.trim() === '') at += 1;
    else {
      const [block, taken] = blockAt(lines.slice(at), linkTo);
      blocks.push(block);
      at += taken;
    }
  }
  return blocks;
}

function blockAt(lines: readonly string[], linkTo: LinkTo): Block {
  const [first = ''] = lines;
  if (FENCE.test(first)) return codeAt(lines);
  if (HEADING.test(first)) return [headingOf(first, linkTo), 1];
  if (first.startsWith('|')) return tableAt(lines, linkTo);
  if (ITEM.test(first)) return listAt(lines, linkTo);
  const end = lines.findIndex((line, at) => at > 0 && (line.trim() === '' || FENCE.test(line) || ITEM.test(line)));
  const taken = end === -1 ? lines.length : end;
  return [html`<p>${spansOf(lines.slice(0, taken).join('\n'), linkTo)}</p>`, taken];
}

function codeAt(lines: readonly string[]): Block {
  const end = lines.findIndex((line, at) => at > 0 && FENCE.test(line));
  const taken = end === -1 ? lines.length : end;
  return [verbatim('pre', html`class="td-code" tabindex="0"`, lines.slice(1, taken).join('\n')), taken + 1];
}

/** Under the names by which the pages link to each other: those of GitHub. */
function headingOf(line: string, linkTo: LinkTo): Html {
  const [, signs = '#', words = ''] = HEADING.exec(line) ?? [];
  const id = words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
  const said = spansOf(words, linkTo);
  if (signs.length === 1) return html`<h1 id="${id}">${said}</h1>`;
  return signs.length === 2 ? html`<h2 id="${id}">${said}</h2>` : html`<h3 id="${id}">${said}</h3>`;
}

function tableAt(lines: readonly string[], linkTo: LinkTo): Block {
  const end = lines.findIndex((line) => !line.startsWith('|'));
  const taken = end === -1 ? lines.length : end;
  const [head = [], , ...rows] = lines.slice(0, taken).map(cellsOf);
  const row = (cells: readonly string[], cell: (said: readonly Html[]) => Html) =>
    html`<tr>
      ${cells.map((each) => cell(spansOf(each, linkTo)))}
    </tr>`;
  return [
    html`<div class="td-wide">
      <table class="table">
        <thead>
          ${row(head, (said) => html`<th scope="col">${said}</th>`)}
        </thead>
        <tbody>
          ${rows.map((cells) => row(cells, (said) => html`<td>${said}</td>`))}
        </tbody>
      </table>
    </div>`,
    taken,
  ];
}

function cellsOf(line: string): readonly string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'));
}

/** What is indented below an item belongs to it. A list that goes on after something else keeps its numbers. */
function listAt(lines: readonly string[], linkTo: LinkTo): Block {
  const items: string[][] = [];
  let at = 0;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const isWithin = /^\s{2,}/.test(line) || (line.trim() === '' && goesOn(lines.slice(at + 1)));
    if (ITEM.test(line)) items.push([line.replace(ITEM, '')]);
    else if (isWithin) items.at(-1)?.push(line);
    else break;
  }
  const [first = ''] = lines;
  const entries = items.map((item) => html`<li>${itemOf(item, linkTo)}</li>`);
  const number = /^\d+/.exec(first)?.[0];
  return [
    number === undefined
      ? html`<ul>
          ${entries}
        </ul>`
      : html`<ol start="${number}">
          ${entries}
        </ol>`,
    at,
  ];
}

/** Whether what follows a blank line is still of the list. */
function goesOn(lines: readonly string[]): boolean {
  const next = lines.find((line) => line.trim() !== '') ?? '';
  return /^\s{2,}/.test(next) || ITEM.test(next);
}

function itemOf([first = '', ...more]: readonly string[], linkTo: LinkTo): readonly Html[] {
  const indents = more.flatMap((line) => (line.trim() === '' ? [] : [/^\s*/.exec(line)?.[0].length ?? 0]));
  const indent = Math.min(...indents, 8);
  const below = more.map((line) => line.slice(indent));
  return [html`${spansOf(first, linkTo)}`, ...blocksOf(below, linkTo)];
}

/** Code first, for nothing in it is a sign; then links, bold and italic, which may hold each other. */
const SPAN =
  /(?<code>`[^`]+`)|\[(?<label>(?:[^\]`]|`[^`]*`)+)\]\((?<target>[^)\s]+)\)|\*\*(?<bold>(?:[^*`]|`[^`]*`)+)\*\*|(?<![\w])_(?<italic>[^_`]+)_(?![\w])/g;

function spansOf(text: string, linkTo: LinkTo): readonly Html[] {
  const spans: Html[] = [];
  let from = 0;
  for (const found of text.matchAll(SPAN)) {
    spans.push(html`${text.slice(from, found.index)}`, spanOf(found.groups ?? {}, linkTo));
    from = found.index + found[0].length;
  }
  return [...spans, html`${text.slice(from)}`];
}

function spanOf({ code, label, target, bold, italic }: Record<string, string | undefined>, linkTo: LinkTo): Html {
  if (code !== undefined) return html`<code>${code.slice(1, -1)}</code>`;
  if (bold !== undefined) return html`<strong>${spansOf(bold, linkTo)}</strong>`;
  if (italic !== undefined) return html`<em>${spansOf(italic, linkTo)}</em>`;
  const address = linkTo(target ?? '');
  const said = spansOf(label ?? '', linkTo);
  return address === null ? html`${said}` : html`<a href="${address}">${said}</a>`;
}
