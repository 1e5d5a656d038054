import { withoutEntities } from './html-entities.ts';

/** More than people write; what comes beyond stays in the stored mail and is not read. */
const LONGEST_HTML = 2_000_000;

/** Elements of which nothing is read. */
const UNREAD = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'select', 'object', 'svg']);

/** Elements that begin a new line; the second set has an empty line around it. */
const LINES = new Set([
  'br',
  'div',
  'tr',
  'li',
  'table',
  'dt',
  'dd',
  'section',
  'header',
  'footer',
  'article',
  'center',
]);
const PARAGRAPHS = new Set(['p', 'ul', 'ol', 'dl', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'hr']);

/** Classes of the elements in which mail programs put what they quote: Gmail, Thunderbird, Yahoo, Proton. */
const QUOTE_CLASS = /(?:^|\s)(?:gmail_quote|gmail_attr|moz-cite-prefix|yahoo_quoted|protonmail_quote)(?=\s|$)/;

/** Where Outlook begins to quote; all that follows is quoted. */
const QUOTES_REST = new Set(['divrplyfwdmsg', 'appendonsend', 'mail-editor-reference-message-container']);

/** One attribute of a tag. An open quotation mark is looked for once, so that no mail takes longer than its length. */
const ATTRIBUTE = /[\s/]*([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y;

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9:-]*)/y;

interface Tag {
  name: string;
  isEnd: boolean;
  attributes: ReadonlyMap<string, string>;
}

/**
 * What an HTML mail says, as plain text in lines. Nothing that was written is left out: links stand behind their
 * words, and what is only quoted has `> ` before each line, as in plain mail.
 */
export function htmlToText(html: string): string {
  const source = html.slice(0, LONGEST_HTML);
  const page = createPage();
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    page.write(source.slice(at, open === -1 ? source.length : open));
    if (open === -1) break;
    at = readMarkup(source, open, page);
  }
  return page.text();
}

/** What stands at a `<`, and where it ends. */
function readMarkup(source: string, open: number, page: Page): number {
  if (source.startsWith('<!--', open)) return after(source, '-->', open);
  if (source[open + 1] === '!' || source[open + 1] === '?') return after(source, '>', open);
  TAG.lastIndex = open;
  const [found, slash, written] = TAG.exec(source) ?? [];
  if (found === undefined || written === undefined) {
    page.write('<');
    return open + 1;
  }
  const name = written.toLowerCase();
  const { attributes, end } = readAttributes(source, open + found.length);
  const isEnd = slash === '/';
  page.meet({ name, isEnd, attributes });
  return UNREAD.has(name) && !isEnd ? endOf(source, name, end) : end;
}

function readAttributes(source: string, from: number): { attributes: ReadonlyMap<string, string>; end: number } {
  const attributes = new Map<string, string>();
  let at = from;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(source);
    if (found === null) break;
    const [, name = '', double, single, bare] = found;
    attributes.set(name.toLowerCase(), withoutEntities(double ?? single ?? bare ?? ''));
    at = ATTRIBUTE.lastIndex;
  }
  return { attributes, end: after(source, '>', at) };
}

/** Where an element ends of which nothing is read; a head that nobody closed ends where the body begins. */
function endOf(source: string, name: string, from: number): number {
  const closing = name === 'head' ? /<(?:\/head|body)\b/gi : new RegExp(`</${name}\\b`, 'gi');
  closing.lastIndex = from;
  return closing.exec(source)?.index ?? source.length;
}

function after(source: string, what: string, from: number): number {
  const at = source.indexOf(what, from);
  return at === -1 ? source.length : at + what.length;
}

type Page = ReturnType<typeof createPage>;

/** A text that grows by what stands in the markup. */
function createPage() {
  const quotes = createQuotes();
  const lines = createLines(() => (quotes.isIn() ? '> ' : ''));
  let link: { href: string; from: number } | null = null;

  function meet(tag: Tag): void {
    const { name, isEnd, attributes } = tag;
    if (name === 'br') return lines.end();
    if (LINES.has(name) || PARAGRAPHS.has(name)) lines.break();
    if (PARAGRAPHS.has(name)) lines.gap();
    quotes.meet(tag);
    if (name === 'pre') lines.keepSpaces(!isEnd);
    if (name === 'li' && !isEnd) lines.write('- ');
    if (name === 'td' || name === 'th') lines.write(' ');
    if (name === 'img' && attributes.get('alt')) lines.write(` [${attributes.get('alt')}] `);
    if (name === 'a') meetLink(tag);
  }

  /** The address stands behind the words, unless it is the words. */
  function meetLink({ isEnd, attributes }: Tag): void {
    if (!isEnd) {
      link = { href: attributes.get('href')?.trim() ?? '', from: lines.length() };
      return;
    }
    const { href, from } = link ?? { href: '', from: 0 };
    link = null;
    const shown = lines.since(from).trim();
    if (/^https?:\/\//i.test(href) && shown !== '' && !href.includes(shown)) lines.write(` <${href}>`);
  }

  return { write: (text: string) => lines.write(withoutEntities(text)), meet, text: lines.text };
}

/** Lines as they are written, each with its prefix. */
function createLines(prefix: () => string) {
  const lines: string[] = [];
  let line = '';
  let wantsSpace = false;
  let keepsSpaces = false;

  function end(): void {
    const isEmpty = line.trim() === '';
    // Two empty lines say no more than one.
    if (!isEmpty || lines.at(-1)?.replace('>', '').trim() !== '') lines.push(`${prefix()}${line}`.trimEnd());
    line = '';
    wantsSpace = false;
  }

  function writeAsIs(text: string): void {
    const [first = '', ...rest] = text.split(/\r?\n/);
    line += first;
    for (const each of rest) {
      end();
      line = each;
    }
  }

  /** White space of any length is one space, and none at the beginning of a line. */
  function writeWords(text: string): void {
    const words = text.replaceAll(/[\s\u00A0]+/g, ' ');
    const isApart = wantsSpace || words.startsWith(' ');
    if (words.trim() !== '') line += `${isApart && line !== '' ? ' ' : ''}${words.trim()}`;
    wantsSpace = words.trim() === '' ? isApart : words.endsWith(' ');
  }

  return {
    end,
    write: (text: string) => (keepsSpaces ? writeAsIs(text) : writeWords(text)),
    keepSpaces: (keeps: boolean) => void (keepsSpaces = keeps),
    /** Ends a line in which something stands. */
    break: () => line.trim() !== '' && end(),
    gap: () => lines.length > 0 && end(),
    length: () => line.length,
    since: (from: number) => line.slice(from),
    text: () => (line.trim() === '' ? lines : [...lines, `${prefix()}${line}`]).join('\n').trim(),
  };
}

/** Knows whether what is read is quoted. */
function createQuotes() {
  let isRest = false;
  let quoting: { name: string; depth: number } | null = null;

  function meet({ name, isEnd, attributes }: Tag): void {
    if (QUOTES_REST.has(attributes.get('id')?.toLowerCase() ?? '')) isRest = true;
    if (quoting === null) {
      if (!isEnd && isQuote(name, attributes)) quoting = { name, depth: 1 };
      return;
    }
    if (quoting.name !== name) return;
    quoting.depth += isEnd ? -1 : 1;
    if (quoting.depth === 0) quoting = null;
  }

  return { meet, isIn: () => isRest || quoting !== null };
}

/** A plain `blockquote` is none: that is how people indent what they write. */
function isQuote(name: string, attributes: ReadonlyMap<string, string>): boolean {
  if (name === 'blockquote' && attributes.get('type')?.toLowerCase() === 'cite') return true;
  return QUOTE_CLASS.test(attributes.get('class') ?? '');
}
