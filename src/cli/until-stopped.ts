import { flushCompileCache } from 'node:module';
import type { Service } from '../main.ts';
import type { Terminal } from './terminal.ts';

/** Lets a service run until somebody stops it, and ends it in peace. */
export async function runUntilStopped(service: Service, terminal: Terminal): Promise<void> {
  // Node keeps what it compiled when it ends, but not when it is killed: the start after that would compile all anew.
  flushCompileCache();
  await toldToStop();
  terminal.stdout.write('\nStopping: what is under way is ended first.\n');
  await service.stop();
}

/** Resolves at the first request to stop; a second one ends the process at once. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
