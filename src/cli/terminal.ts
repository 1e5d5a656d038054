import { join } from 'node:path';
import type { Command } from 'commander';

/** What ends a command: 0 well, 1 a problem that was explained, 2 wrong usage, 3 a threshold that was asked for is crossed. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Where a command reads its environment and writes what it has to say. `process` is one. */
export interface Terminal {
  stdin?: { /** Whether somebody can be asked. */ isTTY?: boolean };
  stdout: { write(text: string): unknown; /** Whether somebody watches. */ isTTY?: boolean };
  stderr: { write(text: string): unknown };
  env: Readonly<Record<string, string | undefined>>;
  /** Names that the environment had before `.env` was read, and that count before it; left out, all of them. */
  outside?: ReadonlySet<string>;
  /** The folder in which the command was called, where `.env` is; left out, that of the process. */
  cwd?(): string;
  /** Looks texts up in the DNS: none for a name that has none, null where it cannot be asked; left out, for real. */
  resolveTxt?(name: string): Promise<readonly string[] | null>;
}

/** The file in which variables are kept for the next start. */
export function dotEnvOf(terminal: Terminal): string {
  return join(folderOf(terminal), '.env');
}

export function folderOf({ cwd }: Terminal): string {
  return cwd?.() ?? process.cwd();
}

/** Makes one command of the command line. */
export type MakeCommand = (terminal: Terminal, exit: (code: ExitCode) => void) => Command;
