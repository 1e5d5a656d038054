import type { Ticket } from '../../domain/ticket.ts';
import type { Article, Policy } from '../policy.ts';
import type { Turn } from '../turn.ts';

/** An article that may answer without anybody looking, and how much it has in common with the request, 0..1. */
export interface Answering {
  article: Article;
  likeness: number;
}

/**
 * The approved article that answers a request by itself. What fits best for customers must be it: where an article that
 * nobody approved, or one for another category, fits better, a person knows better.
 */
export function answeringArticle({ policy, ticket, facts }: Turn, atLeast: number): Answering | null {
  const { articles } = policy.offers;
  for (const { name, likeness } of facts.articles) {
    const article = articles.find((each) => each.name === name);
    if (article === undefined || article.audience === 'internal' || !isReadBy(article, ticket, policy)) continue;
    const isOfCategory = article.category === null || article.category === ticket.category;
    return article.approved && isOfCategory && likeness >= atLeast ? { article, likeness } : null;
  }
  return null;
}

/** Whether an article is in the language of the request; who says neither writes in that of the desk. */
export function isReadBy(
  { language }: Pick<Article, 'language'>,
  ticket: Pick<Ticket, 'language'>,
  { desk }: Pick<Policy, 'desk'>,
): boolean {
  return (language ?? desk.language) === (ticket.language ?? desk.language);
}
