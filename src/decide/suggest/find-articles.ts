import type { FittingArticle } from '../../domain/suggestion.ts';
import type { Article } from '../policy.ts';

/** Finds articles that fit a text, the best first. */
export type FindArticles = (articles: readonly Article[], text: string) => readonly FittingArticle[];
