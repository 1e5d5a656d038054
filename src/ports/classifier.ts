/**
 * What was learned from closed tickets and people's corrections, ready to be asked: in memory, within a turn.
 */
import type { JudgedText, Opinion } from '../domain/opinion.ts';
import type { Proposal } from '../domain/proposal.ts';

export interface Classifier {
  /** Tells what was learned from what was learned before. */
  readonly version: number;
  /** Within 2 ms, the same each time. Null while nothing was learned. */
  opinionOf(text: JudgedText): Opinion | null;
  /** What fields that it does not set may better hold; only what it is sure of, and empty while nothing was learned of them. */
  proposalsOf(text: JudgedText): readonly Proposal[];
}
