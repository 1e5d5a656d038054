import { flushCompileCache } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import type { Service } from '../main.ts';
import type { Terminal } from './terminal.ts';

/** A start that is told to stop may take so long to come to its end, as when it waits for the tables of another. */
const START_PATIENCE_MILLISECONDS = 8000;

/** A stop may take so long; what a person or a service manager waits for is mostly there much sooner. */
const STOP_PATIENCE_MILLISECONDS = 15_000;

/** After a stop there is nothing left to do; what is still awaited gets so long. */
const REST_MILLISECONDS = 500;

/** Starts a service, lets it run until somebody stops it, and ends it in peace; one that is still starting, too. */
export async function runUntilStopped(terminal: Terminal, start: () => Promise<Service>): Promise<void> {
  const told = toldToStop().then(() => terminal.stdout.write('\nStopping: what is under way is ended first.\n'));
  const starting = start();
  const service = await Promise.race([starting, told.then(() => endOf(starting))]);
  // Node keeps what it compiled when it ends, but not when it is killed: the start after that would compile all anew.
  flushCompileCache();
  await told;
  await service.leave();
  endAfter(STOP_PATIENCE_MILLISECONDS);
  await service.stop();
  // Work that was left to the next start may wait for ever for a database that is closed, and would keep the process.
  endAfter(REST_MILLISECONDS);
}

/** Ends the process by then, if nothing is left that it waits for even sooner. */
function endAfter(milliseconds: number): void {
  setTimeout(() => process.exit(0), milliseconds).unref();
}

/** What a start comes to in good time. One that does not is left as a kill would leave it, which loses nothing. */
async function endOf(starting: Promise<Service>): Promise<Service> {
  const tooLong = pause(START_PATIENCE_MILLISECONDS, null, { ref: false });
  return (await Promise.race([starting, tooLong])) ?? process.exit(0);
}

/** Resolves at the first request to stop; a second one ends the process at once. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
