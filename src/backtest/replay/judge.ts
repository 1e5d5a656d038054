import type { Facts } from '../../decide/facts.ts';
import { decide, type Judgement } from '../../decide/index.ts';
import type { Policy } from '../../decide/policy.ts';
import { compareInstants } from '../../decide/sla/moment.ts';
import { asReached } from '../../decide/undelivered.ts';
import type { Occasion } from '../../domain/occasion.ts';
import type { AgentLoad } from '../../domain/person.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { type Opened, openedBy } from './opened.ts';
import { afterHearing } from './hear.ts';
import type { PastTicket } from './past.ts';
import { isSameData } from './same-data.ts';
import { type Apart, type WatchedPolicy, watchPolicy } from './watched-policy.ts';

/** All that becomes of a ticket in a replay, as functions of what goes in. */
export interface Judge {
  readonly policy: Policy;
  open(past: PastTicket, now: Temporal.Instant): Opened;
  hear(ticket: Ticket, occasion: Occasion): Ticket;
  reach(ticket: Ticket, dead: PastTicket['known']['dead']): Ticket;
  decide(ticket: Ticket, look: Look): Judgement;
}

interface Look {
  occasion: Occasion;
  facts: Facts;
  now: Temporal.Instant;
}

/** Two judges of one past, and what they know of each other. */
export interface Judges {
  before: Judge;
  after: Judge;
  /** Forgets what the first said and the second did not ask about. */
  forget(): void;
}

/**
 * The judges of two policies. What the first has judged, the second need not judge again where nothing that went in
 * differs: then it takes the very object, by which the next turn of the ticket is known to begin with the same. The
 * first must be ahead.
 */
export function createJudges(before: Policy, after: Policy): Judges {
  const watched = watchPolicy(before, after);
  if (watched === null) return { before: judgeBy(before), after: judgeBy(after), forget: () => undefined };
  const memory: Memory = { opened: new Map(), heard: new Map(), reached: new Map(), told: new Map() };
  return {
    before: leading(watched, memory),
    after: following(judgeBy(after), memory),
    forget: () => Object.values(memory).forEach((kept) => kept.clear()),
  };
}

/** What the first judge said, by what it was said of: an object stands for all that is in it. */
interface Memory {
  opened: Map<PastTicket, { now: Temporal.Instant; opened: Opened; read: readonly Apart[] }>;
  heard: Map<Ticket, { occasion: Occasion; ticket: Ticket }>;
  reached: Map<Ticket, { dead: PastTicket['known']['dead']; ticket: Ticket }>;
  told: Map<Ticket, Told>;
}

interface Told extends Look {
  judgement: Judgement;
  /** Whether it was asked who has how much to do, which differs soon after the first ticket does. */
  isByLoads: boolean;
  read: readonly Apart[];
}

/** Judges by a policy, whatever anybody else says. */
export function judgeBy(policy: Policy): Judge {
  return {
    policy,
    open: (past, now) => openedBy(policy, past, now),
    hear: afterHearing,
    reach: asReached,
    decide: (ticket, { occasion, ...look }) => decide(ticket, occasion, { policy, ...look }),
  };
}

function leading(watched: WatchedPolicy, memory: Memory): Judge {
  const { policy } = watched;
  return {
    policy,
    open(past, now) {
      watched.forget();
      const opened = openedBy(policy, past, now);
      memory.opened.set(past, { now, opened, read: watched.read() });
      return opened;
    },
    hear(before, occasion) {
      const ticket = afterHearing(before, occasion);
      if (ticket !== before) memory.heard.set(before, { occasion, ticket });
      return ticket;
    },
    reach(before, dead) {
      const ticket = asReached(before, dead);
      if (ticket !== before) memory.reached.set(before, { dead, ticket });
      return ticket;
    },
    decide(ticket, look) {
      const { occasion, now } = look;
      const watchedFacts = watchLoads(look.facts);
      watched.forget();
      const judgement = decide(ticket, occasion, { policy, facts: watchedFacts.facts, now });
      memory.told.set(ticket, { ...look, judgement, isByLoads: watchedFacts.isRead(), read: watched.read() });
      return judgement;
    },
  };
}

function watchLoads(facts: Facts): { facts: Facts; isRead(): boolean } {
  let isRead = false;
  const watched: Facts = {
    ...facts,
    get loads() {
      isRead = true;
      return facts.loads;
    },
  };
  return { facts: watched, isRead: () => isRead };
}

function following(own: Judge, memory: Memory): Judge {
  return {
    policy: own.policy,
    open(past, now) {
      const known = memory.opened.get(past);
      if (known === undefined || compareInstants(known.now, now) !== 0) return own.open(past, now);
      if (known.read.length === 0) return known.opened;
      const opened = own.open(past, now);
      return isSameData(opened, known.opened) ? known.opened : opened;
    },
    hear(ticket, occasion) {
      const known = memory.heard.get(ticket);
      return known?.occasion === occasion ? known.ticket : own.hear(ticket, occasion);
    },
    reach(ticket, dead) {
      const known = memory.reached.get(ticket);
      return known !== undefined && known.dead === dead ? known.ticket : own.reach(ticket, dead);
    },
    decide(ticket, look) {
      const told = memory.told.get(ticket);
      if (told === undefined || !isSameLook(told, look)) return own.decide(ticket, look);
      const isSame = isSameFacts(told, look.facts) && !mayDiffer(ticket, told);
      return isSame ? told.judgement : taken(told.judgement, own.decide(ticket, look));
    },
  };
}

function isSameLook(one: Look, other: Look): boolean {
  return compareInstants(one.now, other.now) === 0 && isSameOccasion(one.occasion, other.occasion);
}

function isSameOccasion(one: Occasion, other: Occasion): boolean {
  if (one === other) return true;
  if (one.kind === 'received') return other.kind === 'received' && one.message === other.message;
  return one.kind === 'due' && other.kind === 'due';
}

function isSameFacts({ facts: { loads, ...told }, isByLoads }: Told, { loads: others, ...facts }: Facts): boolean {
  return isSameData(told, facts) && (!isByLoads || isSameLoads(loads, others));
}

function isSameLoads(loads: readonly AgentLoad[], others: readonly AgentLoad[]): boolean {
  return loads.length === others.length && loads.every((load, index) => isSameData(load, others[index]));
}

function mayDiffer(ticket: Ticket, { read, judgement }: Told): boolean {
  return read.some(({ mayMatter }) => mayMatter({ before: ticket, judgement }));
}

/** What comes to the same by another way: of two tickets that say the same, the one that is known. */
function taken(known: Judgement, own: Judgement): Judgement {
  if (!isSameData(known.ticket, own.ticket)) return own;
  return isSameData(known, own) ? known : { ...own, ticket: known.ticket };
}
