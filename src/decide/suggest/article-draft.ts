import type { FittingArticle } from '../../domain/suggestion.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Article, Policy } from '../policy.ts';
import { isReadBy } from './answering.ts';

/** Below this likeness an article is worth a look, and no answer. */
const WORTH_SENDING = 0.12;

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

/** The approved article of which a first answer can be made: in the language of the request, and like enough. */
export function draftArticle(
  policy: Policy,
  fitting: readonly FittingArticle[],
  ticket: Pick<Ticket, 'language' | 'selfService'>,
): Article | null {
  return articlesWorthSending(policy, fitting, ticket).find((article) => isReadBy(article, ticket, policy)) ?? null;
}
