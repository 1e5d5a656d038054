import { COMMON_WORDS } from './common-words.ts';
import { type Features, featuresOf } from './features.ts';

/** Texts that a new vocabulary is taken to have seen, and in how many of them each of the common words stood. */
const SEEN_BEFORE = { texts: 60, withCommonWord: 20 } as const;

/** What every fourth text has tells none from another, and would be most of the work. */
const TOO_COMMON = 0.25;

/** The texts that have a feature, by their places, oldest first, and how much it says in each. */
interface Holders {
  places: number[];
  weights: number[];
}

/** Which texts have which features; and so which features are rare. */
export interface Vocabulary {
  /** Texts come in the order of their places. */
  add(place: number, features: Features): void;
  /** Takes out the oldest text. */
  removeOldest(features: Features): void;
  /** How much a feature tells one text from others; 0 for what is everywhere. */
  rarity(feature: number): number;
  /** How much each text has in common with these features, by its place; the first is that of the oldest. */
  shared(features: Features): Float64Array;
}

export function createVocabulary(): Vocabulary {
  const common = new Set(featuresOf(COMMON_WORDS, Infinity).numbers);
  const holders = new Map<number, Holders>();
  const range = { oldest: 0, size: 0 };

  function rarity(feature: number): number {
    const seen = common.has(feature) ? SEEN_BEFORE.withCommonWord : 0;
    const count = (holders.get(feature)?.places.length ?? 0) + seen;
    const texts = range.size + SEEN_BEFORE.texts;
    return count > texts * TOO_COMMON ? 0 : Math.log((texts + 1) / (count + 0.5));
  }

  return {
    rarity,
    add(place, { numbers, weights }) {
      range.size += 1;
      numbers.forEach((feature, at) => {
        const all = holders.get(feature) ?? { places: [], weights: [] };
        all.places.push(place);
        all.weights.push(weights[at] ?? 0);
        holders.set(feature, all);
      });
    },
    removeOldest({ numbers }) {
      range.oldest += 1;
      range.size -= 1;
      for (const feature of numbers) {
        const all = holders.get(feature);
        all?.places.shift();
        all?.weights.shift();
        if (all?.places.length === 0) holders.delete(feature);
      }
    },
    shared({ numbers, weights }) {
      const sums = new Float64Array(range.size);
      numbers.forEach((feature, at) => {
        const says = rarity(feature) ** 2 * (weights[at] ?? 0);
        const all = holders.get(feature);
        if (says > 0 && all !== undefined) addTo(sums, says, { ...all, oldest: range.oldest });
      });
      return sums;
    },
  };
}

/** A plain loop: it runs hundreds of thousands of times for each new ticket. */
function addTo(sums: Float64Array, says: number, { places, weights, oldest }: Holders & { oldest: number }): void {
  for (let index = 0; index < places.length; index++) {
    const place = (places[index] ?? 0) - oldest;
    sums[place] = (sums[place] ?? 0) + says * (weights[index] ?? 0);
  }
}
