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
    if (isQuotedLine(line)) kept.push(blank(line));
    else if (endsOwnText(lines, index)) break;
    else kept.push(line);
  }
  const ownLines = kept.length;
  for (const line of lines.slice(ownLines)) kept.push(blank(line));
  return kept.join('\n');
}

/** Most messages quote nothing; one look is enough to know. */
function mayQuote(text: string): boolean {
  return text.includes('\n') && (text.includes('>') || text.includes(':') || text.includes('--'));
}

function isQuotedLine(line: string): boolean {
  return line.trimStart().startsWith('>');
}

/**
 * Whether nothing from this line on is the customer's own. Under an attribution whose mail is marked with
 * `>`, the marks decide line by line, for some people answer below what they quote.
 */
function endsOwnText(lines: readonly string[], index: number): boolean {
  const line = fold((lines[index] ?? '').slice(0, LONGEST_ATTRIBUTION).trim());
  if (isSeparator(line) || isHeaderBlock(lines, index, line)) return true;
  const length = attributionLines(lines, index, line);
  return length > 0 && !isQuotedLine(lines.slice(index + length).find((next) => next.trim() !== '') ?? '');
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
    joined = `${joined} ${fold((lines[index + length] ?? '').slice(0, LONGEST_ATTRIBUTION).trim())}`;
  }
  return 0;
}

function blank(line: string): string {
  return ' '.repeat(line.length);
}
