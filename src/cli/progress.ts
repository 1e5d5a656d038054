import type { Terminal } from './terminal.ts';

/** One line that is written over where somebody watches, and written once, at the end, where nobody does. */
export interface ProgressLine {
  show(text: string): void;
  end(text: string): void;
}

/** Begins with what is being done: `Playing 60 days of a help desk: 40 %`. */
export function createProgressLine({ stdout }: Terminal, what: string): ProgressLine {
  const shown = { text: '' };
  return {
    show(text) {
      if (!stdout.isTTY || text === shown.text) return;
      stdout.write(`\r${what}: ${text.padEnd(shown.text.length)}`);
      shown.text = text;
    },
    end(text) {
      const blank = ' '.repeat(Math.max(0, shown.text.length - text.length - 1));
      stdout.write(`${stdout.isTTY ? '\r' : ''}${what}: ${text}.${blank}\n`);
    },
  };
}
