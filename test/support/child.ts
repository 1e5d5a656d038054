import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A real process of ours. */
export interface Child {
  /** The first line that it said. */
  firstLine: string;
  pid: number;
  /** Kills it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Resolves with its exit code once it has ended by itself. */
  ended(): Promise<number | null>;
}

/** Starts a script of `test/support` and waits until it says something. */
export async function startChild(script: string, ...parameters: readonly string[]): Promise<Child> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const firstLine = await Promise.race([lineOf(child), gone.then(() => 'ended without a word')]);
  return {
    firstLine,
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async ended() {
      await gone;
      return child.exitCode;
    },
  };
}

async function lineOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the child has no output');
  const lines = createInterface({ input: child.stdout });
  const [line] = await once(lines, 'line');
  return String(line);
}
