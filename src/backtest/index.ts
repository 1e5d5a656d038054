/**
 * Tries a changed config on past tickets: each is replayed by the same judgement, under the config in force and under
 * the changed one, and what comes out otherwise is told. Nothing is written, sent or asked.
 */
import type { Finding } from '../config/live.ts';
import type { ProblemDetails } from '../domain/problem.ts';
import type { Window } from './past/read.ts';
import type { BacktestResult, Progress } from './run-backtest.ts';

export type { Window } from './past/read.ts';
export type { BacktestResult, Progress } from './run-backtest.ts';
export { DIFFERENCES, type Changed, type Difference, type TicketDiff } from './compare.ts';
export { RETOLD, type Summary } from './summary.ts';

/** Tickets that are replayed where nobody says how many. */
export const USUAL_TICKETS = 1000;

/** What is to be tried: one file of the config in force in other words, or a whole folder, by the names of its files. */
export type ConfigChange = { file: string; text: string } | { files: Readonly<Record<string, string>> };

/** What came of it: what is wrong with the changed config, or what it would have done. */
export type Tried = { findings: readonly Finding[] } | { result: BacktestResult; warnings: readonly Finding[] };

export interface TryGiven {
  window: Window;
  onProgress?(progress: Progress): void;
  signal?: AbortSignal;
}

/** Tries a change at once. Throws `backtest.cancelled`. */
export type TryConfig = (change: ConfigChange, given: TryGiven) => Promise<Tried>;

/** How the backtest stands of which a desk runs one at a time. */
export type BacktestState =
  | { kind: 'none' }
  | ({ kind: 'running'; progress: Progress } & Begun)
  | ({ kind: 'done'; result: BacktestResult; endedAt: Temporal.Instant } & Begun)
  | ({ kind: 'refused'; findings: readonly Finding[] } & Begun)
  | ({ kind: 'failed'; problem: ProblemDetails } & Begun);

interface Begun {
  /** Another for each. */
  id: number;
  by: string;
  change: ConfigChange;
  window: Window;
}

/** The backtests of a running desk: one at a time, kept in memory alone, and so gone with a restart. */
export interface Backtests {
  tryConfig: TryConfig;
  /** Throws `backtest.busy`. */
  begin(change: ConfigChange, given: { by: string; window: Window }): void;
  state(): BacktestState;
  /** Breaks off the one that runs; harmless where none does. */
  cancel(): void;
  /** Breaks off and waits for its end. */
  close(): Promise<void>;
}
