import { on } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Example } from '../classifier/index.ts';
import type { Taught } from './learned-guess.ts';
import type { Answered, Told } from './learning-thread.ts';
import type { Lessons } from './lessons.ts';
import type { CategoryCurriculum, Curriculum, PackedPair, Trained } from './train.ts';

/**
 * 20,000 long texts in 150 categories take 0.4 GB to learn from. What takes more than this ends the thread, and the
 * service goes on.
 */
const MOST_MEGABYTES = 1536;

/** What was learned. */
export type Learned = Exclude<Answered, { kind: 'opened' }>;

/**
 * Learns in a thread of its own, so that whoever waits for an answer of this process does not wait for this. Pages come
 * newest first, and each is let go of here as soon as the thread has it. Gives what was learned as soon as it is there,
 * the categories first; whoever needs no more may leave then.
 *
 * @throws the thread's error, also when it needs too much memory; the reason of the signal once it is told to stop
 */
export async function* trainAside(
  pages: AsyncIterable<Lessons>,
  curriculum: Curriculum,
  signal: AbortSignal,
): AsyncGenerator<Learned> {
  const answers = inThread(signal, async (tell) => {
    for await (const page of pages) {
      signal.throwIfAborted();
      tell({ kind: 'lessons', page });
    }
    tell({ kind: 'train', curriculum });
  });
  for await (const answered of answers) if (answered.kind !== 'opened') yield answered;
}

/** Learns the categories alone, as a trial. */
export async function trainCategoriesAside(
  pages: AsyncIterable<readonly Example[]>,
  curriculum: CategoryCurriculum,
): Promise<Trained> {
  async function* lessons(): AsyncGenerator<Lessons> {
    for await (const category of pages) yield { category };
  }
  const { signal } = new AbortController();
  for await (const learned of trainAside(lessons(), { ...curriculum, proposes: [] }, signal)) {
    if (learned.kind === 'trained') return learned.trained;
  }
  throw new Error('The categories were not learned.');
}

/** Unpacks what was learned: half a second with 10,000 tickets. Null for bytes that cannot be read. */
export async function openAside(packed: PackedPair): Promise<Taught | null> {
  const answers = inThread(new AbortController().signal, async (tell) => tell({ kind: 'open', packed }));
  for await (const answered of answers) if (answered.kind === 'opened') return answered.taught;
  return null;
}

async function* inThread(
  signal: AbortSignal,
  work: (tell: (told: Told) => void) => Promise<void>,
): AsyncGenerator<Answered> {
  signal.throwIfAborted();
  const compiled = getCompileCacheDir();
  const worker = new Worker(new URL('./learning-thread.ts', import.meta.url), {
    name: 'learning',
    // Neither our secrets nor our options are its business; what was compiled once it finds where we do.
    env: compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  // Begins to listen now, and keeps an error of the thread until it is asked.
  const answers = on(worker, 'message', { signal, close: ['exit'] });
  let isAnswered = false;
  try {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    await work((told) => worker.postMessage(told));
    for await (const [answered] of answers as AsyncIterable<[Answered]>) {
      isAnswered = true;
      yield answered;
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    await worker.terminate();
  }
  if (!isAnswered) throw new Error('The thread that learns ended before it had learned.');
}
