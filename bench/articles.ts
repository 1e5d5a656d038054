/**
 * Whether the search over articles finds what customers need who never read them, and what a look costs. No database.
 *
 *     node bench/articles.ts [--articles 500]
 */
import { parseArgs } from 'node:util';
import type { FindArticles } from '../src/decide/suggest/find-articles.ts';
import type { Article } from '../src/decide/policy.ts';
import { createArticleSearch } from '../src/knowledge/article-search.ts';
import { HELP_QUESTIONS } from '../test/knowledge/help-questions.ts';
import { HELP_SHELF, type ShelfArticle } from '../test/knowledge/help-shelf.ts';
import { LIBRARY_QUESTIONS } from '../test/knowledge/library-questions.ts';
import { LIBRARY_SHELF } from '../test/knowledge/library-shelf.ts';
import { anArticle } from '../test/support/builders.ts';
import { atLeast, atMost, type Figure, printFigures } from './support/figures.ts';

/** What an automatic answer asks for at least, unless the config says otherwise. */
const SURE = 0.2;

const ROUNDS = 5;

const { values } = parseArgs({ options: { articles: { type: 'string', default: '500' } } });

const shelf = HELP_SHELF.map((each) => anArticle(each));
printFigures(
  `${HELP_QUESTIONS.length} questions to ${shelf.length} articles`,
  found(shelf, HELP_QUESTIONS, { among: 78, sure: 95 }),
);
const chosenOn = LIBRARY_SHELF.map((each) => anArticle(each));
printFigures(
  `${LIBRARY_QUESTIONS.length} questions to the ${chosenOn.length} articles on which the limits were chosen`,
  found(chosenOn, LIBRARY_QUESTIONS, {}),
);
const large = manyArticles(Number(values.articles));
printFigures(`${large.length} articles`, costOf(large));

/** The words of each half of the questions are weighed by what the other half has said. */
function found(
  articles: readonly Article[],
  questions: typeof HELP_QUESTIONS,
  goals: { among?: number; sure?: number },
): readonly Figure[] {
  const halves = [0, 1].map((half) => questions.filter((_, index) => index % 2 === half));
  const asked = halves.flatMap((half, index) => {
    const heard = (halves[1 - index] ?? []).map(([text]) => text);
    const find = createArticleSearch(() => heard);
    return half.map(([text, right]) => ({ right, hits: find(articles, text) }));
  });
  const answered = asked.filter(({ right }) => right.length > 0);
  const among = (most: number) =>
    answered.filter(({ right, hits }) => hits.slice(0, most).some(({ name }) => right.includes(name))).length;
  const sure = asked.filter(({ hits }) => (hits[0]?.likeness ?? 0) >= SURE);
  const right = sure.filter((each) => each.right.includes(each.hits[0]?.name ?? ''));
  const unanswered = asked.filter((each) => each.right.length === 0);
  const none = unanswered.filter(({ hits }) => hits.length === 0);
  return [
    {
      what: 'right one among the first three',
      value: (100 * among(3)) / answered.length,
      unit: '%',
      ...(goals.among !== undefined && { goal: atLeast(goals.among) }),
    },
    { what: 'right one first', value: (100 * among(1)) / answered.length, unit: '%' },
    { what: 'nothing found where nothing helps', value: none.length, unit: `of ${unanswered.length}` },
    { what: 'sure enough for an automatic answer', value: (100 * sure.length) / asked.length, unit: '%' },
    {
      what: 'of these right',
      value: (100 * right.length) / sure.length,
      unit: '%',
      ...(goals.sure !== undefined && { goal: atLeast(goals.sure) }),
    },
  ];
}

function costOf(articles: readonly Article[]): readonly Figure[] {
  const find = createArticleSearch();
  const started = performance.now();
  find(articles, 'password');
  const reading = performance.now() - started;
  const long = HELP_QUESTIONS.map(([text]) => text)
    .join('. ')
    .slice(0, 2000);
  return [
    { what: 'reading them once', value: reading, unit: 'ms' },
    {
      what: 'a look with a question',
      value: millisecondsOf(
        find,
        articles,
        HELP_QUESTIONS.map(([text]) => text),
      ),
      unit: 'ms',
      goal: atMost(5),
    },
    {
      what: 'a look with a mail of 2,000 characters',
      value: millisecondsOf(find, articles, [long]),
      unit: 'ms',
      goal: atMost(50),
    },
  ];
}

function millisecondsOf(find: FindArticles, articles: readonly Article[], texts: readonly string[]): number {
  const started = performance.now();
  for (let round = 0; round < ROUNDS; round++) for (const text of texts) find(articles, text);
  return (performance.now() - started) / (ROUNDS * texts.length);
}

/** Sentences of the shelf, put together anew, with words of their own. */
function manyArticles(count: number): readonly Article[] {
  const sentences = HELP_SHELF.flatMap(({ body }) => body.split('. '));
  const at = <Item>(items: readonly Item[], n: number): Item | undefined => items[n % items.length];
  return Array.from({ length: count }, (_, n) => {
    const { title = '', keywords = [] }: Partial<ShelfArticle> = at(HELP_SHELF, n) ?? {};
    const own = [`model${n}`, `serie${(n * 7919) % 9973}`];
    const body = [3, 5, 7, 11].map((step) => at(sentences, n * step) ?? '').join('. ');
    return anArticle({
      name: `article-${n}`,
      title: `${title} ${own.join(' ')}`,
      keywords: [...keywords, ...own],
      body,
    });
  });
}
