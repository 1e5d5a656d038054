import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Example, LearnedModel } from '../classifier/index.ts';
import type { Answered, Told } from './learning-thread.ts';
import type { Curriculum, Trained } from './train.ts';

/**
 * 20,000 long texts in 150 categories take 0.4 GB to learn from. What takes more than this ends the thread, and the
 * service goes on.
 */
const MOST_MEGABYTES = 1536;

/**
 * Learns in a thread of its own, so that whoever waits for an answer of this process does not wait for this. Pages come
 * newest first, and each is let go of here as soon as the thread has it.
 *
 * @throws the thread's error, also when it needs too much memory; the reason of the signal once it is told to stop
 */
export async function trainAside(
  pages: AsyncIterable<readonly Example[]>,
  curriculum: Curriculum,
  signal: AbortSignal,
): Promise<Trained> {
  const answered = await inThread(signal, async (tell) => {
    for await (const page of pages) {
      signal.throwIfAborted();
      tell({ kind: 'examples', page });
    }
    tell({ kind: 'train', curriculum });
  });
  if (answered.kind === 'trained') return answered.trained;
  throw new Error('The thread that learns answered something else.');
}

/** Unpacks a model: half a second with 10,000 tickets. Null for bytes that cannot be read. */
export async function openAside(bytes: Uint8Array): Promise<LearnedModel | null> {
  const answered = await inThread(new AbortController().signal, async (tell) => tell({ kind: 'open', bytes }));
  return answered.kind === 'opened' ? answered.model : null;
}

async function inThread(signal: AbortSignal, work: (tell: (told: Told) => void) => Promise<void>): Promise<Answered> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./learning-thread.ts', import.meta.url), {
    name: 'learning',
    // Neither our secrets nor our options are its business.
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  const answered = answerOf(worker, signal);
  // Should it fail while it is told what to do, that is known at the end.
  answered.catch(() => undefined);
  try {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    await work((told) => worker.postMessage(told));
    return await answered;
  } finally {
    await worker.terminate();
  }
}

async function answerOf(worker: Worker, signal: AbortSignal): Promise<Answered> {
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  worker.once('exit', () => ended.abort(new Error('The thread that learns ended before it had learned.')));
  try {
    // An error of the thread is thrown here.
    const [answered] = (await once(worker, 'message', { signal: either })) as [Answered];
    return answered;
  } catch (error) {
    throw either.aborted ? either.reason : error;
  }
}
