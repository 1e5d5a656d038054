import type { FindArticles } from '../../decide/suggest/find-articles.ts';
import type { EarlierTicket, Heard, LinkedTicket, Spoken } from '../../decide/facts.ts';
import type { Policy } from '../../decide/policy.ts';
import type { Reason } from '../../domain/decision.ts';
import type { AgentLoad } from '../../domain/person.ts';
import { isOpen, type Ticket } from '../../domain/ticket.ts';
import type { Judge } from './judge.ts';
import type { Values } from './outcome.ts';
import type { PastTicket } from './past.ts';

/** In which language a text is written, as far as its words tell. */
export type TellLanguage = (text: string) => Heard['words'];

/** A ticket as it stands in a replay. */
export interface Held {
  readonly past: PastTicket;
  ticket: Ticket;
  wakeAt: Temporal.Instant | null;
  /** So many deeds are to come. */
  deedsLeft: number;
  /** The incident that it was found to report, while that is being said. */
  found: number | null;
  internalNotes: number;
  /** What stood in a field before a person first changed it. */
  readonly before: Partial<Values>;
  /** How far up it was taken, not counting what people did. */
  escalatedTo: number;
  readonly because: Map<string, Reason>;
  readonly messages: string[];
  readonly rules: Set<string>;
}

/**
 * What a replay knows of the desk: nouns in memory, and nothing by which anything could be written, sent or asked.
 */
export interface ReplayDesk {
  readonly policy: Policy;
  readonly judge: Judge;
  readonly hasSurveyPage: boolean;
  readonly findArticles: FindArticles;
  readonly tellLanguage: TellLanguage | null;
  readonly held: Map<string, Held>;
  readonly keys: Map<number, string>;
  readonly loads: Map<string, AgentLoad>;
  readonly waiting: Set<string>;
  /** By the number of an incident, the tickets that report it. */
  readonly reports: Map<number, Map<string, LinkedTicket>>;
  /** By address, when its owner was acknowledged of late. */
  readonly acknowledged: Map<string, readonly Temporal.Instant[]>;
  /** By address, what is remembered of its owner. */
  readonly exchanges: Map<string, Spoken[]>;
  readonly earlier: Map<string, EarlierTicket[]>;
  readonly surveyed: Map<string, Temporal.Instant>;
  /** What turns of this moment leave to be done: agents with room again, tickets to be looked at too. */
  readonly freed: Set<string>;
  readonly woken: Set<string>;
  readonly relinked: Set<number>;
  assignments: number;
}

export type DeskGiven = Pick<ReplayDesk, 'judge' | 'hasSurveyPage' | 'findArticles' | 'tellLanguage'>;

/** An empty desk, with the people of the policy. */
export function openReplayDesk(given: DeskGiven): ReplayDesk {
  const { policy } = given.judge;
  const loads = policy.agents.map(({ name }): [string, AgentLoad] => [
    name,
    { name, open: 0, lastAssignedAt: null, away: false },
  ]);
  return {
    ...given,
    policy,
    held: new Map(),
    keys: new Map(),
    loads: new Map(loads),
    waiting: new Set(),
    reports: new Map(),
    acknowledged: new Map(),
    exchanges: new Map(),
    earlier: new Map(),
    surveyed: new Map(),
    freed: new Set(),
    woken: new Set(),
    relinked: new Set(),
    assignments: 0,
  };
}

export function heldNumbered({ keys, held }: ReplayDesk, number: number | null): Held | undefined {
  return number === null ? undefined : held.get(keys.get(number) ?? '');
}

/** Keeps the loads true after a turn, as the pipeline does. */
export function recount(desk: ReplayDesk, { before, after, now }: Step): void {
  const had = before !== null && isOpen(before.status) ? before.assignee : null;
  const has = isOpen(after.status) ? after.assignee : null;
  if (had === has) return;
  if (had !== null) addLoad(desk, had, -1);
  if (has !== null) addLoad(desk, has, 1);
  if (after.assignee === null || after.assignee === before?.assignee) return;
  desk.assignments += 1;
  setLoad(desk, after.assignee, { lastAssignedAt: now.add({ microseconds: desk.assignments }) });
}

interface Step {
  before: Ticket | null;
  after: Ticket;
  now: Temporal.Instant;
}

export function addLoad(desk: ReplayDesk, name: string, difference: number): void {
  const load = desk.loads.get(name);
  if (load !== undefined) setLoad(desk, name, { open: Math.max(0, load.open + difference) });
}

export function setLoad({ loads }: ReplayDesk, name: string, change: Partial<AgentLoad>): void {
  const load = loads.get(name);
  if (load !== undefined) loads.set(name, { ...load, ...change });
}
