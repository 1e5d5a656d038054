/** One attempt to learn: from examples and the models that there are to what is put in force. Computation alone. */
import type { ProposedField } from '../../domain/proposal.ts';
import { type Example, learn, type LearningReport, type Missing, packModel, unpackModel } from '../classifier/index.ts';
import { compare, type Comparison, unseenBy } from './compare.ts';
import type { CategoryNames } from './learned-guess.ts';

/** Of the examples so many are the newest, on which a new model must hold its own. */
const NEWEST_SHARE = 0.1;

/** A model that is there, packed. */
export interface PackedModel {
  version: number;
  bytes: Uint8Array;
}

export interface CategoryCurriculum {
  /** The share of its answers that shall be right, 0.8 to 0.99. */
  promise: number;
  names: CategoryNames;
  /** Models with the same promise that it is measured against, newest first; empty for a first one. */
  older: readonly PackedModel[];
}

export interface Curriculum extends CategoryCurriculum {
  /** Fields of which a value is to be proposed, learned after the categories. */
  proposes: readonly ProposedField[];
}

export type Trained =
  | {
      kind: 'learned';
      bytes: Uint8Array;
      /** From which confidence its first guess counts; above 1 where it never does. */
      threshold: number;
      report: LearningReport;
      /** Null where there was nothing to compare with. */
      comparison: Comparison | null;
    }
  /** The model with this version is clearly better. */
  | { kind: 'kept'; version: number; comparison: Comparison }
  | { kind: 'missing'; missing: Missing };

/** What was learned of a field of which a value is proposed. */
export type TrainedProposal =
  | { kind: 'learned'; bytes: Uint8Array; threshold: number; report: LearningReport }
  | { kind: 'missing'; missing: Missing };

/** The same for a field that is only proposed: only values that people chose themselves are ever answers. */
export function trainProposal(examples: readonly Example[], promise: number): TrainedProposal {
  const learned = learn(examples, { promise, isByHand: true });
  if (learned.kind === 'missing') return learned;
  const { model, report } = learned;
  return { kind: 'learned', bytes: packModel(model), threshold: model.threshold, report };
}

/** Learns from examples, oldest first. The same gives the same. Takes seconds: for a thread of its own. */
export function train(examples: readonly Example[], curriculum: CategoryCurriculum): Trained {
  const { promise } = curriculum;
  const held = compareWithOlder(examples, curriculum);
  if (held?.comparison.isOlderBetter === true) return { kind: 'kept', ...held };
  const learned = learn(examples, { promise });
  if (learned.kind === 'missing') return learned;
  const { model, report } = learned;
  const comparison = held?.comparison ?? null;
  return { kind: 'learned', bytes: packModel(model), threshold: model.threshold, report, comparison };
}

/** With the newest of the older models that has enough of the newest tickets still before it. */
function compareWithOlder(examples: readonly Example[], { promise, names, older }: CategoryCurriculum) {
  const cut = Math.floor(examples.length * (1 - NEWEST_SHARE));
  const newest = examples.slice(cut);
  for (const { version, bytes } of older) {
    const model = unpacked(bytes);
    if (model === null) continue;
    const unseen = unseenBy(model, newest);
    if (unseen === null) continue;
    const newer = learn(examples.slice(0, cut), { promise });
    if (newer.kind === 'missing') return null;
    return { version, comparison: compare({ older: model, newer: newer.model }, unseen, names) };
  }
  return null;
}

/** Null for one that cannot be read: there is nothing to learn from it. */
function unpacked(bytes: Uint8Array) {
  try {
    return unpackModel(bytes);
  } catch {
    return null;
  }
}
