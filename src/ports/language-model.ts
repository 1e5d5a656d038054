import type { Reading } from '../domain/opinion.ts';
import type { DraftQuestion } from '../domain/draft-question.ts';
import type { DraftSource } from '../domain/suggestion.ts';
import type { TriageQuestion } from '../domain/triage-question.ts';

/** How a model is asked, as the config has it. */
export interface ModelSettings {
  /** As the endpoint calls it, and people read it: `gpt-5-mini`. */
  name: string;
  /** At most 20, for one reading in all. */
  timeoutSeconds: number;
  /** How long it thinks before it answers; null leaves that to the endpoint. */
  effort: 'minimal' | 'low' | 'medium' | 'high' | null;
  caps: ModelCaps;
  /** Null where nobody counts what it costs. */
  prices: ModelPrices | null;
  /** Whether personal data is hidden from it; null for whenever the endpoint is not our own. */
  mask: boolean | null;
  /** What else is hidden: by name, with where it first stands in a text. */
  maskAlso: readonly { name: string; find(text: string): { start: number; end: number } | null }[];
}

/** Beyond these nothing is asked, until another day or month begins. */
export interface ModelCaps {
  callsPerDay: number;
  callsPerMonth: number;
  /** In the currency of the prices; null where calls alone count. */
  costPerDay: number | null;
  costPerMonth: number | null;
}

/** For a million tokens each. */
export interface ModelPrices {
  input: number;
  /** Of those that the endpoint still knew. */
  cachedInput: number;
  output: number;
  /** Three letters, `EUR`. */
  currency: string;
}

/** What a reading took. */
export interface ModelUsage {
  /** Requests that went out for it: attempts and repairs are counted, and none goes out for what was kept. */
  requests: number;
  /** As the endpoint counted them, or as we guess where it does not count. */
  inputTokens: number;
  outputTokens: number;
  /** In the currency of the prices of the config; null where it names none. */
  cost: number | null;
  /** From the first request to the answer. */
  milliseconds: number;
}

/** What a model read out of a ticket: nothing in it is outside the lists of the question. */
export interface ModelReading extends Reading {
  /** One of the question's; null where none fits, or what it said is none of them. */
  category: string | null;
  usage: ModelUsage;
}

/** Why nothing of a draft is offered: what was written says more, less or something else than its sources. */
export const DRAFT_FAULTS = [
  'draft_no_answer',
  'draft_no_source',
  'draft_link',
  'draft_contact',
  'draft_told',
  'draft_gap',
  'draft_language',
  'draft_long',
] as const;
export type DraftFault = (typeof DRAFT_FAULTS)[number];

/** A draft without its greeting, with those of the materials that it rests on; or what is wrong with it. */
export interface ModelWriting {
  written: { text: string; sources: readonly DraftSource[] } | { fault: DraftFault };
  usage: ModelUsage;
}

/** How an endpoint can be held to the form of an answer: by a schema, only to JSON, or not at all. */
export type ModelLevel = 'json_schema' | 'json_object' | 'text';

/** What a look at the endpoint found. */
export interface ModelCheck {
  level: ModelLevel;
  milliseconds: number;
}

/** Reads tickets, and drafts answers. It sets nothing, sends nothing, and knows nothing but the question. */
export interface LanguageModel {
  /** As people read it: `gpt-5-mini`. */
  readonly name: string;
  /**
   * Reads one ticket. Settles within 20 s in all, attempts and repair included.
   *
   * @throws Problem `model.*`: its `retry` says whether asking later can help. Never anything of the ticket in it.
   */
  read(question: TriageQuestion, options: { signal?: AbortSignal }): Promise<ModelReading>;
  /**
   * Writes a draft of an answer, from nothing but the materials. Whatever is wrong with it is found here: a person may
   * send it without a second look. Settles as `read` does.
   *
   * @throws Problem as `read` does
   */
  write(question: DraftQuestion, options: { signal?: AbortSignal }): Promise<ModelWriting>;
  /**
   * Asks something harmless, so that an admin learns whether it works.
   *
   * @throws Problem as `read` does
   */
  check(options: { signal?: AbortSignal }): Promise<ModelCheck>;
  /** What is known of the endpoint, over restarts; null while it was never asked, or cannot be. Asks nothing. */
  level(): Promise<ModelLevel | null>;
}
