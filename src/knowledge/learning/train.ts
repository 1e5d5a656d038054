/** One attempt to learn: from examples and the models that there are to what is put in force. Computation alone. */
import type { ProposedField } from '../../domain/proposal.ts';
import {
  type Example,
  learn,
  type LearnedModel,
  type LearningReport,
  type Missing,
  packModel,
  unpackModel,
} from '../classifier/index.ts';
import { compare, type Comparison, unseenBy } from './compare.ts';
import type { CategoryNames, Taught } from './learned-guess.ts';

/** Of the examples so many are the newest, on which a new model must hold its own. */
const NEWEST_SHARE = 0.1;

/** Of the examples so many must have a vector: with fewer, what was learned with and without would not compare. */
const ENOUGH_VECTORS = 0.9;

/** What was learned, as bytes. */
export interface PackedPair {
  bytes: Uint8Array;
  /** The model that reads vectors, too; null where there is none. */
  joined: Uint8Array | null;
}

/** One that is there. */
export interface PackedModel extends PackedPair {
  version: number;
}

export interface CategoryCurriculum {
  /** The share of its answers that shall be right, 0.8 to 0.99. */
  promise: number;
  names: CategoryNames;
  /** Models with the same promise that it is measured against, newest first; empty for a first one. */
  older: readonly PackedModel[];
  /** Whose vectors the examples have; left out where they have none. */
  space?: string;
}

/** What a model is worth on texts that it had not seen, 0 to 1 each. */
export type Worth = Pick<LearningReport, 'precision' | 'coverage' | 'accuracy'>;

/** What vectors are worth beside the words. */
export interface VectorsReport {
  /** So many tickets have one, of so many numbers. */
  tickets: number;
  dimensions: number;
  /** What words alone are worth, and words with vectors; null where too few have one. */
  words: Worth;
  joined: Worth | null;
  /** Whether they are heard: where they do worse than words alone, they are not. */
  isUsed: boolean;
}

export interface Curriculum extends CategoryCurriculum {
  /** Fields of which a value is to be proposed, learned after the categories. */
  proposes: readonly ProposedField[];
}

export type Trained =
  | (Pack & {
      kind: 'learned';
      /** Null where there was nothing to compare with. */
      comparison: Comparison | null;
    })
  /** The model with this version is clearly better. */
  | { kind: 'kept'; version: number; comparison: Comparison }
  | { kind: 'missing'; missing: Missing };

/** What was learned, with what is said of the model that is heard most: the one with vectors where they are used. */
interface Pack extends PackedPair {
  /** From which confidence its first guess counts; above 1 where it never does. */
  threshold: number;
  report: LearningReport;
  /** Null where none were asked for. */
  vectors: VectorsReport | null;
}

/** What was learned of a field of which a value is proposed. */
export type TrainedProposal =
  | { kind: 'learned'; bytes: Uint8Array; threshold: number; report: LearningReport }
  | { kind: 'missing'; missing: Missing };

/** Learns from examples, oldest first. The same gives the same. Takes seconds: for a thread of its own. */
export function train(examples: readonly Example[], curriculum: CategoryCurriculum): Trained {
  const held = compareWithOlder(examples, curriculum);
  if (held?.comparison.isOlderBetter === true) return { kind: 'kept', ...held };
  const taught = teachBoth(examples, curriculum);
  if (taught.kind === 'missing') return taught;
  const { words, joined, vectors } = taught;
  const { report, model } = joined ?? words;
  return {
    kind: 'learned',
    bytes: packModel(words.model),
    joined: joined === null ? null : packModel(joined.model),
    threshold: model.threshold,
    report,
    vectors,
    comparison: held?.comparison ?? null,
  };
}

/** The same for a field that is only proposed: only values that people chose themselves are ever answers. */
export function trainProposal(examples: readonly Example[], promise: number): TrainedProposal {
  const learned = learn(examples, { promise, isByHand: true });
  if (learned.kind === 'missing') return learned;
  const { model, report } = learned;
  return { kind: 'learned', bytes: packModel(model), threshold: model.threshold, report };
}

/** Learns from words alone, and from words and vectors where there are enough of them; both keep the same promise. */
function teachBoth(examples: readonly Example[], { promise, space }: Pick<CategoryCurriculum, 'promise' | 'space'>) {
  const words = learn(examples, { promise });
  if (words.kind === 'missing') return words;
  if (space === undefined) return { kind: 'both', words, joined: null, vectors: null } as const;
  const withVectors = examples.filter(({ vector }) => vector !== undefined);
  const isEnough = withVectors.length >= ENOUGH_VECTORS * examples.length;
  const learned = isEnough ? learn(withVectors, { promise, space }) : null;
  const joined = learned?.kind === 'learned' ? learned : null;
  const isUsed = joined !== null && isNoWorse(joined.report, words.report);
  const vectors: VectorsReport = {
    tickets: withVectors.length,
    dimensions: withVectors[0]?.vector?.length ?? 0,
    words: worthOf(words.report),
    joined: joined === null ? null : worthOf(joined.report),
    isUsed,
  };
  return { kind: 'both', words, joined: isUsed ? joined : null, vectors } as const;
}

/**
 * Both keep the promise, so what tells them apart is how many texts each places, and how often it is right where it
 * must say something. One text more or less is chance.
 */
function isNoWorse(one: LearningReport, other: LearningReport): boolean {
  return one.coverage + one.accuracy >= other.coverage + other.accuracy - 1 / one.tickets;
}

function worthOf({ precision, coverage, accuracy }: LearningReport): Worth {
  return { precision, coverage, accuracy };
}

/** With the newest of the older models that has enough of the newest tickets still before it. */
function compareWithOlder(examples: readonly Example[], curriculum: CategoryCurriculum) {
  const { names, older } = curriculum;
  const cut = Math.floor(examples.length * (1 - NEWEST_SHARE));
  const newest = examples.slice(cut);
  for (const { version, ...packed } of older) {
    const read = unpackPair(packed);
    if (read === null) continue;
    // One that reads vectors of another space would understand none of these.
    const before = read.joined?.vectors?.space === curriculum.space ? read : { ...read, joined: null };
    const unseen = unseenBy(before, newest);
    if (unseen === null) continue;
    const newer = teachBoth(examples.slice(0, cut), curriculum);
    if (newer.kind === 'missing') return null;
    const after = { words: newer.words.model, joined: newer.joined?.model ?? null };
    return { version, comparison: compare({ older: before, newer: after }, unseen, names) };
  }
  return null;
}

/** What was learned, from its bytes; null where they cannot be read. Without its vectors it goes by the words. */
export function unpackPair({ bytes, joined }: PackedPair): Taught | null {
  const words = unpacked(bytes);
  return words === null ? null : { words, joined: joined === null ? null : unpacked(joined) };
}

function unpacked(bytes: Uint8Array): LearnedModel | null {
  try {
    return unpackModel(bytes);
  } catch {
    return null;
  }
}
