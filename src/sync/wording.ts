import type { Priority, Severity, SlaState, Status } from '../domain/ticket.ts';

/** Our words, and those that people read and choose in the base. */
export interface Wording {
  /** In the order in which the base offers them. */
  shown: readonly string[];
  show(value: string | null): string | null;
  /** The value for what a person chose, in either wording, capitals or not; undefined when it is neither. */
  take(cell: string): string | undefined;
}

/** For edits in a base that does not tell who made them. */
export const SOMEBODY = 'Somebody in the base';

const STATUS_WORDS: Readonly<Record<Status, string>> = {
  new: 'New',
  open: 'Open',
  pending: 'Pending',
  on_hold: 'On hold',
  needs_info: 'Needs info',
  resolved: 'Resolved',
  closed: 'Closed',
};

const PRIORITY_WORDS: Readonly<Record<Priority, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  informational: 'Informational',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

/** A ticket without clocks has no SLA state to show. */
const SLA_WORDS: Readonly<Record<Exclude<SlaState, 'none'>, string>> = {
  on_track: 'On track',
  warning: 'Warning',
  breached: 'Breached',
  paused: 'Paused',
  met: 'Met',
};

export const STATUS_WORDING = wording(STATUS_WORDS);
export const PRIORITY_WORDING = wording(PRIORITY_WORDS);
export const SEVERITY_WORDING = wording(SEVERITY_WORDS);
export const SLA_WORDING = wording(SLA_WORDS);

/** Names that an admin gave are shown as they are. */
export function asNamed(names: readonly string[]): Wording {
  return wording(Object.fromEntries(names.map((name) => [name, name])));
}

function wording(words: Readonly<Record<string, string>>): Wording {
  const values = new Map(
    Object.entries(words).flatMap(([value, shown]) => [value, shown].map((each) => [folded(each), value])),
  );
  return {
    shown: Object.values(words),
    show: (value) => (value === null ? null : (words[value] ?? null)),
    take: (cell) => values.get(folded(cell)),
  };
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
