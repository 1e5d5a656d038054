/** Runs a service until it is stopped of which some work never ends. Says when it has started. */
import { runUntilStopped } from '../../src/cli/until-stopped.ts';
import type { Service } from '../../src/main.ts';

// What awaits a database that was closed under it, with the timer by which the queue knows that it lives.
setInterval(() => undefined, 1000);
await runUntilStopped(process, async () => {
  process.stdout.write('started\n');
  return { leave: async () => undefined, stop: async () => undefined } as Service;
});
