import type { FittingArticle } from '../../domain/suggestion.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Article, Policy } from '../policy.ts';
import type { Turn } from '../turn.ts';
import { isReadBy } from './answering.ts';
import type { Awaited } from './awaited.ts';
import { plainText } from './plain-text.ts';

/** Below this likeness an article is worth a look, and no answer. */
const WORTH_SENDING = 0.12;

/** As much of an article tells it from all others, and is kept by whoever shortens its end. */
const BEGINNING = 120;

/** Stands before the name of the article that an answer is made of, where else the name of a reply stands. */
const MADE_OF = 'article:';

/** The name under which an answer that is made of an article is suggested. */
export function articleReply({ name }: Pick<Article, 'name'>): string {
  return `${MADE_OF}${name}`;
}

/** The approved article of which an answer of that name is made; null where it is made of a reply, or is approved no more. */
export function articleBehind({ offers }: Policy, reply: string): Article | null {
  if (!reply.startsWith(MADE_OF)) return null;
  const name = reply.slice(MADE_OF.length);
  return offers.articles.find((article) => article.name === name && article.approved) ?? null;
}

/** The approved articles that are like enough for an answer, the best first, in whichever language. */
export function articlesWorthSending(
  policy: Policy,
  fitting: readonly FittingArticle[],
  { selfService }: Pick<Ticket, 'selfService'>,
): readonly Article[] {
  const unlike = fitting.findIndex(({ likeness }) => likeness < WORTH_SENDING);
  return fitting.slice(0, unlike < 0 ? fitting.length : unlike).flatMap(({ name }) => {
    // What went out by itself did not help, or nobody would be asked for an answer.
    if (selfService?.article?.name === name) return [];
    return articleBehind(policy, `${MADE_OF}${name}`) ?? [];
  });
}

/** The approved article of which an answer can be made: in the language of the request, like enough, and not said yet. */
export function draftArticle({ policy, ticket, facts }: Turn, awaited: Awaited): Article | null {
  const { articles, answers } = awaited.to === 'further' ? awaited.words : { articles: facts.articles, answers: [] };
  const said = answers.map(asCompared);
  return (
    articlesWorthSending(policy, articles, ticket).find(
      (article) => isReadBy(article, ticket, policy) && !said.some((answer) => says(answer, article)),
    ) ?? null
  );
}

/** Whether an answer of ours sent the article, by its address or by its beginning. */
function says(answer: string, { body, url }: Article): boolean {
  if (url !== null && answer.includes(asCompared(url))) return true;
  const beginning = asCompared(plainText(body)).slice(0, BEGINNING);
  return beginning !== '' && answer.includes(beginning);
}

/** However lines were broken on the way. */
function asCompared(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
