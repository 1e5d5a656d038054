import { OTHER_NEEDS } from '../../decide/handoff/contract.ts';
import { TICKET_FIELDS } from '../../decide/conditions/fields.ts';
import type { HandoffContract, Policy } from '../../decide/policy.ts';
import type { Path } from '../source.ts';
import { isOpenField } from '../written/condition.ts';
import type { Handoff } from '../written/routing.ts';
import { listOf, minutesOf } from '../written/words.ts';
import type { Check, Report, Spot } from './check.ts';
import { checkColumn } from './row-columns.ts';

/** Names in contracts: queues, the calendar, what they need; and the name of each once. */
export const HANDOFF_NAMES: Check = {
  reads: ['routing.yaml', 'people.yaml'],
  look({ written, policy }, report) {
    const { handoffs } = written.routing;
    const queues = ['any', ...Object.keys(policy.queues)];
    const calendars = ['always', ...Object.keys(policy.calendars)];
    handoffs.forEach((handoff, index) => {
      checkQueues(handoff, { index, queues, report });
      const calendar = { written: handoff.calendar, valid: calendars, noun: 'a calendar' };
      report.unknownName(at(index, 'calendar'), calendar);
      handoff.needs.forEach((need, position) => checkNeed(need, at(index, 'needs', position), report));
      if (!handoffs.slice(0, index).some(({ name }) => name === handoff.name)) return;
      const message = `"${handoff.name}" is the name of another contract too`;
      report.error(
        at(index, 'name'),
        message,
        'Give each a name of its own, so that a decision says which one it was.',
      );
    });
  },
};

function checkQueues(
  handoff: Handoff,
  { index, queues, report }: { index: number; queues: readonly string[]; report: Report },
): void {
  for (const side of ['from', 'to'] as const) {
    const written = handoff[side];
    listOf(written).forEach((name, position) => {
      const spot = at(index, side, ...(Array.isArray(written) ? [position] : []));
      report.unknownName(spot, { written: name, valid: queues, noun: 'a queue' });
    });
  }
}

function checkNeed(need: string, spot: Spot, report: Report): void {
  checkColumn(need, spot, report);
  if (isOpenField(need)) return;
  const valid = [...OTHER_NEEDS, ...Object.keys(TICKET_FIELDS)];
  report.unknownName(spot, { written: need, valid, noun: 'something that a contract can need' });
}

/** A contract behind others that take all its pairs never has a say. */
export const HANDOFF_OVERLAPS: Check = {
  reads: ['routing.yaml', 'people.yaml'],
  look({ policy }, report) {
    const { handoffs } = policy.routing;
    handoffs.forEach((contract, index) => {
      const pairs = pairsOf(contract, policy);
      const above = handoffs.slice(0, index);
      const taken = pairs.map((pair) => above.find((other) => isFor(other, pair)));
      const spot = at(index);
      if (pairs.length === 0) {
        const message = `"${contract.name}" is for no pair of queues, as from and to are the same`;
        return report.warning(spot, message, 'Name two different queues, or any.');
      }
      if (taken.includes(undefined)) return;
      const names = [
        ...new Set(taken.flatMap((other) => (other === undefined ? [] : [`"${other.name}" at ${other.place}`]))),
      ];
      const message = `"${contract.name}" never has a say: every pair of queues that it is for is taken by ${names.join(' and ')}`;
      report.warning(spot, message, 'Put it above, or name fewer queues there.');
    });
  },
};

type Pair = readonly [from: string, to: string];

function pairsOf({ from, to }: HandoffContract, { queues }: Policy): readonly Pair[] {
  const all = Object.keys(queues);
  return (from ?? all).flatMap((one) =>
    (to ?? all).filter((other) => other !== one).map((other): Pair => [one, other]),
  );
}

function isFor({ from, to }: HandoffContract, [one, other]: Pair): boolean {
  return (from?.includes(one) ?? true) && (to?.includes(other) ?? true);
}

/** The days of a length of time: nothing that people mean the same by where only open hours count. */
const DAYS = /^\d+d/;

/** A contract's times make sense together, and where they count at all. */
export const HANDOFF_TIMES: Check = {
  reads: ['routing.yaml'],
  look({ written, policy }, report) {
    written.routing.handoffs.forEach((handoff, index) => {
      checkReminder(handoff, { index, answerMinutes: policy.routing.handoffs[index]?.answerMinutes ?? 0, report });
      checkNeedless(handoff, { index, report });
      for (const key of ['answerWithin', 'remind'] as const) {
        const duration = handoff[key];
        if (handoff.calendar === 'always' || duration === undefined || !DAYS.test(duration)) continue;
        const message = `"${duration}" can be misread: a day is 24 hours, and a calendar opens for fewer`;
        report.error(at(index, key), message, 'Write hours, of which only open ones count.');
      }
    });
  },
};

function checkReminder(
  { transfer, remind, answerWithin }: Handoff,
  { index, answerMinutes, report }: { index: number; answerMinutes: number; report: Report },
): void {
  if (answerWithin !== undefined && minutesOf(answerWithin) === 0) {
    report.error(
      at(index, 'answerWithin'),
      'no time to answer in is over before anybody can look',
      'Give at least 1m.',
    );
  }
  if (transfer !== 'accept' || remind === undefined || minutesOf(remind) < answerMinutes) return;
  const message = `the reminder comes after ${remind}, when the time to answer is over`;
  report.error(
    at(index, 'remind'),
    message,
    `Remind sooner than after ${answerWithin ?? '4h'}, or give more time to answer.`,
  );
}

/** What is only said where the other side is asked. */
function checkNeedless(handoff: Handoff, { index, report }: { index: number; report: Report }): void {
  if (handoff.transfer === 'accept') return;
  for (const key of ['answerWithin', 'reasonCodes'] as const) {
    if (handoff[key] === undefined) continue;
    const message = `${key} means nothing with transfer: ${handoff.transfer}, as nobody is asked`;
    report.warning(at(index, key), message, 'Take it out, or write transfer: accept.');
  }
}

function at(index: number, ...path: Path): Spot {
  return { file: 'routing.yaml', path: ['handoffs', index, ...path] };
}
