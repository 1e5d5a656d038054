import type { SparseRows } from './classifier/sparse-rows.ts';
import { vocabularyOf, weigh } from './classifier/vocabulary.ts';
import { wordsOf } from './classifier/text-features.ts';
import { isTelling } from './words.ts';

/** What an article is called, and all of it. */
export interface Titled {
  name: string;
  head: string;
  text: string;
}

/**
 * How like a text is to what articles are called, 0 to 1 each: by the words and letters by which the classifier knows
 * texts, weighed as it weighs them. What an article is called says in few words what it is for; likeness to all of it
 * is drowned by the rest.
 *
 * @param heard other texts, which tell what is rare
 */
export function createTitleLikeness(
  articles: readonly Titled[],
  heard: readonly string[],
): (text: string) => ReadonlyMap<string, number> {
  // Each head is in two of these, so that what it alone says is not left out as a rare spelling.
  const texts = [...articles.flatMap(({ head, text }) => [head, text]), ...heard];
  const vocabulary = vocabularyOf(texts.map(wordsOf));
  const featuresOf = (text: string) => weigh(wordsOf(text).filter(isTelling), vocabulary);
  const heads = articles.map(({ name, head }) => ({ name, ...featuresOf(head) }));
  return (text) => {
    const asked = new Float32Array(vocabulary.weights.length);
    const { features, values } = featuresOf(text);
    features.forEach((feature, at) => (asked[feature] = values[at] ?? 0));
    return new Map(heads.map((head) => [head.name, cosine(asked, head)]));
  };
}

/** Both are of length 1; of the one all features stand there, of the other those that it has. */
function cosine(asked: Float32Array, { features, values }: Pick<SparseRows, 'features' | 'values'>): number {
  let sum = 0;
  for (let at = 0; at < features.length; at++) sum += (asked[features[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return sum;
}
