/** What is offered to whoever answers a ticket, by names of the config. */
export interface Suggestion {
  /** The reply to begin with, without a language; null when none fits. */
  reply: string | null;
  /** The articles that may help, the best first. */
  articles: readonly string[];
}
