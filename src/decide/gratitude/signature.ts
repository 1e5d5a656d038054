import { fold } from '../conditions/words.ts';

/** Words with which people take their leave (folded), in a line of their own or at the end of one. */
const SIGN_OFF = [
  '(?:with )?(?:kind|kindest|best|warm|warmest|many) regards|regards|best wishes|all the best|sincerely|yours truly',
  '|yours(?: sincerely| faithfully)?|take care|best|br|rgds|see you',
  '|(?:mit )?(?:freundlichen?|besten|lieben|herzlichen|vielen|schonen|sonnigen)(?: (?:und|&) (?:sonnigen|herzlichen))? gr(?:u|ue)ss(?:en?)?',
  '|(?:viele|liebe|beste|schone|freundliche|herzliche) gr(?:u|ue)sse|(?:lieben|schonen|besten|herzlichen)? ?gr(?:u|ue)ss|gr(?:u|ue)sse|mfg|lg|vg|bg',
  '|(?:bien )?(?:cordialement|sincerement)|cdlt|bien a (?:vous|toi)|(?:meilleures |sinceres |cordiales )?salutations|amicalement|a bientot',
  '|(?:un )?(?:cordial |fuerte )?(?:saludos?|abrazo)(?: cordiales| cordial)?|atentamente|cordialmente',
].join('');
const LEAVE = new RegExp(
  `^(.*?)(?:^|[,.!;:-] ?| (?=and |und |et |y ))(?:and |und |et |y )?(?:${SIGN_OFF})[ ,.!:;-]*$`,
  'su',
);
const LEAVE_WITH_NAME = new RegExp(`^(.*?)(?:^|[,.!;:-] ?)(?:${SIGN_OFF}),? +([^,.!?]{2,40})$`, 'su');

/** What telephones and mail programs write below (folded). */
const WRITTEN_BY_A_MACHINE =
  /^(?:sent (?:from|with|via) |get outlook for |von meinem .{2,40} gesendet|gesendet (?:von|mit) |envoye (?:de|depuis) |obtenez outlook|enviado (?:desde|con) |download outlook)/;

/** The line above a signature, by the custom of mail and news. With the space at its end nobody types it by chance. */
const DASHES = /^-- $/;
const DASHES_BY_HAND = /^(?:--+|__+)\s*$/;

/** A signature has few and short lines. */
const MOST_LINES = 10;
const LONGEST_LINE = 70;

/** No signature says these, however it is written (folded). */
const SAYS_SOMETHING =
  /[?!]|\b(?:ps|but|still|however|another|again|not|no|nothing|never|error\w*|problem\w*|issue\w*|fail\w*|broke\w*|bug\w*|wrong|please|cancel\w*|refund\w*|order\w*|invoice\w*|ticket\w*|question\w*|urgent|need\w*|want\w*|stop|help|crash\w*|missing|aber|noch|nicht|nichts|kein\w*|fehl\w*|falsch|bitte|storn\w*|kundig\w*|bestell\w*|rechnung\w*|auftrag\w*|frage\w*|leider|dringend|mais|encore|toujours|pas|rien|erreur\w*|probleme\w*|svp|annul\w*|rembours\w*|commande\w*|facture\w*|question\w*|malheureusement|pero|aun|todavia|nada|fallo\w*|error\w*|falta\w*|cancel\w*|reembols\w*|pedido\w*|factura\w*|pregunta\w*|por favor|sigue\w*)\b/;

/** Small words within names, titles and addresses (folded). */
const SMALL_WORDS: ReadonlySet<string> = new Set(
  'of and the for at in de la le du des et y del los el da do di van von der den und fur im am an bei tel fax mob mobile phone e-mail mail email web www a'.split(
    ' ',
  ),
);

/** A message without quotes, in what is said and what stands below it. */
export interface Parted {
  body: string;
  /** The lines below, without empty ones; all of them a person may have typed. */
  signature: readonly string[];
}

/** Finds where the signature begins: at a farewell, at dashes, at what a telephone adds, or at a line of a known name. */
export function splitSignature(text: string, names: ReadonlySet<string>): Parted {
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (DASHES.test(line)) return { ...partedAt(lines, index), signature: [] };
    if (DASHES_BY_HAND.test(line)) return partedAt(lines, index);
    const said = saidBeforeLeave(line);
    if (said !== null) {
      const { signature } = partedAt(lines, index);
      return { body: [...lines.slice(0, index), said.before].join('\n'), signature: [...said.after, ...signature] };
    }
    const isBelowWords = isNameLine(line, names) && lines.slice(0, index).some((each) => each.trim() !== '');
    if (isBelowWords || WRITTEN_BY_A_MACHINE.test(fold(line.trim()))) return partedAt(lines, index);
  }
  return { body: text, signature: [] };
}

function partedAt(lines: readonly string[], index: number): Parted {
  const below = lines.slice(index + 1).filter((each) => each.trim() !== '');
  return { body: lines.slice(0, index).join('\n'), signature: below };
}

/** Whether the lines can be a signature and nothing else: names, titles, addresses, numbers. */
export function isSignature(lines: readonly string[], names: ReadonlySet<string>): boolean {
  if (lines.length > MOST_LINES) return false;
  return lines.every((line, index) => isSignatureLine(line.trim(), index === 0, names));
}

function isSignatureLine(line: string, isFirst: boolean, names: ReadonlySet<string>): boolean {
  const folded = fold(line);
  if (WRITTEN_BY_A_MACHINE.test(folded)) return true;
  if (line.length > LONGEST_LINE || SAYS_SOMETHING.test(folded)) return false;
  const words = line.split(/[\s,|/•·:;()]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const isName = isFirst && words.length === 1;
  return isName || words.every((word) => isOfSignature(word, names));
}

/** A capital, a digit, an address, a small word between them, or somebody's name. */
function isOfSignature(word: string, names: ReadonlySet<string>): boolean {
  if (/^[\p{Lu}\p{N}+]/u.test(word) || /[@.]\S/.test(word)) return true;
  const folded = fold(word.replace(/\.$/, ''));
  return SMALL_WORDS.has(folded) || names.has(folded);
}

function isNameLine(line: string, names: ReadonlySet<string>): boolean {
  const words = fold(line).match(/[\p{L}'-]+/gu) ?? [];
  return words.length > 0 && words.length <= 4 && words.every((word) => names.has(word)) && !/[?!]/.test(line);
}

/** What a line says before it takes leave, and what it says after; null when it does not take leave. */
function saidBeforeLeave(line: string): { before: string; after: readonly string[] } | null {
  const folded = fold(line.replace(/[’'`´]/g, ' ').trim());
  const end = LEAVE.exec(folded);
  if (end !== null) return { before: end[1] ?? '', after: [] };
  const named = LEAVE_WITH_NAME.exec(folded);
  // Folding made all letters small, so the name is cut out of the line as written.
  return named === null ? null : { before: named[1] ?? '', after: [line.trim().slice(-(named[2] ?? '').length)] };
}
