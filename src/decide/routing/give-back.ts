import type { Queue } from '../../domain/queue.ts';
import { isOpen } from '../../domain/ticket.ts';
import { addOpenTime, MINUTE } from '../sla/calendar.ts';
import type { Because, Turn } from '../turn.ts';
import { alert } from './alert.ts';
import { calendarOf } from './fallback.ts';
import { peopleOf, type Person, timeOffAt } from './people.ts';
import { createShifts } from './shifts.ts';
import type { Shortlist } from './shortlist.ts';

/**
 * Takes a ticket from an assignee who does nothing with it, or who is off when the customer opens it again, where
 * the queue says so. Such a queue is the only reason for which we take a ticket from whom a person chose.
 */
export function letGo(turn: Turn): void {
  const { assignee, queue: name } = turn.ticket;
  const person = assignee === null ? null : peopleOf(turn.policy).named(assignee);
  const queue = turn.policy.queues[name];
  if (person === null || queue === undefined) return;
  if (isReopened(turn) && queue.whenOwnerIsOff === 'return' && isOff(turn, person)) {
    const params = { agent: person.agent.name, queue: name, why: 'off' };
    return turn.release('assignee', because('route.unassigned', name, params));
  }
  const dueAt = giveBackAt(turn);
  if (dueAt === null || isActedOn(turn) || Temporal.Instant.compare(dueAt, turn.now) > 0) return;
  takeBack(turn, { agent: person.agent.name, minutes: queue.giveBackMinutes ?? 0 });
}

/**
 * Tells those who look after a queue that everybody in it had the ticket and nobody worked on it: once, when the last
 * of them is rid of it. It stays there then, and goes round no second time.
 */
export function tellOfRound(
  turn: Turn,
  { queue, shortlist: { excluded } }: { queue: Queue | null; shortlist: Shortlist },
): void {
  const { key, declinedBy, assignmentCount } = turn.ticket;
  if (queue === null || turn.before.declinedBy === declinedBy) return;
  const able = excluded.filter(({ obstacle }) => obstacle !== 'skill' && obstacle !== 'weight');
  if (able.length === 0 || able.some(({ obstacle }) => obstacle !== 'declined')) return;
  const to = queue.notify;
  const why = because('route.round_over', queue.name, { queue: queue.name, had: declinedBy, to });
  alert(turn, { key: `unowned:${key}:${queue.name}:round:${assignmentCount}`, to, because: why });
}

/**
 * Remembers since when an assignee has done nothing, in a queue that waits for it only so long; and forgets who had
 * it before, once somebody works on it.
 */
export function watchAssignee(turn: Turn): void {
  const { givenAt, declinedBy } = turn.ticket;
  if (declinedBy.length > 0 && isWorkedOn(turn)) turn.keep('declinedBy', []);
  const wanted = untouchedSince(turn);
  if (wanted !== givenAt) turn.keep('givenAt', wanted);
  turn.wakeAt(giveBackAt(turn));
}

function untouchedSince(turn: Turn): Temporal.Instant | null {
  const { assignee, status, queue, givenAt } = turn.ticket;
  const isWatched = (turn.policy.queues[queue]?.giveBackMinutes ?? null) !== null;
  if (!isWatched || assignee === null || !isOpen(status)) return null;
  if (assignee !== turn.before.assignee) return actorOf(turn.occasion) === assignee ? null : turn.now;
  return isActedOn(turn) ? null : givenAt;
}

/** By whoever has it, or took it just now; what is over counts as worked on, too. */
function isWorkedOn(turn: Turn): boolean {
  const { assignee, status } = turn.ticket;
  if (!isOpen(status)) return true;
  if (assignee === null) return false;
  return assignee === turn.before.assignee ? isActedOn(turn) : actorOf(turn.occasion) === assignee;
}

/** Whether the customer has opened the ticket again just now. */
export function isReopened({ before }: Turn): boolean {
  return before.status === 'resolved';
}

/** Whether somebody is not here: off shift, on days off, or switched to away. */
export function isOff(turn: Turn, person: Person): boolean {
  const { agent } = person;
  const isAway = agent.away || turn.facts.loads.some(({ name, away }) => away && name === agent.name);
  const shifts = createShifts(turn, turn.policy.queues[turn.ticket.queue] ?? null);
  return isAway || !shifts.isOnShift(person) || timeOffAt(person, shifts.now) !== null;
}

/** Back to its queue, where it waits for somebody else. */
function takeBack(turn: Turn, { agent, minutes }: { agent: string; minutes: number }): void {
  const { key, queue, assignmentCount } = turn.ticket;
  const why = because('route.given_back', queue, { agent, queue, minutes });
  turn.release('assignee', why);
  turn.keep('waiting', { queue, startedAt: turn.now, step: 0 });
  turn.keep('declinedBy', [...new Set([...turn.ticket.declinedBy, agent])]);
  turn.send(
    {
      kind: 'notify',
      key: `given_back:${key}:${agent}:${assignmentCount}`,
      notice: 'given_back',
      to: [agent],
      params: { Queue: queue },
    },
    because('route.given_back_told', queue, { agent }),
  );
}

/** When the ticket goes back; null while nobody waits for its assignee. */
function giveBackAt({ ticket, policy }: Turn): Temporal.Instant | null {
  const queue = policy.queues[ticket.queue];
  if (queue === undefined || queue.giveBackMinutes === null || ticket.givenAt === null) return null;
  return addOpenTime(calendarOf(queue, policy), ticket.givenAt, queue.giveBackMinutes * MINUTE);
}

/**
 * Whether the assignee has answered, noted or changed something in this turn. Of an editor whom the base does not tell by
 * name we believe it.
 */
function isActedOn({ occasion, ticket, policy }: Turn): boolean {
  const by = actorOf(occasion);
  if (by === null) return false;
  return by === ticket.assignee || peopleOf(policy).named(by) === null;
}

function actorOf(occasion: Turn['occasion']): string | null {
  switch (occasion.kind) {
    case 'replied':
      return occasion.by === 'agent' ? occasion.name : null;
    case 'edited':
    case 'noted':
      return occasion.by;
    default:
      return null;
  }
}

function because(code: string, queue: string, params: Because['params']): Because {
  return { stage: 'route', code, params, evidence: [], source: { kind: 'policy', name: queue } };
}
