/**
 * What was learned from closed tickets and people's corrections, ready to be asked: in memory, within a turn.
 */
import type { JudgedText, Opinion } from '../domain/opinion.ts';

export interface Classifier {
  /** Tells what was learned from what was learned before. */
  readonly version: number;
  /** Within 2 ms, the same each time. Null while nothing was learned. */
  opinionOf(text: JudgedText): Opinion | null;
}
