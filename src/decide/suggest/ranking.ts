import { addWords, fold, noWords } from '../conditions/words.ts';
import { COMMON_WORDS } from './common-words.ts';

/** A text that can be found. */
export interface Findable {
  name: string;
  title: string;
  keywords: readonly string[];
  body: string;
}

/** Finds the texts that have most in common with another, by their names, the best first. */
export interface Ranking {
  best(text: string, most: number): readonly string[];
}

/**
 * Words are compared by their first letters, so that `refunded` finds `refund` and `Rechnungen` finds `Rechnung`,
 * whatever the language.
 */
const STEM = 5;

/** Shorter words of Latin letters are mostly those that hold sentences together. */
const SHORTEST = 3;

/** A word in the title or among the keywords counts as so many in the text. */
const HEAD_WEIGHT = 3;

/** The usual constants of BM25: how soon repetition counts no more, and how much length counts. */
const SATURATION = 1.2;
const LENGTH_SHARE = 0.75;

/** What has less than this share of the score of the best is no second best. */
const WORTH_SHOWING = 0.3;

/** Nobody says what they want only after so many words. */
const MOST_WORDS = 400;

/** One text as it is searched. */
interface Entry {
  name: string;
  length: number;
  /** Stems of its title and keywords. */
  head: ReadonlySet<string>;
}

/** How often a stem stands in an entry; what stands in the head counts more. */
interface Posting {
  entry: Entry;
  count: number;
}

/** Reads the texts once, for every text that they will be compared with. */
export function createRanking(texts: readonly Findable[]): Ranking {
  const entries: Entry[] = [];
  const postings = new Map<string, Posting[]>();
  for (const { name, title, keywords, body } of texts) {
    const head = stemsOf([title, ...keywords].join('\n'));
    const counts = new Map<string, number>();
    for (const stem of head) counts.set(stem, (counts.get(stem) ?? 0) + HEAD_WEIGHT);
    for (const stem of stemsOf(body)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
    const length = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const entry = { name, length, head: new Set(head) };
    entries.push(entry);
    for (const [stem, count] of counts) postings.getOrInsertComputed(stem, () => []).push({ entry, count });
  }
  const meanLength = entries.reduce((sum, { length }) => sum + length, 0) / Math.max(1, entries.length);

  function scoreOf({ entry, count }: Posting, rarity: number): number {
    const length = 1 - LENGTH_SHARE + (LENGTH_SHARE * entry.length) / meanLength;
    return (rarity * count * (SATURATION + 1)) / (count + SATURATION * length);
  }

  return {
    best(text, most) {
      const found = new Map<Entry, Found>();
      for (const stem of new Set(stemsOf(text).slice(0, MOST_WORDS))) {
        const having = postings.get(stem) ?? [];
        const rarity = Math.log(1 + (entries.length - having.length + 0.5) / (having.length + 0.5));
        for (const posting of having) {
          const known = found.getOrInsertComputed(posting.entry, () => ({ score: 0, words: 0, isInHead: false }));
          known.score += scoreOf(posting, rarity);
          known.words += 1;
          known.isInHead ||= posting.entry.head.has(stem);
        }
      }
      return ranked(found, most);
    },
  };
}

/** What an entry has in common with a text. */
interface Found {
  score: number;
  /** How many different words. */
  words: number;
  isInHead: boolean;
}

/** One word that only stands somewhere in the text is chance. */
function ranked(found: ReadonlyMap<Entry, Found>, most: number): readonly string[] {
  const telling = [...found].filter(([, { words, isInHead }]) => isInHead || words > 1);
  const sorted = telling.toSorted(([, one], [, other]) => other.score - one.score);
  const least = (sorted[0]?.[1].score ?? 0) * WORTH_SHOWING;
  return sorted
    .filter(([, { score }]) => score >= least)
    .slice(0, most)
    .map(([{ name }]) => name);
}

/** What a text is about: its words as they are compared, in their order. */
function stemsOf(text: string): readonly string[] {
  const words = noWords();
  addWords(text, words);
  return words.starts.flatMap((start, index) => {
    const word = fold(text.slice(start, words.ends[index]));
    if (COMMON_WORDS.has(word) || (word.length < SHORTEST && /^[a-z]+$/.test(word))) return [];
    return [word.slice(0, STEM)];
  });
}
