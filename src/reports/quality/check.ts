import type { SQL } from 'drizzle-orm';
import type { Policy } from '../../decide/policy.ts';
import type { Among } from '../figures/among.ts';
import type { FigureId } from '../../domain/figure.ts';
import type { Span } from '../span.ts';
import type { Entry, EntryKey } from '../playbook/entry.ts';
import type { Files } from '../playbook/rule-place.ts';

export const CHECK_IDS = ['triage', 'routing', 'escalations', 'handoffs', 'templates'] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/** Of when, and of which tickets. */
export interface Scope {
  span: Span;
  among: Among;
  now: Temporal.Instant;
}

/** What is told apart in a case. Empty where there is none. */
export interface CaseKey {
  /** What decided: `rule`, `classifier`, `contract`, as the check has it. */
  kind: string;
  /** By which name. */
  thing: string;
  /** What it said first. */
  said: string;
  /** What came of it. */
  came: string;
}

/** Cases that are alike. */
export interface CaseGroup extends CaseKey {
  channel: string;
  segment: string;
  /** Null where nobody can tell. */
  isGood: boolean | null;
  cases: number;
}

/** One thing that was looked at: how it is counted, case by case. */
export interface Check {
  id: CheckId;
  title: string;
  /** What a case is, and when it is a good one, in whole sentences. */
  definition: string;
  /**
   * A query with a row for each case: ticket_key, at, kind, thing, said, came, is_good, channel, segment. In it `o` is a
   * row of `outcomes`.
   */
  cases(scope: Scope): SQL;
}

/** Which tickets stand behind a finding: cases that are so, or those of a figure. */
export type Behind =
  | { of: 'cases'; check: CheckId; only: Partial<CaseKey>; good?: boolean }
  | { of: 'figure'; figure: FigureId; among: Among };

/** A changed file of the config. */
export interface FileChange {
  file: string;
  before: string;
  after: string;
}

/** Something to mend. */
export interface Finding {
  /** What is so, with its figures, in a sentence. */
  says: string;
  /** So many tickets stand behind it. */
  cases: number;
  behind: Behind;
  /** The rule that it is about; null where the config as a whole is. */
  rule: (EntryKey & { place: string | null }) | null;
  /** What to do about it. */
  proposal: string;
  /** The same as a changed file, where that can be made. */
  change: FileChange | null;
}

/** What findings are made from, beside the cases. */
export interface Ground {
  policy: Policy;
  entries: readonly Entry[];
  files: Files;
}
