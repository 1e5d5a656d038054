import type { Now } from '../ports/now.ts';
import type { Column } from '../ports/ticket-store.ts';
import type { Environment } from './environment.ts';

/** One of several things to choose. */
export interface Choice<Value> {
  name: string;
  value: Value;
  /** A line of help. */
  hint?: string;
  /** The one that is proposed: taken where somebody said to take what is proposed. */
  isUsual?: boolean;
  /** Takes an answer that was given beforehand and is none of the others; the question after it then reads it. */
  isOther?: boolean;
}

/**
 * How a connector asks the person at the terminal. Each answer may also be given beforehand, by its name: as
 * the option `--new-table` for `new-table`, or as `--column category=…` for `column.category`.
 */
export interface Ask {
  /** Something that must not be seen on the screen. Named by its environment variable, and no option. */
  secret(name: string, question: string): Promise<string>;
  text(name: string, question: string, usual?: string): Promise<string>;
  choose<Value>(name: string, question: string, choices: readonly Choice<Value>[]): Promise<Value>;
  confirm(name: string, question: string, usual: boolean): Promise<boolean>;
  /** Whether the answer to a question was given beforehand. */
  isSaid(name: string): boolean;
  /** Whether somebody sits there who wants to be asked, so that something may be tried again. */
  isAttended: boolean;
}

export interface ConnectGiven {
  ask: Ask;
  say(text: string): void;
  environment: Environment;
  /** The columns that we need, as the config has them. */
  columns: readonly Column[];
  /** The name of the desk, for what is made new. */
  deskName: string;
  /** What desk.yaml says of this kind of store already; null when the desk has another. */
  settings: unknown;
  now: Now;
  /** Lets time pass; a test's clock jumps instead. */
  pause: (milliseconds: number) => Promise<void>;
}

/** What is to be written down once a base is connected. */
export interface Connected {
  /** For `store.settings` in desk.yaml, with a comment for a key where one helps. */
  settings: Readonly<Record<string, unknown>>;
  comments: Readonly<Record<string, string>>;
  /** For `.env`, by name. */
  secrets: Readonly<Record<string, string>>;
  /** What the person does next, a paragraph each. */
  next: readonly string[];
}
