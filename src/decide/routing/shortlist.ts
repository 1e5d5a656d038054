import type { AgentLoad } from '../../domain/person.ts';
import type { Queue } from '../../domain/queue.ts';
import { isVip } from '../../domain/requester.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Turn } from '../turn.ts';
import { hasSkills, peopleOf, type Person, timeOffAt } from './people.ts';
import { createShifts, type Shifts } from './shifts.ts';

/** Why somebody can't take a ticket now. */
export type Obstacle = 'weight' | 'declined' | 'skill' | 'away' | 'time_off' | 'off_shift' | 'at_cap';

export interface Candidate {
  person: Person;
  /** Open tickets, hand assignments included. */
  open: number;
  lastAssignedAt: Temporal.Instant | null;
}

export interface Excluded {
  person: Person;
  obstacle: Obstacle;
}

/** Who can take a ticket now, who can't, and when that may change by the clock alone. */
export interface Shortlist {
  candidates: readonly Candidate[];
  excluded: readonly Excluded[];
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

interface Judged extends Candidate {
  obstacle: Obstacle | null;
}

/** Looks at everybody of a queue, and at those whom the fallback chain named. */
export function shortlistOf(turn: Turn, search: Search): Shortlist {
  const shifts = createShifts(turn, search.queue);
  const judged = judge(turn, search, shifts);
  const free = judged.filter(({ obstacle }) => obstacle === null);
  const overCap = free.length === 0 && mayExceedCap(turn.ticket, search.queue) && judged.some(isJustAtCap);
  const candidates = overCap ? judged.filter(isJustAtCap) : free;
  return {
    candidates,
    excluded: judged.flatMap((one) => (overCap && isJustAtCap(one) ? [] : excludedOf(one))),
    overCap,
    nextArrival: candidates.length > 0 ? null : shifts.nextArrival(judged.filter(isOffByTheClock)),
  };
}

function excludedOf({ person, obstacle }: Judged): Excluded[] {
  return obstacle === null ? [] : [{ person, obstacle }];
}

function judge(turn: Turn, search: Search, shifts: Shifts): Judged[] {
  const loads = new Map(turn.facts.loads.map((load) => [load.name, load]));
  return poolOf(turn, search).map((person) => {
    const load = loads.get(person.agent.name);
    const obstacle = obstacleOf(person, load, { search, shifts });
    return { person, open: load?.open ?? 0, lastAssignedAt: load?.lastAssignedAt ?? null, obstacle };
  });
}

/** Where people take by hand, only those whom the fallback chain named are asked. */
function poolOf({ policy }: Turn, { queue, named }: Search): readonly Person[] {
  const people = peopleOf(policy);
  const members = queue === null || queue.method === 'none' ? [] : people.membersOf(queue.name);
  if (named.length === 0) return members;
  return [...new Set([...members, ...named.flatMap((name) => people.named(name) ?? [])])];
}

function obstacleOf(
  person: Person,
  load: AgentLoad | undefined,
  { search, shifts }: { search: Search; shifts: Shifts },
): Obstacle | null {
  const { agent } = person;
  const isNamed = search.named.includes(agent.name);
  if (search.declinedBy.includes(agent.name)) return 'declined';
  if (!isNamed && search.queue?.method === 'weighted' && agent.weight === 0) return 'weight';
  if (!isNamed && !hasSkills(person, search.skills)) return 'skill';
  if (agent.away || load?.away === true) return 'away';
  if (timeOffAt(person, shifts.now) !== null) return 'time_off';
  if (!shifts.isOnShift(person)) return 'off_shift';
  return agent.cap !== null && (load?.open ?? 0) >= agent.cap ? 'at_cap' : null;
}

function mayExceedCap(ticket: Ticket, queue: Queue | null): boolean {
  return queue !== null && queue.mayExceedCap && (ticket.priority === 'critical' || isVip(ticket.requester));
}

/** By one, and no more: who is beyond the cap already gets nothing on top. */
function isJustAtCap({ person, open, obstacle }: Judged): boolean {
  return obstacle === 'at_cap' && open === person.agent.cap;
}

function isOffByTheClock({ obstacle }: Judged): boolean {
  return obstacle === 'off_shift' || obstacle === 'time_off';
}
