import type { Evidence } from '../domain/decision.ts';
import type { Calendar } from './sla/calendar.ts';

/** Finds a pattern in a text; null when it is not there. Made by `config/`, from a linear-time engine. */
export type Finder = (text: string) => { start: number; end: number } | null;

/**
 * Draws a value out of a text: what it is, and where the words stand that give it; null when there is none. Made by
 * `config/`, from a linear-time engine.
 */
export type Drawer = (text: string) => { value: string; start: number; end: number } | null;

/** A field of the ticket, of the requester or of the account, by the name that rules use for it. */
export type FieldPath = string;

/** One question about a ticket, ready to be asked: names resolved, phrases split, patterns compiled. */
export type Condition =
  | { kind: 'all' | 'any'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition }
  /** Any of the phrases, as whole words, outside quoted mail text and not negated. */
  | { kind: 'mentions'; in: TextPart; phrases: readonly Phrase[] }
  /** A text that the pattern matches has the literal, which is in lower-case ASCII; left out where none is sure. */
  | { kind: 'matches'; in: TextPart; pattern: string; find: Finder; literal?: string }
  | { kind: 'is'; field: FieldPath; values: readonly string[] }
  | { kind: 'above' | 'below'; field: FieldPath; bound: number }
  | { kind: 'before' | 'after'; field: FieldPath; at: Temporal.Instant }
  | { kind: 'empty'; field: FieldPath; empty: boolean }
  | { kind: 'in_hours'; calendarName: string; calendar: Calendar; inHours: boolean }
  | { kind: 'weekday'; timeZone: string; days: readonly number[] };

/** Holds for no ticket. */
export const NEVER: Condition = { kind: 'any', of: [] };

/** Which text a condition reads: subject and message together, or one of them. */
export type TextPart = 'text' | 'subject' | 'message';

/** A phrase as its words, folded: lower case, without accents. A last word may end in `*`. */
export interface Phrase {
  /** As the admin wrote it; quoted in evidence when the text does not say it otherwise. */
  written: string;
  words: readonly { word: string; prefix: boolean }[];
}

/** What made a condition true. An empty list is true without anything to quote. */
export type Proof = readonly Evidence[];
