/**
 * What was learned from closed tickets and people's corrections, ready to be asked: in memory, within a turn.
 */
import type { JudgedText, Opinion } from '../domain/opinion.ts';

export interface Classifier {
  /** Within 2 ms, the same each time. Null while nothing was learned. */
  opinionOf(text: JudgedText): Opinion | null;
}
