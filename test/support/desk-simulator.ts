import { applyEffect } from '../../src/decide/apply.ts';
import { takeOccasion } from '../../src/decide/occasion.ts';
import type { Policy } from '../../src/decide/policy.ts';
import { compareWaiting, frees, route } from '../../src/decide/routing/index.ts';
import type { Reason } from '../../src/domain/decision.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { FieldChange, Occasion } from '../../src/domain/occasion.ts';
import type { AgentLoad } from '../../src/domain/person.ts';
import { isOpen, type Ticket } from '../../src/domain/ticket.ts';
import { aMessage, aTicket, aTurn, someFacts } from './builders.ts';

type Notice = Extract<Effect, { kind: 'notify' }>;

interface Row {
  ticket: Ticket;
  wakeAt: Temporal.Instant | null;
}

/**
 * A desk in memory that takes turns as the service does, for tests of who gets which ticket over time: loads
 * are counted from the tickets, waiting ones are looked at again when room appears and when they asked for it.
 */
export interface SimulatedDesk {
  /** A new ticket comes in. */
  receive(at: Temporal.Instant, overrides?: Partial<Ticket>): Ticket;
  /** Lea changes fields by hand. */
  edit(at: Temporal.Instant, key: string, changes: readonly FieldChange[]): Ticket;
  take(at: Temporal.Instant, key: string, occasion: Occasion): Ticket;
  /** Lets time pass, and looks at every ticket that asked for it, at the moment that it asked for. */
  passTo(at: Temporal.Instant): void;
  /** Somebody goes away, or comes back. */
  setAway(name: string, away: boolean): void;
  /** Forgets everything that a restart forgets: all but what is stored with tickets and agents. */
  restart(): SimulatedDesk;
  ticket(key: string): Ticket;
  tickets(): readonly Ticket[];
  openOf(name: string): number;
  reasonsOf(key: string): readonly Reason[];
  readonly notices: readonly Notice[];
}

/** What outlives a restart. */
interface Stored {
  rows: Map<string, Row>;
  lastAssignedAt: Map<string, Temporal.Instant>;
  away: Set<string>;
  reasons: Map<string, Reason[]>;
  notices: Notice[];
  lastAt: Temporal.Instant | null;
}

/** Opens a desk with nobody away and nothing to do. */
export function aDesk(policy: Policy): SimulatedDesk {
  return openDesk(policy, {
    rows: new Map(),
    lastAssignedAt: new Map(),
    away: new Set(),
    reasons: new Map(),
    notices: [],
    lastAt: null,
  });
}

function openDesk(policy: Policy, stored: Stored): SimulatedDesk {
  const { rows, reasons, notices, away } = stored;

  function rowOf(key: string): Row {
    const row = rows.get(key);
    if (row === undefined) throw new Error(`There is no ticket ${key}.`);
    return row;
  }

  function takeTurn(key: string, occasion: Occasion, now: Temporal.Instant): readonly Effect[] {
    const { ticket } = rowOf(key);
    const turn = aTurn({ ticket, occasion, policy, now, facts: someFacts({ loads: loadsOf(policy, stored) }) });
    takeOccasion(turn);
    route(turn);
    const { effects, reasons: said, wakeAt } = turn.finish();
    const after = effects.reduce((seen, effect) => applyEffect(seen, effect, now), ticket);
    rows.set(key, { ticket: after, wakeAt });
    reasons.set(key, [...(reasons.get(key) ?? []), ...said]);
    notices.push(...effects.filter((effect) => effect.kind === 'notify'));
    if (after.assignee !== null && after.assignee !== ticket.assignee) noteAssignment(stored, after.assignee, now);
    return effects;
  }

  /** One turn, and then those who wait for the room that it made. */
  function take(at: Temporal.Instant, key: string, occasion: Occasion): Ticket {
    const before = rowOf(key).ticket;
    const effects = takeTurn(key, occasion, at);
    if (frees(effects, before)) for (const waiter of waiters(rows)) takeTurn(waiter, { kind: 'due' }, at);
    return rowOf(key).ticket;
  }

  return {
    take,
    receive(at, overrides = {}) {
      const ticket = aTicket({ number: 1001 + rows.size, openedAt: at, ...overrides });
      rows.set(ticket.key, { ticket, wakeAt: null });
      return take(at, ticket.key, { kind: 'received', message: aMessage() });
    },
    edit(at, key, changes) {
      return take(at, key, { kind: 'edited', by: 'Lea', at, changes });
    },
    passTo(at) {
      for (let due = nextDue(rows, at); due !== null; due = nextDue(rows, at)) {
        const now = due;
        const inOrder = new Set([...waiters(rows), ...rows.keys()]);
        for (const key of [...inOrder].filter((each) => isDue(rowOf(each), now))) take(now, key, { kind: 'due' });
      }
    },
    setAway: (name, isAway) => void (isAway ? away.add(name) : away.delete(name)),
    restart: () => openDesk(policy, stored),
    ticket: (key) => rowOf(key).ticket,
    tickets: () => [...rows.values()].map(({ ticket }) => ticket),
    openOf: (name) => openOf(name, rows),
    reasonsOf: (key) => reasons.get(key) ?? [],
    notices,
  };
}

function loadsOf(policy: Policy, { rows, lastAssignedAt, away }: Stored): AgentLoad[] {
  return policy.agents.map(({ name }) => ({
    name,
    open: openOf(name, rows),
    lastAssignedAt: lastAssignedAt.get(name) ?? null,
    away: away.has(name),
  }));
}

function openOf(name: string, rows: Stored['rows']): number {
  return [...rows.values()].filter(({ ticket }) => ticket.assignee === name && isOpen(ticket.status)).length;
}

/** Later for whoever comes later, also when the clock stands still. */
function noteAssignment(stored: Stored, name: string, now: Temporal.Instant): void {
  const { lastAt } = stored;
  const at = lastAt === null || Temporal.Instant.compare(lastAt, now) < 0 ? now : lastAt.add({ microseconds: 1 });
  stored.lastAt = at;
  stored.lastAssignedAt.set(name, at);
}

function waiters(rows: Stored['rows']): string[] {
  const waiting = [...rows.values()].map(({ ticket }) => ticket).filter((ticket) => ticket.waiting !== null);
  return waiting.sort(compareWaiting).map(({ key }) => key);
}

function nextDue(rows: Stored['rows'], until: Temporal.Instant): Temporal.Instant | null {
  const due = [...rows.values()].flatMap((row) => (isDue(row, until) && row.wakeAt !== null ? [row.wakeAt] : []));
  return due.sort(Temporal.Instant.compare)[0] ?? null;
}

function isDue({ wakeAt }: Row, now: Temporal.Instant): boolean {
  return wakeAt !== null && Temporal.Instant.compare(wakeAt, now) <= 0;
}
