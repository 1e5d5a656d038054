import { setTimeout as passed } from 'node:timers/promises';
import type { Log } from '../kit/log.ts';

/** After waking failed, it is tried again so much later. */
const RETRY_MILLISECONDS = 2000;

/** Between two wakes. Each costs the queue three commits, and whoever is awake takes in all that waits. */
const REST_MILLISECONDS = 50;

/**
 * Wakes the lane behind the inbox without keeping anybody waiting: the first at once, and what comes within
 * the rest after it becomes one more, so a row is never recorded after the last wake. What fails is tried
 * again; were the process to end first, the lane looks at the table when it starts.
 */
export function createWaker(wake: () => Promise<void>, log: Log): { wake(): void; drained(): Promise<void> } {
  let running: Promise<void> | null = null;
  let isWanted = false;

  async function run(): Promise<void> {
    while (isWanted) {
      isWanted = false;
      try {
        await wake();
        await passed(REST_MILLISECONDS);
      } catch (error) {
        log.warn({ err: error }, 'the inbox could not be woken; it is tried again');
        setTimeout(request, RETRY_MILLISECONDS).unref();
      }
    }
    running = null;
  }

  function request(): void {
    isWanted = true;
    running ??= run();
  }

  return {
    wake: request,
    async drained() {
      await running;
    },
  };
}
