/**
 * How much patience a text tells was lost, by its words alone. Urgency is none of it: who asks for help within the hour
 * and says please is not angry. Words of judgement, ultimatums and patience at an end count for themselves; repeated
 * contact, silence on our side and shouting count together; thanks take some of it back. Sarcasm it does not know.
 */
import type { Frustration } from '../../domain/opinion.ts';
import { ADDRESS, ASKS, FORMS, SIGNS, type SignKind, THANKS } from './signs.ts';

/** So much of a text is looked at. */
const MOST_CHARACTERS = 4000;

/** So many quotes tell it. */
const MOST_QUOTES = 4;

/** What the first sign of a kind counts; the second counts half, and more of them nothing. */
const WEIGHTS: Readonly<Record<SignKind, number>> = {
  patience: 2,
  reproach: 2,
  ultimatum: 2,
  again: 1,
  unheard: 1,
  loud: 1,
  echo: 1,
  bitter: 0.5,
  blame: 0.5,
  demand: 1,
};

/** Kinds that thanks take nothing from but a little. */
const PLAIN: ReadonlySet<SignKind> = new Set(['patience', 'reproach', 'ultimatum']);

/** Of these several count, for a text of usual length in characters. */
const SMALL: ReadonlySet<SignKind> = new Set(['bitter', 'blame']);
const MOST_SMALL = 3;
const USUAL_LENGTH = 300;

/** What it counts that somebody wrote again and again and heard nothing: annoyed by itself, and never more. */
const WAITING_COUNTS = 1;

const ANGRY_FROM = 1.5;
const ANNOYED_FROM = 1;

/** What thanks and what forms take from the kinds that count only together, and thanks from the others. */
const THANKS_TAKE = 1;
const MORE_THANKS_TAKE = 1.5;
const FORMS_TAKE = 0.5;
const THANKS_TAKE_OF_PLAIN = 0.5;

/** Words that people write in capitals to be seen, which is urgency. */
const SEEN =
  /^(?:URGENT|ASAP|IMPORTANT|EMERGENCY|HELP|PLEASE|THANKS|CRITICAL|NOTE|DRINGEND|WICHTIG|EILT|URGENTE|IMPORTANTE|AYUDA|AIDE|PRIORITY|ERROR|FATAL|WARNING|DEADLINE|TODAY|NOW)$/;

/** Words in capitals that are no abbreviation, by their length or by what they are; from two on somebody shouts. */
const CAPITALS =
  /(?<![\p{L}\p{N}_.-])\p{Lu}{5,}(?![\p{L}\p{N}_.-])|(?<![\p{L}\p{N}_.-])(?:WHY|NOT|HOW|YOU|ALL|STOP|EVER|FIX|WAS|WER|NIE|LEER|QUE|NADA|PAS|RIEN|VIDE)(?![\p{L}\p{N}_.-])/gu;
const FEWEST_CAPITALS = 2;
const EXCLAIMED = /!{3,}|[!?]*(?:\?!|!\?)[!?]*|\?{3,}/g;

/** One word for a sentence, `Twice.`, in the midst of others. */
const CURT = /(?<=[.!?] )\p{L}{3,}[.!](?= |$)/gu;

/**
 * A word of one sentence thrown back as the next, in whichever language: `Nothing works. Nothing at all.` Of 10,003 calm
 * questions two have it, of the angry fixtures one in fifteen.
 */
const ECHO = /(?<!\p{L})(\p{L}{4,})(?!\p{L})[^.!?\n]{0,80}[.!] +(\1(?!\p{L})(?: [\p{L}\p{N}']+){0,3}[.!?])/gu;

/** Who speaks to us so often in one message, and asks for nothing, reproaches. */
const FEWEST_ADDRESSES = 2;

/** Something in the text that tells it. */
interface Found {
  kind: SignKind;
  start: number;
  end: number;
}

export interface Weighed {
  level: Frustration;
  /** The words that tell it, as they stand in the text, the weightiest first; empty where there is none. */
  quotes: readonly string[];
}

/** Weighs a text in the customer's own words. Who wrote again and again and heard nothing has lost some patience by that. */
export function weigh(text: string, { isWaiting = false }: { isWaiting?: boolean } = {}): Weighed {
  const own = text.slice(0, MOST_CHARACTERS);
  const folded = evenly(own);
  const found = [
    ...SIGNS.flatMap(({ kind, find }) => placesOf(find, folded, kind)),
    ...loudIn(own),
    ...pointedIn(folded),
    ...echoesIn(folded),
  ];
  const score = scoreOf(found, folded) + (isWaiting ? WAITING_COUNTS : 0);
  const level = score >= ANGRY_FROM ? 'angry' : score >= ANNOYED_FROM ? 'annoyed' : 'none';
  return { level, quotes: level === 'none' ? [] : quotesOf(found, own) };
}

function scoreOf(found: readonly Found[], folded: string): number {
  let [plain, together] = [0, 0];
  for (const [kind, ofKind] of Map.groupBy(found, (each) => each.kind)) {
    const counted = WEIGHTS[kind] * share(kind, ofKind.length, folded.length);
    if (PLAIN.has(kind)) plain += counted;
    else together += counted;
  }
  const thanks = folded.match(THANKS)?.length ?? 0;
  const ofPlain = thanks > 0 ? THANKS_TAKE_OF_PLAIN : 0;
  return Math.max(0, plain - ofPlain) + Math.max(0, together - courtesyIn(folded, thanks));
}

function courtesyIn(folded: string, thanks: number): number {
  if (thanks > 0) return thanks > 1 ? MORE_THANKS_TAKE : THANKS_TAKE;
  return folded.search(FORMS) >= 0 ? FORMS_TAKE : 0;
}

/** Of small signs several count in full, as none of them says much; in a long text they come by themselves. */
function share(kind: SignKind, count: number, length: number): number {
  if (SMALL.has(kind)) return Math.min(count / Math.max(1, length / USUAL_LENGTH), MOST_SMALL);
  return count === 1 ? 1 : 1.5;
}

/** Small letters without accents, each in the place where it stood. */
function evenly(text: string): string {
  if (!/[^\0-\x7F]/.test(text)) return text.toLowerCase();
  return Array.from({ length: text.length }, (_, at) => evenLetter(text[at] ?? '')).join('');
}

function evenLetter(letter: string): string {
  if (letter === '’' || letter === '‘') return "'";
  const bare = letter.normalize('NFD')[0]?.toLowerCase() ?? letter;
  return bare.length === 1 ? bare : letter;
}

function placesOf(find: RegExp, folded: string, kind: SignKind): Found[] {
  return [...folded.matchAll(find)].map(({ 0: words, index }) => ({ kind, start: index, end: index + words.length }));
}

/** Where nothing is asked and nobody thanked, and we are spoken to again and again. */
function pointedIn(folded: string): Found[] {
  if ([ASKS, THANKS, FORMS].some((polite) => folded.search(polite) >= 0)) return [];
  const places = placesOf(ADDRESS, folded, 'blame');
  return places.length < FEWEST_ADDRESSES ? [] : places.slice(0, FEWEST_ADDRESSES);
}

function echoesIn(folded: string): Found[] {
  return [...folded.matchAll(ECHO)].map(({ 0: both, 2: echo = '', index }) => {
    const end = index + both.length;
    return { kind: 'echo', start: end - echo.length, end };
  });
}

/** Words in capitals, but for those by which people are seen, and signs in a row. */
function loudIn(text: string): Found[] {
  const capitals = placesOf(CAPITALS, text, 'loud').filter(({ start, end }) => !SEEN.test(text.slice(start, end)));
  const shouted = capitals.length >= FEWEST_CAPITALS ? capitals : [];
  return [...shouted.slice(0, 1), ...placesOf(EXCLAIMED, text, 'loud').slice(0, 1), ...placesOf(CURT, text, 'bitter')];
}

function quotesOf(found: readonly Found[], text: string): readonly string[] {
  const ranked = found.toSorted((one, other) => WEIGHTS[other.kind] - WEIGHTS[one.kind] || one.start - other.start);
  const told = ranked.filter(
    ({ start, end }, index) => !ranked.slice(0, index).some((before) => before.start < end && start < before.end),
  );
  return told.slice(0, MOST_QUOTES).map(({ start, end }) => text.slice(start, end));
}
