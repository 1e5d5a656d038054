/**
 * What was learned from closed tickets and people's corrections, ready to be asked: in memory, within a turn.
 */
import type { JudgedText, Opinion } from '../domain/opinion.ts';
import type { Proposal } from '../domain/proposal.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Vector } from './embedder.ts';

export interface Classifier {
  /** Tells what was learned from what was learned before. */
  readonly version: number;
  /**
   * Within 2 ms, the same each time. Null while nothing was learned. Without the vector of the text, or with one that
   * says nothing to it, it goes by the words alone.
   */
  opinionOf(text: JudgedText, vector?: Vector): Opinion | null;
  /** What fields that it does not set may better hold; only what it is sure of, and empty while nothing was learned of them. */
  proposalsOf(text: JudgedText): readonly Proposal[];
  /** Where it knows more with vectors; left out where words are all that it reads. */
  readonly vectors?: {
    /** Under which name the vector of a text is kept. */
    nameOf(text: JudgedText): string;
    /**
     * Has the vectors of texts made and kept, outside of any transaction. Settles within seconds, and throws nothing:
     * where there is none in the end, words must do. Of tickets that are kept from models none is made.
     */
    prepare(
      tickets: readonly Pick<Ticket, 'subject' | 'description' | 'requester' | 'channel' | 'category'>[],
    ): Promise<void>;
  };
}
