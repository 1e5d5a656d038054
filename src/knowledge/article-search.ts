import MiniSearch from 'minisearch';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import { createTextIndex } from '../decide/likeness/text-index.ts';
import type { Article } from '../decide/policy.ts';
import type { FittingArticle } from '../domain/suggestion.ts';
import { createTitleLikeness, type Titled } from './title-likeness.ts';
import { isTelling, wordsOf } from './words.ts';

/** So many are found; of these the desk chooses by language, by category, by who may read them. */
const MOST_FOUND = 12;

/** A word in the title or among the keywords counts as so many in the text. */
const HEAD_WEIGHT = 3;

/** So often title and keywords are read for likeness, where the text is read once. */
const HEAD_REPEATED = 2;

/** One letter in four may be another; in shorter words one letter makes another word. */
const MISTYPED_SHARE = 0.25;
const SHORTEST_MISTYPED = 4;

/** With this score for each word, words in common count half of what they can at most. */
const HALF_SCORE = 10;

/** Likeness counts as so many of what words in common count: the one knows rare words, the other mistakes of typing. */
const LIKENESS_WEIGHT = 2;

/**
 * Below, what is in common is chance: of questions that no article answers, two in three find none. The lowest at which
 * questions to the help of a library, which are there for this alone, find nothing wrong more often than by words alone.
 */
const LEAST_RANK = 0.4;

/** What has less than this share of the rank of the best is no second best. */
const WORTH_SHOWING = 0.3;

/** People say first what they want; each further word costs a look through all that are like it. */
const MOST_WORDS = 60;

/** What is made of the articles of a config, for all texts that they are compared with. */
interface Shelf {
  heard: readonly string[];
  byWords: MiniSearch;
  likeness: ReturnType<typeof createTextIndex>;
  titles: ReturnType<typeof createTitleLikeness>;
}

/**
 * Finds articles by their words, however they are typed and whichever form they have. Reads each list of articles once.
 *
 * @param heard what customers wrote before, of any length: which words are rare among customers tells likeness from chance
 */
export function createArticleSearch(heard: () => readonly string[] = () => NOTHING): FindArticles {
  const shelves = new WeakMap<readonly Article[], Shelf>();
  return (articles, text) => {
    const known = shelves.get(articles);
    const shelf = known?.heard === heard() ? known : shelfOf(articles, heard());
    shelves.set(articles, shelf);
    return best(shelf, text);
  };
}

const NOTHING: readonly string[] = [];

function shelfOf(articles: readonly Article[], heard: readonly string[]): Shelf {
  const byWords = new MiniSearch({
    idField: 'name',
    fields: ['title', 'keywords', 'body'],
    tokenize: wordsOf,
    processTerm: (word) => (isTelling(word) ? word : null),
  });
  const likeness = createTextIndex(articles.length + heard.length);
  const titled: Titled[] = [];
  for (const { name, title, keywords, body } of new Map(articles.map((each) => [each.name, each])).values()) {
    byWords.add({ name, title, keywords: keywords.join('\n'), body });
    const head = [title, ...keywords].join('\n');
    const text = `${`${head}\n`.repeat(HEAD_REPEATED)}${body}`;
    likeness.add(name, text);
    titled.push({ name, head, text });
  }
  // No article has a name with a space in it.
  heard.forEach((text, index) => likeness.add(`heard ${index}`, text));
  return { heard, byWords, likeness, titles: createTitleLikeness(titled, heard) };
}

function best({ byWords, likeness, titles }: Shelf, text: string): readonly FittingArticle[] {
  const words = [...new Set(wordsOf(text).filter(isTelling))].slice(0, MOST_WORDS);
  if (words.length === 0) return [];
  const found = byWords.search(words.join(' '), {
    boost: { title: HEAD_WEIGHT, keywords: HEAD_WEIGHT },
    prefix: (word) => word.length >= SHORTEST_MISTYPED,
    fuzzy: (word) => (word.length >= SHORTEST_MISTYPED ? MISTYPED_SHARE : false),
  });
  const shares = new Map(found.map(({ id, score }) => [String(id), score / (score + HALF_SCORE * words.length)]));
  const likenesses = new Map(likeness.like(text, { atLeast: 0, most: Infinity }).map(({ key, score }) => [key, score]));
  const ranked = [...titles(text)]
    .map(([name, title]) => ({ name, title, likeness: likenesses.get(name) ?? 0, share: shares.get(name) ?? 0 }))
    .map(({ title, share, ...one }) => ({ ...one, rank: LIKENESS_WEIGHT * one.likeness + share + title }))
    .toSorted((one, other) => other.rank - one.rank);
  const least = Math.max(LEAST_RANK, (ranked[0]?.rank ?? 0) * WORTH_SHOWING);
  return ranked
    .filter(({ rank }) => rank >= least)
    .slice(0, MOST_FOUND)
    .map(({ name, likeness: like }) => ({ name, likeness: like }));
}
