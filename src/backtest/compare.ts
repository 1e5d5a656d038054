import { sameValue } from '../decide/apply.ts';
import { sentenceOf } from '../domain/sentence.ts';
import { type FieldValue, isOpen, ownerOf, type Status, type TicketField } from '../domain/ticket.ts';
import type { Recorded } from './past/recorded.ts';
import type { Outcome, Promised, Values } from './replay/outcome.ts';

/** By what a ticket can differ between the two runs. */
export const DIFFERENCES = [
  'ticket',
  'category',
  'priority',
  'queue',
  'owner',
  'firstResponseDueAt',
  'resolutionDueAt',
  'tags',
  'escalation',
  'messages',
  'sla',
] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** A value as it goes through JSON: moments as ISO strings. */
export type Shown = string | number | null | readonly string[];

/** One thing that comes out otherwise, with the sentence of either run; null where nothing was said of it. */
export interface Changed {
  what: Difference;
  before: Shown;
  after: Shown;
  sentences: { before: string | null; after: string | null };
}

/** What became of a ticket in fact: people's edits included. */
export interface Finally {
  status: Status;
  category: string | null;
  priority: string;
  queue: string;
  owner: string;
}

export interface TicketDiff {
  key: string;
  number: number;
  subject: string;
  changes: readonly Changed[];
  finally: Finally;
}

/** The outcomes of one ticket in both runs. */
export interface Pair {
  before: Outcome;
  after: Outcome;
}

/** Whose reason tells of a difference: the field of the ticket that it is about. */
const FIELD_OF: Readonly<Partial<Record<Difference, TicketField>>> = {
  category: 'category',
  priority: 'priority',
  queue: 'queue',
  owner: 'assignee',
  firstResponseDueAt: 'firstResponseDueAt',
  resolutionDueAt: 'resolutionDueAt',
  tags: 'tags',
  escalation: 'escalationLevel',
};

const PROMISED: readonly Promised[] = ['firstResponse', 'resolution'];

/** What comes out otherwise for one ticket; empty where nothing does. */
export function changesOf(pair: Pair): readonly Changed[] {
  const { before, after } = pair;
  if (before.leftOut !== null || after.leftOut !== null) return leftOutChange(before, after);
  return DIFFERENCES.flatMap((what): Changed[] => {
    const [was, is] = [valueOf(before, what), valueOf(after, what)];
    if (sameValue(was, is)) return [];
    const of = what === 'sla' ? promisesChanged(pair) : reasonsOf(what);
    const sentences = { before: sentence(before, of), after: sentence(after, of) };
    return [{ what, ...shownPair(was, is), sentences }];
  });
}

function leftOutChange(before: Outcome, after: Outcome): readonly Changed[] {
  if (before.leftOut === after.leftOut) return [];
  const told = ({ leftOut }: Outcome) => (leftOut === null ? 'a ticket' : `left out: ${leftOut}`);
  return [{ what: 'ticket', before: told(before), after: told(after), sentences: { before: null, after: null } }];
}

function valueOf({ own, messages, sla }: Outcome, what: Difference): FieldValue {
  switch (what) {
    case 'ticket':
      return null;
    case 'owner':
      return ownerOf(own);
    case 'escalation':
      return own.escalationLevel;
    case 'messages':
      return counted(messages);
    case 'sla':
      return [`first answer ${words(sla.firstResponse)}`, `resolution ${words(sla.resolution)}`];
    default:
      return own[what satisfies keyof Values];
  }
}

/** A warning that went out before a promise was kept is no other result, and the same goes for one that is not over. */
function words(result: Outcome['sla']['resolution']): string {
  return result.replaceAll('_', ' ');
}

/** `letter received`, `2 × notice assigned`. */
function counted(names: readonly string[]): readonly string[] {
  const groups = Map.groupBy(names, (name) => name);
  return [...groups].map(([name, { length }]) => (length === 1 ? name : `${length} × ${name}`)).toSorted();
}

/** Under which the reason of a difference stands: who has it follows from the queue where nobody has it. */
function reasonsOf(what: Difference): readonly string[] {
  const field = FIELD_OF[what];
  return field === undefined ? [] : what === 'owner' ? [field, 'queue'] : [field];
}

/** Of two promises the one that comes out otherwise is told of, the first answer before the resolution. */
function promisesChanged({ before, after }: Pair): readonly string[] {
  return PROMISED.filter((promised) => before.sla[promised] !== after.sla[promised]).slice(0, 1);
}

function sentence({ because }: Outcome, of: readonly string[]): string | null {
  const [reason] = of.flatMap((name) => because.get(name) ?? []);
  return reason === undefined ? null : sentenceOf(reason);
}

/** Of lists of several things only what is in one of the two. */
function shownPair(was: FieldValue, is: FieldValue): { before: Shown; after: Shown } {
  if (!Array.isArray(was) || !Array.isArray(is)) return { before: shown(was), after: shown(is) };
  const [old, now]: [readonly string[], readonly string[]] = [was, is];
  return { before: old.filter((each) => !now.includes(each)), after: now.filter((each) => !old.includes(each)) };
}

function shown(value: FieldValue): Shown {
  if (value instanceof Temporal.Instant) return value.toString();
  return typeof value === 'boolean' ? String(value) : value;
}

export function finallyOf(recorded: Recorded): Finally {
  const { status, category, priority, queue } = recorded;
  return { status, category, priority, queue, owner: ownerOf(recorded) };
}

/** Whether people had the last word: somebody answered it, ended it, or corrected it. */
export function isJudgedByPeople({ status, firstRespondedAt, overrides }: Recorded): boolean {
  return !isOpen(status) || firstRespondedAt !== null || Object.keys(overrides).length > 0;
}
