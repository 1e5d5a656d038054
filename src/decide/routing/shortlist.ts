import type { Agent, AgentLoad } from '../../domain/person.ts';
import type { Queue } from '../../domain/queue.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Policy } from '../policy.ts';
import { isOpenAt, nextOpening } from '../sla/calendar.ts';
import type { Turn } from '../turn.ts';
import { isVip } from './waiting-order.ts';

/** Why somebody can't take a ticket now. */
export type Obstacle = 'unknown' | 'weight' | 'declined' | 'skill' | 'away' | 'time_off' | 'off_shift' | 'at_cap';

export interface Candidate {
  agent: Agent;
  /** Open tickets, hand assignments included. */
  open: number;
  lastAssignedAt: Temporal.Instant | null;
}

/** Who can take a ticket now, who can't, and when that may change by the clock alone. */
export interface Shortlist {
  candidates: readonly Candidate[];
  excluded: readonly { name: string; obstacle: Obstacle; agent: Agent | null }[];
  /** All were at their cap, and the ticket may exceed it by one. */
  overCap: boolean;
  /** The next begin of a shift or end of a time off of somebody with the skills; null when there is none. */
  nextArrival: Temporal.Instant | null;
}

/** What is looked for. */
export interface Search {
  /** The queue whose people are asked; null when the config has no such queue. */
  queue: Queue | null;
  skills: readonly string[];
  /** People named by the fallback chain, who may take it beside the members, whatever their skills. */
  named: readonly string[];
  declinedBy: readonly string[];
}

type Judged = { agent: Agent; load: AgentLoad | undefined; obstacle: Obstacle | null };

/** Looks at everybody of a queue, and at those whom the fallback chain named. */
export function shortlistOf(turn: Turn, search: Search): Shortlist {
  const { queue, named } = search;
  const pool = [...new Set([...(queue === null || queue.method === 'none' ? [] : queue.members), ...named])];
  const judge = judgeOf(turn, search);
  const judged = pool.map((name) => ({ name, result: judge(name) }));
  const known = judged.flatMap(({ result }) => (result === null ? [] : [result]));
  const free = known.filter(({ obstacle }) => obstacle === null);
  const overCap = free.length === 0 && mayExceedCap(turn.ticket, queue) && known.some(isJustAtCap);
  const takers = overCap ? known.filter(isJustAtCap) : free;
  const names = new Set(takers.map(({ agent }) => agent.name));
  return {
    candidates: takers.map(({ agent, load }) => ({
      agent,
      open: load?.open ?? 0,
      lastAssignedAt: load?.lastAssignedAt ?? null,
    })),
    excluded: judged
      .filter(({ name }) => !names.has(name))
      .map(({ name, result }) => ({ name, obstacle: result?.obstacle ?? 'unknown', agent: result?.agent ?? null })),
    overCap,
    nextArrival: takers.length > 0 ? null : nextArrival(turn, known, queue),
  };
}

/** Gives the question whether somebody can take it. Shared shifts are looked up once. */
function judgeOf(turn: Turn, search: Search): (name: string) => Judged | null {
  const agents = new Map(turn.policy.agents.map((agent) => [agent.name, agent]));
  const loads = new Map(turn.facts.loads.map((load) => [load.name, load]));
  const shifts = new Map<string, boolean>();

  function isOnShift(agent: Agent): boolean {
    const name = calendarOf(agent, search.queue);
    if (name === null) return true;
    const known = shifts.get(name) ?? isOpenAt(turn.policy.calendars[name] ?? null, turn.now);
    shifts.set(name, known);
    return known;
  }

  function obstacleOf(agent: Agent, load: AgentLoad | undefined): Obstacle | null {
    if (search.declinedBy.includes(agent.name)) return 'declined';
    const isNamed = search.named.includes(agent.name);
    if (!isNamed && search.queue?.method === 'weighted' && agent.weight === 0) return 'weight';
    if (!isNamed && !hasSkills(agent, search.skills)) return 'skill';
    if (agent.away || load?.away === true) return 'away';
    if (timeOffAt(agent, turn.now) !== null) return 'time_off';
    if (!isOnShift(agent)) return 'off_shift';
    return agent.cap !== null && (load?.open ?? 0) >= agent.cap ? 'at_cap' : null;
  }

  return (name) => {
    const agent = agents.get(name);
    const load = loads.get(name);
    return agent === undefined ? null : { agent, load, obstacle: obstacleOf(agent, load) };
  };
}

/** Whether somebody has all of the skills. */
export function hasSkills(agent: Agent, skills: readonly string[]): boolean {
  return skills.every((skill) => agent.skills.includes(skill));
}

/** Whether somebody is off by the clock: outside the shift, or in a time off. */
export function isOff(
  agent: Agent,
  queue: Queue | null,
  { policy, now }: { policy: Policy; now: Temporal.Instant },
): boolean {
  const calendar = calendarFor(agent, queue, policy);
  return timeOffAt(agent, now) !== null || !isOpenAt(calendar, now);
}

function mayExceedCap(ticket: Ticket, queue: Queue | null): boolean {
  return queue !== null && queue.mayExceedCap && (ticket.priority === 'critical' || isVip(ticket));
}

/** By one, and no more: who is beyond the cap already gets nothing on top. */
function isJustAtCap({ agent, load, obstacle }: Judged): boolean {
  return obstacle === 'at_cap' && load?.open === agent.cap;
}

function nextArrival(turn: Turn, known: readonly Judged[], queue: Queue | null): Temporal.Instant | null {
  const openings = new Map<string, Temporal.Instant | null>();
  let next: Temporal.Instant | null = null;
  for (const { agent, obstacle } of known) {
    if (obstacle !== 'off_shift' && obstacle !== 'time_off') continue;
    const key = `${calendarOf(agent, queue) ?? ''}\n${timeOffAt(agent, turn.now)?.toString() ?? ''}`;
    const isShared = agent.timeOff.length === 0;
    const arrival = (isShared ? openings.get(key) : undefined) ?? arrivalOf(agent, queue, turn);
    if (isShared) openings.set(key, arrival);
    if (arrival !== null && (next === null || Temporal.Instant.compare(arrival, next) < 0)) next = arrival;
  }
  return next;
}

/** When somebody who is off comes back: the first open minute that lies in no time off. */
function arrivalOf(agent: Agent, queue: Queue | null, { policy, now }: Turn): Temporal.Instant | null {
  const calendar = calendarFor(agent, queue, policy);
  let moment: Temporal.Instant | null = now;
  for (let look = 0; look <= agent.timeOff.length && moment !== null; look++) {
    moment = nextOpening(calendar, moment);
    const off: Temporal.Instant | null = moment === null ? null : timeOffAt(agent, moment);
    if (off === null) return moment;
    moment = off;
  }
  return moment === null ? null : nextOpening(calendar, moment);
}

/** The end of the time off that somebody is in; null when in none. */
function timeOffAt(agent: Agent, moment: Temporal.Instant): Temporal.Instant | null {
  const span = agent.timeOff.find(
    ({ from, until }) => Temporal.Instant.compare(from, moment) <= 0 && Temporal.Instant.compare(moment, until) < 0,
  );
  return span?.until ?? null;
}

function calendarFor(agent: Agent, queue: Queue | null, policy: Policy) {
  const name = calendarOf(agent, queue);
  return name === null ? null : (policy.calendars[name] ?? null);
}

function calendarOf(agent: Agent, queue: Queue | null): string | null {
  return agent.calendar ?? queue?.calendar ?? null;
}
