/** What is offered to whoever answers a ticket, by names of the config. */
export interface Suggestion {
  /** The reply to begin with, without a language; null when none fits. */
  reply: string | null;
  /** The articles that may help, the best first. */
  articles: readonly string[];
}

/** An article that fits a text. */
export interface FittingArticle {
  name: string;
  /** 0 for nothing in common to 1 for the same words, each counting the more the rarer it is. */
  likeness: number;
}
