import { byPattern, type Detector, type Found } from './found.ts';
import { GIVEN_NAMES } from './given-names.ts';

/** A word as names are written: a capital, then letters, apostrophes and hyphens. */
const NAME_WORD = String.raw`\p{Lu}[\p{L}\p{M}'’-]*\p{L}\.?`;
/** Between the words of one name. */
const PARTICLE = String.raw`(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|zu|zur|y|e)`;
const IS_PARTICLE = new RegExp(`^${PARTICLE}$`);
const NAME = String.raw`${NAME_WORD}(?:[ \u00a0](?:${PARTICLE}[ \u00a0]){0,2}(?:${NAME_WORD}|\p{Lu}\.?)){0,3}`;

/** `My name is …`, in several languages; what follows is a name when it is written like one. */
const INTRODUCED = new RegExp(
  String.raw`(?<![\p{L}])(?:[Mm]y (?:full )?name is|[Mm]y name'?s|[Tt]he name is|[Ii]ch hei(?:ß|ss)e|[Mm]ein Name ist|[Jj]e m['’]appelle|[Mm]on nom est|[Mm]e llamo|[Mm]i nombre es|[Mm]i chiamo|[Ii]l mio nome [eè]|[Mm]eu nome [eé]|[Mm]e chamo|[Mm]ijn naam is|[Ii]k heet|[Nn]azywam si[eę]|[Mm]am na imi[eę]|[Mm]enya zovut|[Мм]еня зовут|[Jj]ag heter|[Jj]eg hedder|[Aa]dım|[Nn]ame(?:s)?:|[Cc]ontact(?: person)?:|[Aa]nsprechpartner(?:in)?:)\s+(?<it>${NAME})`,
  'u',
);

/** Two words at least, as `I am Tired` is none. */
const I_AM = new RegExp(
  String.raw`(?<![\p{L}])(?:I am|I'm|[Tt]his is|[Ii]ch bin|[Hh]ier ist|[Jj]e suis|[Ss]oy|[Ss]ono|[Ii]k ben|[Ss]ou)\s+(?<it>${NAME_WORD}[ \u00a0](?:${PARTICLE}[ \u00a0]){0,2}${NAME_WORD}(?:[ \u00a0]${NAME_WORD})?)(?=\s*(?:[.,;:!\n]|from|and|of|von|aus|und|de|y|et|$))`,
  'u',
);

const TITLED = new RegExp(
  String.raw`(?<![\p{L}])(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Herrn?|Frau|Fr\.|Monsieur|Madame|Mme|Mlle|M\.|Se[ñn]ora?|Sr|Sra|Signora?|Sig|Dhr|Mevr|Pan|Pani)\.?[ \u00a0]+(?:(?:Dr|Prof)\.?[ \u00a0]+)?(?<it>${NAME})`,
  'u',
);

/** A name alone on the line after a greeting at the end. */
const SIGNED = new RegExp(
  String.raw`(?:^|\n)[ \t]*(?:(?:best|kind|warm|many|with best|yours|with kind) ?(?:regards|wishes|thanks|sincerely|truly|faithfully)?|regards|sincerely|cheers|thanks|thank you|thx|(?:mit )?(?:freundliche[nm]?|beste[nr]?|viele[nr]?|liebe[nr]?|herzliche[nr]?) gr(?:ü|ue)(?:ß|ss)en?|mfg|lg|vg|gru(?:ß|ss)|danke|(?:bien )?cordialement|salutations|merci|bien à vous|(?:un )?(?:cordial )?saludos?|atentamente|gracias|cordiali saluti|distinti saluti|saluti|grazie|met vriendelijke groet(?:en)?|groet(?:en|jes)?|atenciosamente|obrigad[oa]|pozdrawiam|z poważaniem)[^\n\p{L}]{0,4}(?:\n[ \t]*){1,3}(?<it>${NAME})[ \t]*(?=\n|,|$)`,
  'iu',
);

/** A word with a capital, and what is written like a surname behind it; from each word on, as nouns may stand before. */
const TWO_NAMES = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?=(?<it>${NAME_WORD}(?:[ \u00a0]\p{Lu}\.?)?[ \u00a0](?:${PARTICLE}[ \u00a0]){0,2}${NAME_WORD}))`,
  'u',
);

/** Names as people give them: with the words for it, with a title, at the end of a letter, or two of them at once. */
export const NAME_DETECTORS: readonly Detector[] = [
  byPattern('NAME', INTRODUCED),
  byPattern('NAME', I_AM),
  byPattern('NAME', TITLED),
  byPattern('NAME', SIGNED, isWrittenAsName),
  byPattern('NAME', TWO_NAMES, (it) => GIVEN_NAMES.has(/^[^ \u00a0]+/.exec(it)?.[0] ?? '')),
];

/** Each word with a capital, but for those between: the rest of the pattern looks at none, as greetings have any. */
function isWrittenAsName(it: string): boolean {
  return it.split(/[ \u00a0]/).every((word) => /^\p{Lu}/u.test(word) || IS_PARTICLE.test(word));
}

/** Shorter parts of a name stand in other words' places: `Jo`, `Li`, `de`. */
const SHORTEST_PART = 3;

/** What is known to be somebody's: a name in any order and each of its parts, and texts as they are. */
export function knownTo(names: readonly string[], texts: readonly { kind: string; text: string }[]): Detector {
  const patterns = [
    ...texts.filter(({ text }) => text.length > 2).map(({ kind, text }) => ({ kind, pattern: literally(text, 'giu') })),
    ...names.flatMap(namePatterns).map((pattern) => ({ kind: 'NAME', pattern })),
  ];
  return (text) =>
    patterns.flatMap(({ kind, pattern }): Found[] =>
      Array.from(text.matchAll(pattern)).map(({ 0: it, index: start }) => ({ kind, start, end: start + it.length })),
    );
}

/** The whole whatever its case, its parts only as names are written. */
function namePatterns(name: string): RegExp[] {
  const parts = name.split(/[\s,]+/).filter((part) => part.length >= SHORTEST_PART && /^\p{L}/u.test(part));
  const whole = name.trim();
  const capitals = parts.filter((part) => /^\p{Lu}/u.test(part) || part !== part.toUpperCase());
  return [
    ...(whole.length >= SHORTEST_PART && /\s/.test(whole) ? [literally(whole, 'giu')] : []),
    ...capitals.map((part) =>
      literally(
        part.replace(/^\p{L}/u, (letter) => letter.toUpperCase()),
        'gu',
      ),
    ),
  ];
}

function literally(text: string, flags: string): RegExp {
  const words = text
    .trim()
    .split(/\s+/)
    .map((word) => RegExp.escape(word));
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${words.join(String.raw`\s+`)}(?![\p{L}\p{N}])`, flags);
}
