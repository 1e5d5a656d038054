import { percent } from '../domain/opinion.ts';
import { ticketName } from '../domain/ticket.ts';
import type { Changed, Difference, Shown, TicketDiff } from './compare.ts';
import type { BacktestResult } from './run-backtest.ts';
import { AGREED, RETOLD, type Retold, type Shift, type Summary } from './summary.ts';

/** What differs, as people call it. */
export const DIFFERENCE_WORDS: Readonly<Record<Difference, string>> = {
  ticket: 'a ticket at all',
  category: 'category',
  priority: 'priority',
  queue: 'queue',
  owner: 'owner',
  firstResponseDueAt: 'first answer due',
  resolutionDueAt: 'resolution due',
  tags: 'tags',
  escalation: 'escalation',
  messages: 'messages',
  sla: 'promises kept',
};

const RETOLD_WORDS: Readonly<Record<Retold, string>> = {
  category: 'category',
  priority: 'priority',
  queue: 'queue',
  owner: 'owner',
  firstResponseDueAt: 'first answer due',
  resolutionDueAt: 'resolution due',
  escalationLevel: 'escalation',
};

/** Hours of which there are fewer are said to the tenth. */
const WHOLE_HOURS = 10;

export function changedLine({ summary: { tickets, changed } }: BacktestResult): string {
  if (tickets === 0) return 'There is no ticket to replay.';
  // To the tenth, as a threshold counts it: one of two hundred is not none.
  const share = `${((100 * changed) / tickets).toFixed(1)} %`;
  return changed === 0
    ? `Nothing comes out otherwise for any of ${count(tickets, 'ticket')}.`
    : `${changed.toLocaleString('en-GB')} of ${count(tickets, 'ticket')} ${changed === 1 ? 'comes' : 'come'} out otherwise (${share}).`;
}

/** Lines under one heading. */
export interface Figures {
  title: string;
  lines: readonly string[];
}

/** The figures of a result, in sentences; headings without any are left out. */
export function figuresOf(summary: Summary): readonly Figures[] {
  return [
    { title: 'Agrees with what people finally did', lines: agreementLines(summary) },
    { title: 'What differs', lines: differenceLines(summary) },
    { title: 'Promises', lines: promiseLines(summary) },
    { title: 'Due times', lines: dueLines(summary) },
    { title: 'Messages', lines: messageLines(summary) },
    { title: 'Rules', lines: ruleLines(summary) },
    { title: 'How well the replay tells what happened', lines: retoldLines(summary) },
  ].filter(({ lines }) => lines.length > 0);
}

function agreementLines({ agreement }: Summary): readonly string[] {
  return AGREED.flatMap((field) => {
    const { tickets, before, after } = agreement[field];
    if (tickets === 0) return [];
    const [was, is] = [percent(before / tickets), percent(after / tickets)];
    return [`${field}: ${was} before, ${is} after, ${verdict(after - before)}`];
  });
}

function verdict(difference: number): string {
  if (difference === 0) return 'the same';
  return difference > 0 ? `better for ${difference}` : `worse for ${-difference}`;
}

function differenceLines({ byDifference }: Summary): readonly string[] {
  return Object.entries(byDifference)
    .filter(([, tickets]) => tickets > 0)
    .map(([what, tickets]) => `${DIFFERENCE_WORDS[what as Difference]}: ${count(tickets, 'ticket')}`);
}

function promiseLines({ sla }: Summary): readonly string[] {
  return (['firstResponse', 'resolution'] as const).flatMap((what) => {
    const { before, after } = sla[what];
    if (before.none === after.none && before.met + before.breached + before.at_risk + before.running === 0) return [];
    const told = (run: typeof before) => `${run.met} kept, ${run.breached} broken, ${run.at_risk} at risk`;
    return [
      `${what === 'firstResponse' ? 'first answer' : 'resolution'}: ${told(before)} before; ${told(after)} after`,
    ];
  });
}

function dueLines({ due }: Summary): readonly string[] {
  return [...shiftLine('first answer', due.firstResponse), ...shiftLine('resolution', due.resolution)];
}

function shiftLine(what: string, { sooner, later, hours }: Shift): readonly string[] {
  if (sooner + later === 0) return [];
  const amount =
    Math.abs(hours) < WHOLE_HOURS ? Math.abs(hours).toFixed(1) : Math.round(Math.abs(hours)).toLocaleString('en-GB');
  const sum = hours === 0 ? 'evenly' : `${amount} hours ${hours < 0 ? 'sooner' : 'later'} in all`;
  return [`${what}: sooner for ${sooner}, later for ${later}; ${sum}`];
}

function messageLines({ messages }: Summary): readonly string[] {
  return Object.entries(messages)
    .filter(([, { before, after }]) => before !== after)
    .map(([name, { before, after }]) => `${name.replaceAll('_', ' ')}: ${before} before, ${after} after`);
}

function ruleLines({ rules }: Summary): readonly string[] {
  const changed = rules.filter(({ before, after, in: where }) => before !== after || where !== 'both');
  const silent = rules.filter(({ after, in: where }) => after === 0 && where !== 'before');
  return [
    ...changed.map(
      (rule) =>
        `${rule.name}: ${rule.in === 'after' ? 'not there' : rule.before} before, ${rule.in === 'before' ? 'gone' : rule.after} after`,
    ),
    ...(silent.length === 0 ? [] : [`never spoke: ${silent.map(({ name }) => name).join('; ')}`]),
  ];
}

function retoldLines({ retold, tickets }: Summary): readonly string[] {
  if (tickets === 0) return [];
  const parts = RETOLD.map((field) => `${RETOLD_WORDS[field]} ${percent(retold[field] / tickets)}`);
  return [`the config in force gives again what is on record: ${parts.join(', ')}`];
}

/** One ticket with its differences, each in a line, and the sentences behind it. */
export function shownDiff(
  { number, subject, changes }: TicketDiff,
  { prefix, timeZone }: { prefix: string; timeZone: string },
): { head: string; lines: readonly string[] } {
  return {
    head: `${ticketName(prefix, number)} ${subject}`,
    lines: changes.flatMap((changed) => changeLines(changed, timeZone)),
  };
}

function changeLines(changed: Changed, timeZone: string): readonly string[] {
  const { what, before, after, sentences } = changed;
  const words = (value: Shown) => valueWords(value, what, timeZone);
  return [
    `${DIFFERENCE_WORDS[what]}: ${words(before)} → ${words(after)}`,
    ...(sentences.before === null ? [] : [`before: ${sentences.before}`]),
    ...(sentences.after === null ? [] : [`after: ${sentences.after}`]),
  ];
}

/** A value as people read it; moments in the desk's time. */
export function valueWords(value: Shown, what: Difference, timeZone: string): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  if (what === 'firstResponseDueAt' || what === 'resolutionDueAt') {
    const at = Temporal.Instant.from(String(value)).toZonedDateTimeISO(timeZone);
    return at.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
  }
  if (what === 'escalation') return value === 0 ? 'none' : `level ${String(value)}`;
  return Array.isArray(value) ? value.join(', ').replaceAll('_', ' ') : String(value);
}

function count(amount: number, what: string): string {
  return `${amount.toLocaleString('en-GB')} ${what}${amount === 1 ? '' : 's'}`;
}
