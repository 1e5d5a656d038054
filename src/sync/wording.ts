import type { Policy } from '../decide/policy.ts';
import { HIGHEST_LEVEL } from '../domain/escalation.ts';
import { plain } from '../domain/sentences/words.ts';
import type { StatusNames } from '../domain/status-names.ts';
import type { Priority, Severity, SlaState } from '../domain/ticket.ts';

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

export const PRIORITY_WORDING = wording(PRIORITY_WORDS);
export const SEVERITY_WORDING = wording(SEVERITY_WORDS);
export const SLA_WORDING = wording(SLA_WORDS);

/** A ticket that is not escalated shows none. */
export const LEVEL_WORDING = wording(
  Object.fromEntries(Array.from({ length: HIGHEST_LEVEL }, (_, index) => [String(index + 1), `Level ${index + 1}`])),
);

/** Names that an admin gave are shown as they are. */
export function asNamed(names: readonly string[]): Wording {
  return wording(Object.fromEntries(names.map((name) => [name, name])));
}

/** What the other side of a hand-off can say: the value is the code of a no, and empty for a yes. */
export function answersOf(contracts: Policy['routing']['handoffs']): Wording {
  const asking = contracts.filter(({ transfer }) => transfer === 'accept');
  const codes = [...new Set(asking.flatMap(({ reasonCodes }) => reasonCodes))];
  return worded({ '': ['Accept'], ...Object.fromEntries(codes.map((code) => [code, [`Reject: ${plain(code)}`]])) });
}

/** A status as the desk calls it; all its names are offered. */
export function statusWording(names: StatusNames): Wording {
  return worded(names);
}

function wording(words: Readonly<Record<string, string>>): Wording {
  return worded(Object.fromEntries(Object.entries(words).map(([value, shown]) => [value, [shown]])));
}

/** Of several words for a value, the first is the one that we show. */
function worded(words: Readonly<Record<string, readonly string[]>>): Wording {
  const values = new Map(
    Object.entries(words).flatMap(([value, shown]) => [value, ...shown].map((each) => [folded(each), value])),
  );
  return {
    shown: Object.values(words).flat(),
    show: (value) => (value === null ? null : (words[value]?.[0] ?? null)),
    take: (cell) => values.get(folded(cell)),
  };
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
