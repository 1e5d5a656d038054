import { sameValue } from '../decide/apply.ts';
import type { Policy } from '../decide/policy.ts';
import { ownerOf } from '../domain/ticket.ts';
import {
  changesOf,
  type Changed,
  DIFFERENCES,
  type Difference,
  finallyOf,
  isJudgedByPeople,
  type Pair,
} from './compare.ts';
import type { Recorded } from './past/recorded.ts';
import type { Outcome, SlaResult } from './replay/outcome.ts';

/** What people finally say of a ticket, and a run can be right about. */
export const AGREED = ['category', 'priority', 'queue', 'owner'] as const;
export type Agreed = (typeof AGREED)[number];

/** What a replay under the config in force should give again. */
export const RETOLD = [...AGREED, 'firstResponseDueAt', 'resolutionDueAt', 'escalationLevel'] as const;
export type Retold = (typeof RETOLD)[number];

interface BothRuns<Value> {
  before: Value;
  after: Value;
}

/** Of so many tickets on which people had the last word, so many are as they left them. */
export interface Agreement extends BothRuns<number> {
  tickets: number;
}

/** By how much due times differ. */
export interface Shift {
  sooner: number;
  later: number;
  /** Of all of them together; below 0 where they are due sooner. */
  hours: number;
}

export interface RuleCount extends BothRuns<number> {
  name: string;
  /** In which config there is a rule of that name. */
  in: 'both' | 'before' | 'after';
}

export interface Summary {
  tickets: number;
  changed: number;
  byDifference: Readonly<Record<Difference, number>>;
  due: Readonly<Record<'firstResponse' | 'resolution', Shift>>;
  messages: Readonly<Record<string, BothRuns<number>>>;
  sla: Readonly<Record<'firstResponse' | 'resolution', BothRuns<Readonly<Record<SlaResult, number>>>>>;
  agreement: Readonly<Record<Agreed, Agreement>>;
  rules: readonly RuleCount[];
  /** Of the tickets, those that the config in force gives now what is on record: how far the replay is to be believed. */
  retold: Readonly<Record<Retold, number>>;
  /** Tickets whose request is not there any more, replayed by their own words. */
  fromTicket: number;
  /** Tickets about which the changed config would ask a language model whose answer nobody knows. */
  awaitingModel: number;
}

/** Adds up, ticket by ticket. */
export interface Tally {
  add(pair: Pair, past: { recorded: Recorded; isFromTicket: boolean }): readonly Changed[];
  summary(): Summary;
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] extends object ? Mutable<Value[Key]> : Value[Key] };

const NO_RESULTS: Readonly<Record<SlaResult, number>> = { met: 0, breached: 0, at_risk: 0, running: 0, none: 0 };

export function createTally(policies: BothRuns<Policy>): Tally {
  const sum: Mutable<Summary> = {
    tickets: 0,
    changed: 0,
    byDifference: Object.fromEntries(DIFFERENCES.map((what) => [what, 0])) as Record<Difference, number>,
    due: { firstResponse: noShift(), resolution: noShift() },
    messages: {},
    sla: { firstResponse: noSla(), resolution: noSla() },
    agreement: { category: noAgreement(), priority: noAgreement(), queue: noAgreement(), owner: noAgreement() },
    rules: [],
    retold: Object.fromEntries(RETOLD.map((field) => [field, 0])) as Record<Retold, number>,
    fromTicket: 0,
    awaitingModel: 0,
  };
  const rules = rulesOf(policies);
  return {
    add(pair, { recorded, isFromTicket }) {
      const changes = changesOf(pair);
      sum.tickets += 1;
      sum.fromTicket += Number(isFromTicket);
      sum.awaitingModel += Number(pair.after.awaitsModel && !pair.before.awaitsModel);
      sum.changed += Number(changes.length > 0);
      for (const { what } of changes) sum.byDifference[what] += 1;
      addShifts(sum, pair);
      addMessages(sum, pair);
      addSla(sum, pair);
      addAgreement(sum, pair, recorded);
      addRetold(sum, pair, recorded);
      for (const run of ['before', 'after'] as const) {
        for (const name of pair[run].rules) {
          const rule = rules.get(name);
          if (rule !== undefined) rule[run] += 1;
        }
      }
      return changes;
    },
    summary: () => ({ ...sum, rules: [...rules.values()] }),
  };
}

function noShift(): Mutable<Shift> {
  return { sooner: 0, later: 0, hours: 0 };
}

function noSla() {
  return { before: { ...NO_RESULTS }, after: { ...NO_RESULTS } };
}

function noAgreement(): Mutable<Agreement> {
  return { tickets: 0, before: 0, after: 0 };
}

/** All rules of both, those of the changed config in its order. */
function rulesOf({ before, after }: BothRuns<Policy>): Map<string, Mutable<RuleCount>> {
  const [was, is] = [namesIn(before), namesIn(after)];
  const all = [...new Set([...is, ...was])];
  const whereIs = (name: string) => (was.includes(name) ? (is.includes(name) ? 'both' : 'before') : 'after');
  return new Map(all.map((name) => [name, { name, before: 0, after: 0, in: whereIs(name) }]));
}

function namesIn({ intake, triage, routing, escalation, followUp }: Policy): readonly string[] {
  const all = [
    ...intake.notTickets,
    ...intake.clarify,
    ...triage.rules,
    ...routing.rules,
    ...escalation.definitions,
    ...followUp.checkIns,
  ];
  return all.map(({ name }) => name);
}

function addShifts({ due }: Mutable<Summary>, { before, after }: Pair): void {
  addShift(due.firstResponse, before.own.firstResponseDueAt, after.own.firstResponseDueAt);
  addShift(due.resolution, before.own.resolutionDueAt, after.own.resolutionDueAt);
}

function addShift(shift: Mutable<Shift>, was: Temporal.Instant | null, is: Temporal.Instant | null): void {
  if (was === null || is === null) return;
  const hours = is.since(was).total('hours');
  shift.sooner += Number(hours < 0);
  shift.later += Number(hours > 0);
  shift.hours += hours;
}

function addMessages({ messages }: Mutable<Summary>, { before, after }: Pair): void {
  for (const name of before.messages) (messages[name] ??= { before: 0, after: 0 }).before += 1;
  for (const name of after.messages) (messages[name] ??= { before: 0, after: 0 }).after += 1;
}

function addSla({ sla }: Mutable<Summary>, pair: Pair): void {
  for (const run of ['before', 'after'] as const) {
    for (const what of ['firstResponse', 'resolution'] as const) sla[what][run][pair[run].sla[what]] += 1;
  }
}

/** What nobody corrected in a ticket that people worked on is what people finally did, too. */
function addAgreement(sum: Mutable<Summary>, { before, after }: Pair, recorded: Recorded): void {
  const last = finallyOf(recorded);
  const isJudged = isJudgedByPeople(recorded);
  if (!isJudged) return;
  for (const field of AGREED) {
    const agreement = sum.agreement[field];
    agreement.tickets += 1;
    agreement.before += Number(saidBy(before, field) === last[field]);
    agreement.after += Number(saidBy(after, field) === last[field]);
  }
}

function addRetold({ retold }: Mutable<Summary>, { before: { final } }: Pair, recorded: Recorded): void {
  if (final === null) return;
  const valueOf = (ticket: Recorded, field: Retold) => (field === 'owner' ? ownerOf(ticket) : ticket[field]);
  for (const field of RETOLD) retold[field] += Number(sameValue(valueOf(final, field), valueOf(recorded, field)));
}

function saidBy({ own, leftOut }: Outcome, field: Agreed): string | null | undefined {
  if (leftOut !== null) return undefined;
  return field === 'owner' ? ownerOf(own) : own[field];
}
