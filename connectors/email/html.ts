import { ANSWER_ABOVE } from '../../src/domain/message.ts';
import { withLinks } from './links.ts';

/** Quotes within quotes beyond this are told apart by nobody. */
const DEEPEST_QUOTE = 5;

/**
 * No colours: whoever reads in the dark has their program's own. A line of 40 letters and more is as wide as a phone
 * and no wider than people like to read.
 */
const STYLES = {
  page: "max-width:40em;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere",
  mark: 'margin:0 0 1em;font-size:12px;opacity:.65',
  block: 'margin:0 0 1em',
  list: 'margin:0 0 1em;padding-inline-start:1.5em',
  quote: 'margin:0 0 1em;padding-inline-start:1em;border-inline-start:3px solid #8a8f98',
} as const;

/** What the lines of a text are, as people write them. */
const KINDS = ['gap', 'quote', 'bullet', 'number'] as const;
type Kind = (typeof KINDS)[number] | 'words';

/** By what they are known. */
const BEGINS = {
  gap: /^\s*$/,
  quote: /^>/,
  bullet: /^[-*•] +\S/,
  number: /^\d{1,3}[.)] +\S/,
} as const;

interface Block {
  kind: Kind;
  lines: string[];
}

/**
 * A letter in HTML, made of its plain text, so that both say the same: paragraphs, lists, quotes and links. Nothing in
 * it is markup, whoever wrote it; nothing is fetched from anywhere, and nothing tells that it was read.
 */
export function htmlOf(text: string): string {
  const lines = text.split(/\r?\n/);
  const [first = '', ...rest] = lines;
  const mark = first === ANSWER_ABOVE ? `<p style="${STYLES.mark}">${withLinks(first)}</p>\n` : '';
  const body = blocksOf(mark === '' ? lines : rest, 0);
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
</head>
<body style="margin:0;padding:16px">
<div style="${STYLES.page}">
${mark}${body}
</div>
</body>
</html>
`;
}

function blocksOf(lines: readonly string[], depth: number): string {
  return blocksIn(lines)
    .map((block) => blockOf(block, depth))
    .join('\n');
}

/** Lines of one kind that stand together. */
function blocksIn(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  let last: Block = { kind: 'gap', lines: [] };
  for (const line of lines) {
    const kind = kindOf(line, last.kind);
    if (kind === last.kind) last.lines.push(line);
    else blocks.push((last = { kind, lines: [line] }));
  }
  return blocks.filter((block) => block.kind !== 'gap');
}

/** What is indented below an item of a list goes on with it. */
function kindOf(line: string, before: Kind): Kind {
  const kind = KINDS.find((each) => BEGINS[each].test(line)) ?? 'words';
  return kind === 'words' && isList(before) && line.startsWith('  ') ? before : kind;
}

function isList(kind: Kind): kind is 'bullet' | 'number' {
  return kind === 'bullet' || kind === 'number';
}

function blockOf({ kind, lines }: Block, depth: number): string {
  if (kind === 'quote' && depth < DEEPEST_QUOTE) {
    const quoted = lines.map((line) => line.replace(/^> ?/, ''));
    return `<blockquote style="${STYLES.quote}">\n${blocksOf(quoted, depth + 1)}\n</blockquote>`;
  }
  return (isList(kind) ? listOf(kind, lines) : null) ?? paragraph(lines);
}

/** Null for what only looks like a list: one line, or numbers that do not count up. */
function listOf(kind: 'bullet' | 'number', lines: readonly string[]): string | null {
  const items: string[][] = [];
  for (const line of lines) {
    if (BEGINS[kind].test(line)) items.push([line]);
    else items.at(-1)?.push(line.trim());
  }
  const numbers = items.map(([first = '']) => Number.parseInt(first, 10));
  const [start = 1] = numbers;
  const isCounted = kind === 'bullet' || numbers.every((number, index) => number === start + index);
  if (items.length < 2 || !isCounted) return null;
  const written = items.map(([first = '', ...rest]) => linesOf([first.replace(/^\S+ +/, ''), ...rest]));
  const [name, counted] = kind === 'bullet' ? ['ul', ''] : ['ol', ` start="${start}"`];
  const all = written.map((item) => `<li dir="auto">${item}</li>`).join('\n');
  return `<${name}${counted} style="${STYLES.list}">\n${all}\n</${name}>`;
}

function paragraph(lines: readonly string[]): string {
  return `<p dir="auto" style="${STYLES.block}">${linesOf(lines)}</p>`;
}

/** What is set in by spaces stays so. */
function linesOf(lines: readonly string[]): string {
  return lines
    .map((line) => {
      const [indent = ''] = /^[ \t]*/.exec(line) ?? [];
      return `${'&nbsp;'.repeat(indent.replaceAll('\t', '    ').length)}${withLinks(line.slice(indent.length).trimEnd())}`;
    })
    .join('<br>\n');
}
