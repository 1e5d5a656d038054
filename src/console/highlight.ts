import { html, type Html } from './markup.ts';

/** Words of a text, and what rests on them. */
export interface Quoted {
  quote: string;
  /** Said on hover. */
  because: string;
}

interface Span {
  start: number;
  end: number;
  because: string;
}

/** The most quotes that are looked for in one text. */
const MOST_QUOTES = 40;

/** A text with the quoted words marked where they first stand. Everything is escaped, marked or not. */
export function highlighted(text: string, quotes: readonly Quoted[]): Html {
  const folded = foldedText(text);
  const found = quotes.slice(0, MOST_QUOTES).flatMap((quoted) => spanOf(folded, quoted) ?? []);
  const pieces: Html[] = [];
  let done = 0;
  for (const span of withoutOverlaps(found)) {
    pieces.push(html`${text.slice(done, span.start)}`);
    pieces.push(html`<mark title="${span.because}">${text.slice(span.start, span.end)}</mark>`);
    done = span.end;
  }
  return html`${pieces}${text.slice(done)}`;
}

function spanOf(folded: string, { quote, because }: Quoted): Span | null {
  const start = quote.trim() === '' ? -1 : folded.indexOf(foldedText(quote));
  return start < 0 ? null : { start, end: start + quote.length, because };
}

/** Lower case and any white space as a space, one unit for one unit, so that places stay the same. */
function foldedText(text: string): string {
  return text.replace(/\s/g, ' ').replace(/\p{Lu}/gu, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  });
}

/** From left to right; of two that overlap the longer one. */
function withoutOverlaps(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans.toSorted((one, other) => other.end - other.start - (one.end - one.start))) {
    if (kept.every((each) => span.end <= each.start || span.start >= each.end)) kept.push(span);
  }
  return kept.sort((one, other) => one.start - other.start);
}
