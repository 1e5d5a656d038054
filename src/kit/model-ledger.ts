import type { Problem } from '../domain/problem.ts';

/** What one request to a model took. */
export interface ModelSpending {
  inputTokens: number;
  /** Of them, those that the endpoint still knew. */
  cachedTokens: number;
  outputTokens: number;
  /** Null where the config names no prices. */
  cost: number | null;
}

/** Keeps count of what is asked, for all instances together. */
export interface ModelLedger {
  /**
   * Takes one request out of the budget, before it goes out.
   *
   * @throws Problem `model.budget-spent`, which passes with the day or the month
   */
  claim(): Promise<void>;
  /** Adds what it took. */
  spend(spending: ModelSpending): Promise<void>;
  /** Notes how a reading ended: by an answer, one that was kept, or a problem. */
  ended(how: { problem: Problem | null; isKept: boolean; milliseconds: number }): Promise<void>;
}

/** Answers that are good for some time: the same question is not paid for twice. */
export interface KeptAnswers {
  /** Null where there is none, or none any more. */
  get(key: string): Promise<unknown>;
  set(key: string, answer: unknown): Promise<void>;
}
