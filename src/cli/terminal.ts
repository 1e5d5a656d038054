import type { Command } from 'commander';

/** What ends a command: 0 well, 1 a problem that was explained, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** Where a command reads its environment and writes what it has to say. `process` is one. */
export interface Terminal {
  stdin?: { /** Whether somebody can be asked. */ isTTY?: boolean };
  stdout: { write(text: string): unknown; /** Whether somebody watches. */ isTTY?: boolean };
  stderr: { write(text: string): unknown };
  env: Readonly<Record<string, string | undefined>>;
  /** The folder in which the command was called, where `.env` is; left out, that of the process. */
  cwd?(): string;
  /** Looks texts up in the DNS: none for a name that has none, null where it cannot be asked; left out, for real. */
  resolveTxt?(name: string): Promise<readonly string[] | null>;
}

/** Makes one command of the command line. */
export type MakeCommand = (terminal: Terminal, exit: (code: ExitCode) => void) => Command;
