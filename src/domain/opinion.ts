import type { Severity } from './severity.ts';

/** Who can be of an opinion: what learned from the team's own closed tickets, or a language model. */
export const ADVISERS = ['classifier', 'language_model'] as const;
export type Adviser = (typeof ADVISERS)[number];

export const SENTIMENTS = ['negative', 'neutral', 'positive'] as const;
export type Sentiment = (typeof SENTIMENTS)[number];

/** How much patience somebody has lost, as their words tell. */
export const FRUSTRATIONS = ['none', 'annoyed', 'angry'] as const;
export type Frustration = (typeof FRUSTRATIONS)[number];

export interface Guess {
  value: string;
  /** 0 to 1. */
  confidence: number;
}

/** What a model makes of a ticket's text. It decides nothing: it is a fact for the judgement. */
export interface Opinion {
  from: Adviser;
  /** As people read it: `learned on 20 November from 1,240 tickets`, `gpt-5-mini`. */
  name: string;
  /** Best first, at most three; empty when it has nothing to say. */
  categories: readonly Guess[];
  /** From which confidence the first category counts, 0 to 1. */
  threshold: number;
  /** Words of the text that speak for the first category, strongest first, at most five. */
  words: readonly string[];
  /** The closed ticket that is most like it; null when none is. */
  nearest: { number: number; subject: string } | null;
  /** What only a language model tells; null of the classifier. */
  reading: Reading | null;
}

/** All from closed lists; null for what it did not say, and for what was outside the list. */
export interface Reading {
  severity: Severity | null;
  product: string | null;
  /** Two letters of ISO 639-1. */
  language: string | null;
  sentiment: Sentiment | null;
  frustration: Frustration | null;
  intent: string | null;
  /** One sentence that quotes the customer's words; empty when it gave none. */
  reason: string;
  summary: string | null;
  /** Answers to fields that nobody filled in, by field. */
  fields: Readonly<Record<string, string>>;
}

/** What a language model answered. How far it is to be believed, it does not say: that is measured. */
export interface Answered {
  /** The model, as people read it. */
  name: string;
  category: string | null;
  reading: Reading;
}

/** What an opinion is formed of. */
export interface JudgedText {
  subject: string;
  /** Without what is only quoted, as `judgedText` makes it. */
  description: string;
}

/** That a language model was asked about a ticket, and what became of it. */
export interface Advice {
  /** The text that it was asked about, as `textName` names it. */
  of: string;
  /** The model that answered, as people read it; null while none has. */
  by: string | null;
  /** What it called the ticket; null where it said nothing that is on the list. */
  category: string | null;
  askedAt: Temporal.Instant;
  /** Null while the answer is awaited. */
  endedAt: Temporal.Instant | null;
  /** Why there is none: the code of a problem. Null where there is one, and while it is awaited. */
  failure: string | null;
}

/** What gave a ticket its category, when no person did. */
export interface Giver {
  by: 'rule' | Adviser;
  /** Of the rule, or of the opinion as people read it. */
  name: string;
}

/** What was wrong about a category, as a person's correction shows. */
export interface Mistake extends Giver {
  said: string;
  /** With which it said so; null of a rule. */
  confidence: number | null;
  /** Whether the ticket had its category from it; else it was only a guess. */
  counted: boolean;
}

/** What the latest language model read in a ticket; null where none did. */
export function readingOf({ opinions }: { opinions: readonly Opinion[] }): Reading | null {
  return opinions.find(({ reading }) => reading !== null)?.reading ?? null;
}

/** As people read it, never more than it is: 0.949 is `94 %`. */
export function percent(confidence: number): string {
  return `${Math.floor(confidence * 100 + 1e-9)} %`;
}

/** How sure a guess is. */
export interface Sureness {
  confidence: number;
  /** From which confidence on it counts. */
  threshold: number;
  runnerUp: { value: string; confidence: number } | null;
}

/** How sure whoever guessed was, and what came next: `61 % sure, 93 % needed; next refund with 22 %`. */
export function surenessWords({ confidence, threshold, runnerUp }: Sureness): string {
  const next = runnerUp === null ? '' : `; next ${runnerUp.value} with ${percent(runnerUp.confidence)}`;
  return `${percent(confidence)} sure, ${percent(threshold)} needed${next}`;
}
