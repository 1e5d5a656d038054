/** The thread for what takes long: learning from examples, which come in pages, newest first, and unpacking a model. */
import { parentPort } from 'node:worker_threads';
import { type Example, type LearnedModel, unpackModel } from '../classifier/index.ts';
import { type Curriculum, train, type Trained } from './train.ts';

/** What the thread is told. */
export type Told =
  | { kind: 'examples'; page: readonly Example[] }
  | { kind: 'train'; curriculum: Curriculum }
  | { kind: 'open'; bytes: Uint8Array };

/** What it answers, once. */
export type Answered =
  | { kind: 'trained'; trained: Trained }
  /** The model is null where the bytes cannot be read. */
  | { kind: 'opened'; model: LearnedModel | null };

const examples: Example[] = [];

parentPort?.on('message', (told: Told) => {
  if (told.kind === 'examples') return void examples.push(...told.page);
  const answered: Answered =
    told.kind === 'open'
      ? { kind: 'opened', model: opened(told.bytes) }
      : // What comes in pages began with the newest.
        { kind: 'trained', trained: train(examples.toReversed(), told.curriculum) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(answered);
  parentPort?.close();
});

function opened(bytes: Uint8Array): LearnedModel | null {
  try {
    return unpackModel(bytes);
  } catch {
    return null;
  }
}
