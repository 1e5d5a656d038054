/**
 * Where a ticket goes: to a queue by the first rule that fits, then to a person by the queue's method.
 * Until somebody can take it the queue is its owner, so that the owner is never empty.
 */
import type { Queue } from '../../domain/queue.ts';
import { isVip, type Requester } from '../../domain/requester.ts';
import { isOpen, type Waiting } from '../../domain/ticket.ts';
import { isAsking, isFresh } from '../clarify/state.ts';
import { isHeldForAdvice } from '../opinions/advice.ts';
import { isSelfServing } from '../self-service.ts';
import type { Because, Turn } from '../turn.ts';
import { alert } from './alert.ts';
import { announceAssignment } from './announce.ts';
import { waitsForIncident } from '../incidents/waits.ts';
import { type Demand, demandBefore, demandOf, sameDemand } from './demand.ts';
import { isOff, isReopened, letGo, tellOfRound, watchAssignee } from './give-back.ts';
import { namedBy, nextStepAt, placeOf, takeStep } from './fallback.ts';
import { pickFrom, type Pick } from './pick.ts';
import { hasSkills, peopleOf } from './people.ts';
import { type Obstacle, type Shortlist, shortlistOf } from './shortlist.ts';

export { frees } from './frees.ts';
export { compareWaiting } from './waiting-order.ts';

/** Why somebody was not chosen, as the record says it. */
const OBSTACLES: Readonly<Record<Obstacle, string>> = {
  weight: 'weight 0',
  declined: 'gave it back',
  skill: 'lacks a skill',
  away: 'away',
  time_off: 'time off',
  off_shift: 'off shift',
  at_cap: 'at cap',
};

/** What one look at the people of a queue gave. */
interface Look {
  queue: Queue | null;
  shortlist: Shortlist;
  pick: Pick | null;
}

/** Finds the queue of a ticket, and the person. What a person chose is never chosen again. */
export function route(turn: Turn): void {
  if (isOpen(turn.ticket.status) && !isAsking(turn.ticket)) findOwner(turn);
  else endWait(turn);
  watchAssignee(turn);
}

function findOwner(turn: Turn): void {
  const demand = demandOf(turn);
  if (turn.ticket.assignee !== null) follow(turn, demand);
  if (turn.ticket.assignee !== null) letGo(turn);
  if (turn.ticket.assignee !== null) stay(turn);
  else if (isHeldBack(turn)) standBy(turn, demand);
  else findPerson(turn, demand);
}

/** An assigned ticket moves only when this turn changed what it demands, and is kept by whoever fits there too. */
function follow(turn: Turn, demand: Demand): void {
  const { assignee, overrides } = turn.ticket;
  const person = assignee === null ? null : peopleOf(turn.policy).named(assignee);
  const isMoved = turn.before !== turn.ticket && !sameDemand(demandBefore(turn), demand);
  if (isMoved) turn.change('queue', demand.queue, demand.because);
  if (overrides.assignee !== undefined) return;
  if (person === null) return unassign(turn, 'gone');
  if (!isMoved) return;
  if (!turn.policy.queues[turn.ticket.queue]?.members.includes(person.agent.name)) unassign(turn, 'queue');
  else if (!hasSkills(person, demand.skills)) unassign(turn, 'skill');
}

function unassign(turn: Turn, why: 'gone' | 'queue' | 'skill'): void {
  const { assignee, queue } = turn.ticket;
  turn.change('assignee', null, because('route.unassigned', queue, { agent: assignee, queue, why }));
}

/** The assignee keeps the ticket while off; when the customer opens it again, the log says that somebody must look. */
function stay(turn: Turn): void {
  endWait(turn);
  const { assignee, queue } = turn.ticket;
  const person = assignee === null ? null : peopleOf(turn.policy).named(assignee);
  if (person === null || !isReopened(turn) || !isOff(turn, person)) return;
  turn.note(because('route.kept', queue, { agent: person.agent.name }));
}

/**
 * Nobody is given a report while its incident is worked on, nor a ticket whose requester may help themselves, nor one
 * that a language model may place in the next moment: it stands in its queue, and its clocks run.
 */
function isHeldBack(turn: Turn): boolean {
  const { ticket, policy } = turn;
  return isSelfServing(ticket) || waitsForIncident(ticket, policy) || isHeldForAdvice(turn);
}

function standBy(turn: Turn, demand: Demand): void {
  endWait(turn);
  enterQueue(turn, demand.queue, demand);
}

function endWait(turn: Turn): void {
  if (turn.ticket.waiting !== null) turn.keep('waiting', null);
}

/** Looks for a person, going down the fallback chain as far as its time has come. */
function findPerson(turn: Turn, demand: Demand): void {
  let waiting = waitFor(turn, demand);
  enterQueue(turn, placeOf(waiting, turn), demand);
  let look = lookFor(turn, demand, waiting);
  while (look.pick === null && isStepDue(turn, waiting)) {
    waiting = takeStep(turn, waiting);
    look = lookFor(turn, demand, waiting);
  }
  if (look.pick === null) {
    tellOfRound(turn, look);
    return keepWaiting(turn, waiting, look);
  }
  endWait(turn);
  assign(turn, demand, { ...look, pick: look.pick });
}

/** The wait goes on while the ticket belongs where it did, and begins anew when it belongs elsewhere. */
function waitFor(turn: Turn, { queue }: Demand): Waiting {
  const { waiting } = turn.ticket;
  if (waiting !== null && waiting.queue === queue) return waiting;
  return { queue, startedAt: turn.now, step: 0 };
}

/** The queue of a new ticket is always recorded with its reason, even when it stands there already. */
function enterQueue(turn: Turn, queue: string, demand: Demand): void {
  const isChanged = turn.change('queue', queue, demand.because);
  if (!isChanged && isFresh(turn)) turn.note(demand.because);
  if (demand.stranded === null || !(isChanged || turn.before.waiting === null)) return;
  const { wanted, skills } = demand.stranded;
  const addresses = [turn.policy.queues[wanted], turn.policy.queues[queue]].flatMap((each) => each?.notify ?? []);
  const to = [...new Set(addresses)];
  const params = { queue, wanted, skills, to };
  const key = `unowned:${turn.ticket.key}:${wanted}:nobody`;
  alert(turn, { key, to, because: because('route.nobody_told', wanted, params) });
}

function lookFor(turn: Turn, demand: Demand, waiting: Waiting): Look {
  const queue = turn.policy.queues[turn.ticket.queue] ?? null;
  const skills = queue === null ? demand.skills : [...new Set([...demand.skills, ...queue.skills])];
  const named = namedBy(waiting, turn.policy);
  const shortlist = shortlistOf(turn, { queue, skills, named, declinedBy: turn.ticket.declinedBy });
  const preferredSkills = demand.preferredSkills;
  return { queue, shortlist, pick: pickFrom(shortlist.candidates, { queue, preferredSkills }) };
}

function isStepDue(turn: Turn, waiting: Waiting): boolean {
  const dueAt = nextStepAt(waiting, turn.policy);
  return dueAt !== null && Temporal.Instant.compare(dueAt, turn.now) <= 0;
}

/** Room that others make is the pipeline's business; what the clock alone can change is asked for here. */
function keepWaiting(turn: Turn, waiting: Waiting, { queue, shortlist }: Look): void {
  const before = turn.ticket.waiting;
  if (before === null || before.step !== waiting.step || before.queue !== waiting.queue) turn.keep('waiting', waiting);
  turn.wakeAt(shortlist.nextArrival);
  turn.wakeAt(nextStepAt(waiting, turn.policy));
  const isNews = turn.before.waiting === null || turn.before.queue !== turn.ticket.queue;
  if (!isNews) return;
  const { queue: place, requester } = turn.ticket;
  const params = {
    queue: place,
    method: queue?.method ?? null,
    excluded: excludedOf(shortlist),
    ...vipParam(requester),
  };
  turn.note(because('route.waiting', turn.ticket.queue, params));
}

function assign(turn: Turn, demand: Demand, { shortlist, pick }: Look & { pick: Pick }): void {
  const { agent } = pick.candidate.person;
  const { queue } = turn.ticket;
  const params = {
    agent: agent.name,
    queue,
    rule: demand.rule,
    skills: demand.skills,
    method: pick.method,
    tieBreak: pick.tieBreak,
    candidates: shortlist.candidates.map(({ person }) => person.agent.name),
    among: pick.among,
    excluded: excludedOf(shortlist),
    preferred: pick.preferred,
    unmet: pick.unmet,
    unmetWhy: unmetWhy(pick.unmet, shortlist),
    overCap: shortlist.overCap,
    ...vipParam(turn.ticket.requester),
  };
  turn.change('assignee', agent.name, because('route.assigned', queue, params));
  announceAssignment(turn, { by: null });
}

/** Said only where it makes a difference. */
function vipParam(requester: Requester): { vip?: true } {
  return isVip(requester) ? { vip: true } : {};
}

function excludedOf({ excluded }: Shortlist): readonly string[] {
  return excluded.map(({ person, obstacle }) => `${person.agent.name}: ${OBSTACLES[obstacle]}`);
}

/** What keeps those with the preferred skills from taking it, when all have the same reason. */
function unmetWhy(unmet: readonly string[], { excluded }: Shortlist): string | null {
  if (unmet.length === 0) return null;
  const holders = excluded.filter(
    ({ person, obstacle }) => obstacle !== 'skill' && unmet.some((skill) => person.skills.has(skill)),
  );
  if (holders.length === 0) return 'is in the queue';
  const isClock = holders.every(({ obstacle }) => obstacle === 'off_shift' || obstacle === 'time_off');
  return isClock ? 'is on shift' : 'can take it now';
}

function because(code: string, queue: string, params: Because['params']): Because {
  return { stage: 'route', code, params, evidence: [], source: { kind: 'policy', name: queue } };
}
