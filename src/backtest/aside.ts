import { on } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { ReplayGiven } from './open.ts';
import type { StoredPage } from './past/recorded.ts';
import type { Differences, Replay } from './replay-past.ts';

/** 10,000 tickets take a fifth of it. What takes more ends the thread, and the service goes on. */
const MOST_MEGABYTES = 1024;

/** What the thread is told: a page, or that there are no more. */
export type Told = StoredPage | null;

/** What it answers: nothing, and at the end what differs. */
export type Answered = Differences | null;

/** A replay in a thread of its own, so that whoever waits for an answer of this process does not wait for it. */
export interface ReplayAside extends Pick<Replay, 'pass'> {
  end(): Promise<Differences>;
  /** Ends it, wherever it is. */
  close(): Promise<void>;
}

/**
 * What is asked of it while it works waits for its turn.
 *
 * @throws where it is waited for, the thread's error, also when it needs too much memory; and once it is told to stop
 */
export function replayAside(thread: URL, given: ReplayGiven, signal: AbortSignal): ReplayAside {
  const compiled = getCompileCacheDir();
  const worker = new Worker(thread, {
    name: 'backtest',
    workerData: given,
    // Neither our secrets nor our options are its business; what was compiled once it finds where we do.
    env: compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  // Begins to listen now, and keeps an error of the thread until it is asked.
  const answers = on(worker, 'message', { signal, close: ['exit'] });

  async function ask(told: Told): Promise<Answered> {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(told);
    const answer = (await answers.next()) as IteratorResult<[Answered], undefined>;
    if (answer.done === true) throw endedEarly();
    return answer.value[0];
  }

  return {
    async pass(page) {
      await ask(page);
    },
    async end() {
      const differences = await ask(null);
      if (differences === null) throw endedEarly();
      return differences;
    },
    async close() {
      await worker.terminate();
    },
  };
}

function endedEarly(): Error {
  return new Error('The thread that replays the past ended before it had replayed it.');
}
