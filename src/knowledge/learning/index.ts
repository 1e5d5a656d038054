/**
 * How the desk learns its categories, and what to propose, from its own tickets: when, from what, in which thread, and what becomes of it. The
 * computation itself is in knowledge/classifier. It is no connector, as it speaks with no other system: all it knows is
 * in our own tables.
 */
import type { Classifier } from '../../ports/classifier.ts';
import type { Missing } from '../classifier/index.ts';
import type { Comparison } from './compare.ts';
import type { StoredModel } from './stored-models.ts';
import type { StoredProposal } from './stored-proposals.ts';
import type { VectorsStanding } from './vectors-standing.ts';

/** What came of an attempt to learn. */
export type Ending =
  | { kind: 'learned'; comparison: Comparison | null }
  /** An older one is clearly better on tickets that neither had seen; it is in force. */
  | { kind: 'kept'; comparison: Comparison }
  | { kind: 'missing'; missing: Missing }
  /** A fault of ours or of the machine's; it is tried again. */
  | { kind: 'failed'; message: string };

export interface LearningState {
  isOn: boolean;
  /** What the config promises now, 0.8 to 0.99. */
  promise: number;
  /** The model in force; null while nothing was learned. */
  model: StoredModel | null;
  /** What was learned of fields of which a value is proposed, of those of which the config asks for that. */
  proposals: readonly StoredProposal[];
  /** How it stands with vectors; null where the config names no model for them. */
  vectors: VectorsStanding | null;
  /** When it was tried last; null when never. */
  triedAt: Temporal.Instant | null;
  /** Null while it is under way, and when it broke off. */
  endedAt: Temporal.Instant | null;
  ending: Ending | null;
  /** Whether a person asked for it, and it has not begun. */
  isWanted: boolean;
  /** Whether there is more to learn than was learned. */
  hasNews: boolean;
}

export interface Learning {
  /** What the desk has learned; null while that is nothing, and while it is not to be heard. */
  classifier(): Classifier | null;
  /** Learns, if there is something to learn and it is not too soon. Throws what keeps it from being stored. */
  run(): Promise<void>;
  /** Asks that it be learned now, by whichever instance comes to it first. */
  want(): Promise<void>;
  /** Takes up what another instance has learned. */
  catchUp(): Promise<void>;
  state(): Promise<LearningState>;
  /** Ends what is under way; it is taken up later. */
  close(): Promise<void>;
}
