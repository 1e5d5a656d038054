import { addressIn } from './guess-message.ts';
import { isObject, type Json } from './json-value.ts';

/** The headers of a mail: names in small letters; of several with one name the values in a row. */
export type MailHeaders = Readonly<Record<string, string>>;

/** Whoever has none of these was not read out of a mail. */
const OF_EVERY_MAIL = ['from', 'date', 'message-id', 'received', 'return-path', 'auto-submitted', 'mime-version'];

/** RFC 5322 section 2.2: visible signs but the colon, which ends it. */
const HEADER_NAME = /^[!-9;-~]+$/;

/** One header as it stands in a mail: its name with any capitals, and its value in one line. */
export type HeaderLine = readonly [name: string, value: string];

/** What other mail programs call the tag by which a subject names a ticket: `[T-1042]`. */
const TICKET_TAG = /\[#?([A-Z][A-Z0-9]{0,7}-\d{1,15})\]/;

/**
 * The headers of a mail in whatever form a provider hands them on: by name, as a list of names and values, as
 * pairs, or as they stood in the mail. Null for what are no headers of a mail.
 */
export function mailHeadersIn(value: Json | undefined): MailHeaders | null {
  const headers = headersOf(headerLinesIn(value));
  return OF_EVERY_MAIL.some((name) => Object.hasOwn(headers, name)) ? headers : null;
}

/** Headers by name. */
export function headersOf(lines: readonly HeaderLine[]): MailHeaders {
  const headers: Record<string, string> = {};
  for (const [name, text] of lines) {
    const key = name.trim().toLowerCase();
    headers[key] = Object.hasOwn(headers, key) ? `${headers[key]}, ${text}` : text;
  }
  return headers;
}

/** The headers of a mail in their order, in whatever form a provider hands them on. */
export function headerLinesIn(value: Json | undefined): readonly HeaderLine[] {
  if (typeof value === 'string') return linesOf(value);
  if (Array.isArray(value)) return value.flatMap((item: Json) => pairOf(item));
  return isObject(value) ? Object.entries(value).map(([name, held]) => [name, textOf(held)]) : [];
}

/** A line that begins with a space goes on with the one before. */
function linesOf(block: string): readonly HeaderLine[] {
  const headers: HeaderLine[] = [];
  for (const line of block.replaceAll(/\r?\n[ \t]+/g, ' ').split('\n')) {
    const end = line.indexOf(':');
    const name = line.slice(0, end);
    if (end > 0 && HEADER_NAME.test(name)) headers.push([name, line.slice(end + 1).trim()]);
  }
  return headers;
}

/** `["From", "…"]`, or `{"name": "From", "value": "…"}` with any capitals. */
function pairOf(item: Json): readonly HeaderLine[] {
  if (Array.isArray(item)) return [[textOf(item[0]), textOf(item[1])]];
  if (!isObject(item)) return [];
  const member = (wanted: string) => Object.entries(item).find(([name]) => name.toLowerCase() === wanted)?.[1];
  return [[textOf(member('name') ?? member('key')), textOf(member('value'))]];
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return String(value);
  return isObject(value) ? textOf(value['text'] ?? value['value']) : value.map((each: Json) => textOf(each)).join(', ');
}

/** Who a mail says that it is from; null where that is no one address. */
export function senderIn(headers: MailHeaders): { name: string; email: string } | null {
  const from = headers['from'] ?? '';
  const email = addressIn(from);
  if (email === null) return null;
  const name = /^\s*"?([^"<]*?)"?\s*</.exec(from)?.[1]?.trim() ?? '';
  return { name, email };
}

/** The ticket that the subject of a mail names, as T-1042; null when it names none. */
export function ticketTagIn(subject: string): string | null {
  return TICKET_TAG.exec(subject)?.[1] ?? null;
}
