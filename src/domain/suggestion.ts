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

/** What a draft is made of: a reply or an article of the config, an earlier ticket with its answer, or our answers so far. */
export type DraftSource =
  | { kind: 'reply' | 'article'; name: string }
  | { kind: 'ticket'; number: number }
  | { kind: 'answers' };

/** That a language model was asked to write a draft, and what became of it. */
export interface ModelDraft {
  /** The request, and what there was to write from, as one name. */
  of: string;
  /** The model that wrote it, as people read it; null while none has. */
  by: string | null;
  /** The answer without its greeting; null while there is none. */
  text: string | null;
  /** While it is awaited, what it may be made of; then what it is made of. */
  sources: readonly DraftSource[];
  askedAt: Temporal.Instant;
  /** Null while it is awaited. */
  endedAt: Temporal.Instant | null;
  /** Why there is none. Null where there is one, and while it is awaited. */
  failure: string | null;
}

/** What a language model wrote of a draft, or why nothing of it is offered. */
export type DraftAnswer =
  | { name: string; text: string; sources: readonly DraftSource[] }
  | { name: string | null; failure: string };
