/** The thread for what takes long: learning from examples, which come in pages, newest first, and unpacking a model. */
import { parentPort } from 'node:worker_threads';
import type { ProposedField } from '../../domain/proposal.ts';
import type { Example } from '../classifier/index.ts';
import type { Taught } from './learned-guess.ts';
import type { Lessons, Target } from './lessons.ts';
import {
  type Curriculum,
  type PackedPair,
  train,
  type Trained,
  trainProposal,
  type TrainedProposal,
  unpackPair,
} from './train.ts';

/** What the thread is told. */
export type Told =
  | { kind: 'lessons'; page: Lessons }
  | { kind: 'train'; curriculum: Curriculum }
  | { kind: 'open'; packed: PackedPair };

/** What it answers: one thing, or what it learned, each as soon as it has it, the categories first. */
export type Answered =
  | { kind: 'trained'; trained: Trained }
  | { kind: 'proposal'; field: ProposedField; trained: TrainedProposal }
  /** Null where the bytes cannot be read. */
  | { kind: 'opened'; taught: Taught | null };

const taught: Record<Target, Example[]> = { category: [], priority: [], queue: [] };

parentPort?.on('message', (told: Told) => {
  switch (told.kind) {
    case 'lessons':
      for (const [target, page] of Object.entries(told.page)) taught[target as Target].push(...page);
      return;
    case 'open':
      answer({ kind: 'opened', taught: unpackPair(told.packed) });
      break;
    case 'train':
      answer({ kind: 'trained', trained: train(oldestFirst('category'), told.curriculum) });
      for (const field of told.curriculum.proposes) {
        answer({ kind: 'proposal', field, trained: trainProposal(oldestFirst(field), told.curriculum.promise) });
      }
  }
  parentPort?.close();
});

/** What comes in pages began with the newest. It is let go of here, as the next to learn needs the room. */
function oldestFirst(target: Target): readonly Example[] {
  return taught[target].splice(0).toReversed();
}

function answer(answered: Answered): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(answered);
}
