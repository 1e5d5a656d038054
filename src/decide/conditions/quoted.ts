import { fold } from './words.ts';

/** A line that says that what follows is somebody else's mail, by how it begins and ends (folded). */
const ATTRIBUTIONS: readonly { begins: string; says: string }[] = [
  { begins: 'on ', says: ' wrote' },
  { begins: 'am ', says: ' schrieb' },
  { begins: 'le ', says: ' a ecrit' },
  { begins: 'el ', says: ' escribio' },
  { begins: 'il ', says: ' ha scritto' },
  { begins: 'em ', says: ' escreveu' },
  { begins: 'op ', says: ' schreef' },
];

/** Titles of the lines with which mail programs set an older mail apart (folded). */
const SEPARATORS: ReadonlySet<string> = new Set([
  'original message',
  'forwarded message',
  'original appointment',
  'begin forwarded message',
  'ursprungliche nachricht',
  'weitergeleitete nachricht',
  "message d'origine",
  'message original',
  'message transfere',
  'mensaje original',
  'mensaje reenviado',
  'messaggio originale',
  'messaggio inoltrato',
  'oorspronkelijk bericht',
  'doorgestuurd bericht',
  'mensagem original',
]);

/** The lines over a mail as Outlook quotes it: who, then when within the next few lines (folded). */
const FROM_LINE = /^\*?(from|von|de|da|van) ?: ?\*? ?\S/;
const SENT_LINE = /^\*?(sent|date|gesendet|datum|envoye|enviado|fecha|inviato|data|verzonden) ?: ?\*? ?\S/;
const HEADER_LINES = 4;

/** `ANSWER_ABOVE`, in the words of any version of ours. Where it is quoted with `>`, people may answer below it. */
const OUR_MARK = /^\s*##-[^#]{1,80}-##\s*$/;

/** What stands over quoted lines in every language: who or when, and a colon at its end. */
const NAMES_SOMEBODY = /\S@\S|\d{1,2}[:.h]\d{2}/;

/** RFC 3676, section 4.3: what is below is the same in each mail of its sender. */
const SIGNATURE = '-- ';

/** Empty lines between an attribution and its mail. */
const MOST_GAP = 5;

/** An attribution longer than this is no attribution. */
const LONGEST_ATTRIBUTION = 300;

/**
 * The text with everything that the customer only quotes blanked out, character for character, so that a
 * place in the result is the same place in the text as written.
 */
export function withoutQuotes(text: string): string {
  if (!mayQuote(text)) return text;
  const lines = text.split('\n');
  const kept: string[] = [];
  let index = 0;
  for (; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const quoted = isQuotedLine(line) ? 1 : announcement(lines, index);
    if (quoted === null) break;
    kept.push(...(quoted === 0 ? [line] : lines.slice(index, index + quoted).map(blank)));
    index += Math.max(quoted, 1) - 1;
  }
  const ownLines = kept.length;
  for (const line of lines.slice(ownLines)) kept.push(blank(line));
  return kept.join('\n');
}

/** The text up to the last line of the customer's own, with what is quoted in between; empty when nothing is theirs. */
export function ownPart(text: string): string {
  return text.slice(0, withoutQuotes(text).trimEnd().length);
}

/** Most messages quote nothing; one look is enough to know. */
function mayQuote(text: string): boolean {
  return text.includes('\n') && ['>', ':', '--', '##-'].some((sign) => text.includes(sign));
}

function isQuotedLine(line: string): boolean {
  return line.trimStart().startsWith('>');
}

/**
 * How many lines from this one on announce somebody else's mail; 0 when it is the customer's own, and null when
 * nothing is from here on. Under an attribution whose mail is marked with `>`, the marks decide line by line,
 * for some people answer below what they quote.
 */
function announcement(lines: readonly string[], index: number): number | null {
  const written = lines[index] ?? '';
  if (written === SIGNATURE || written === `${SIGNATURE}\r` || OUR_MARK.test(written)) return null;
  const line = foldedLine(lines, index);
  if (isSeparator(line) || isHeaderBlock(lines, index, line)) return null;
  const length = attributionLines(lines, index, line);
  if (length === 0) return isOverQuotes(lines, index, line) ? 1 : 0;
  return isMarked(lines, index + length) ? length : null;
}

/** Whether the next line that says something is marked as quoted. */
function isMarked(lines: readonly string[], from: number): boolean {
  for (const next of lines.slice(from, from + MOST_GAP)) {
    if (next.trim() !== '') return isQuotedLine(next) || OUR_MARK.test(next);
  }
  return false;
}

function isOverQuotes(lines: readonly string[], index: number, line: string): boolean {
  return line.endsWith(':') && NAMES_SOMEBODY.test(line) && isMarked(lines, index + 1);
}

function isSeparator(line: string): boolean {
  const title = line.replaceAll(/^[-_*= ]+|[-_*=: ]+$/g, '');
  return line.length !== title.length && SEPARATORS.has(title);
}

function isHeaderBlock(lines: readonly string[], index: number, line: string): boolean {
  if (!FROM_LINE.test(line)) return false;
  return lines.slice(index + 1, index + HEADER_LINES).some((next) => SENT_LINE.test(fold(next.slice(0, 80).trim())));
}

/** How many lines the attribution takes that begins here: mail programs break long ones. 0 when none does. */
function attributionLines(lines: readonly string[], index: number, line: string): number {
  const attribution = ATTRIBUTIONS.find(({ begins }) => line.startsWith(begins));
  if (attribution === undefined) return 0;
  let joined = line;
  for (let length = 1; length <= 3; length++) {
    if (joined.endsWith(':') && joined.includes(attribution.says)) return length;
    joined = `${joined} ${foldedLine(lines, index + length)}`;
  }
  return 0;
}

function foldedLine(lines: readonly string[], index: number): string {
  return fold((lines[index] ?? '').slice(0, LONGEST_ATTRIBUTION).trim());
}

function blank(line: string): string {
  return ' '.repeat(line.length);
}
