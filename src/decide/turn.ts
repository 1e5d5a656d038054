import type { Clock } from '../domain/clock.ts';
import type { Reason } from '../domain/decision.ts';
import type { Effect } from '../domain/effect.ts';
import type { Occasion } from '../domain/occasion.ts';
import type { FieldValue, Ticket, TicketField, Waiting } from '../domain/ticket.ts';
import { applyEffect, sameValue } from './apply.ts';
import { subjectOf, type Subject } from './conditions/index.ts';
import type { Facts } from './facts.ts';
import type { Policy } from './policy.ts';

/** What a stage says of a change: everything of a reason but the change itself. */
export type Because = Omit<Reason, 'change' | 'opinion'> & { opinion?: Reason['opinion'] };

/**
 * One look at one ticket while it is being judged. Stages read `ticket`, which already shows what the
 * stages before decided, and say what is to happen; nothing leaves the turn but data.
 */
export interface Turn {
  readonly occasion: Occasion;
  readonly policy: Policy;
  readonly facts: Facts;
  readonly now: Temporal.Instant;
  /** As it was when the turn began. */
  readonly before: Ticket;
  /** As it would stand if all effects so far had been applied. */
  readonly ticket: Ticket;
  /** The same as conditions see it; all stages share its split texts. */
  readonly subject: Subject;
  /** Sets a field, unless it holds that value already or a person chose another. Says whether it did. */
  change(field: TicketField, to: FieldValue, because: Because): boolean;
  /** Takes a person's edit over: it wins, and is remembered as an override where the field is one that we fill. */
  accept(field: TicketField, to: FieldValue, by: string, because: Because): void;
  /** Turns a person's edit down: what the ticket holds is written back over it. */
  refuse(field: TicketField, refused: FieldValue, because: Because): void;
  clock(clock: Clock): void;
  wait(waiting: Waiting | null): void;
  send(effect: Extract<Effect, { kind: 'message' | 'notify' }>, because: Because): void;
  /** Records why without changing anything. */
  note(because: Because): void;
  /** Asks to be woken at the instant, when that is sooner than what was asked before. */
  wakeAt(at: Temporal.Instant | null): void;
  /** Everything that was said. */
  finish(): { effects: readonly Effect[]; reasons: readonly Reason[]; wakeAt: Temporal.Instant | null };
}

/** Begins a look at a ticket. */
export function beginTurn(
  ticket: Ticket,
  occasion: Occasion,
  given: { policy: Policy; facts: Facts; now: Temporal.Instant },
): Turn {
  const effects: Effect[] = [];
  const reasons: Reason[] = [];
  let current = ticket;
  let subject = subjectOf(ticket, given.now);
  let wakeAt: Temporal.Instant | null = null;

  function add(effect: Effect): void {
    effects.push(effect);
    current = applyEffect(current, effect, given.now);
  }

  function say(because: Because, change: Reason['change']): void {
    reasons.push({ ...because, change, opinion: because.opinion ?? null });
  }

  function set(field: TicketField, to: FieldValue, because: Because, by: string | null): void {
    const change = { field, from: current[field], to };
    add({ kind: 'change', ...change, by });
    say(because, change);
  }

  return {
    ...given,
    occasion,
    before: ticket,
    get ticket() {
      return current;
    },
    get subject() {
      if (subject.ticket !== current) subject = subjectOf(current, given.now, subject);
      return subject;
    },
    change(field, to, because) {
      if (current.overrides[field] !== undefined || sameValue(current[field], to)) return false;
      set(field, to, because, null);
      return true;
    },
    accept(field, to, by, because) {
      set(field, to, because, by);
    },
    refuse(field, refused, because) {
      const change = { field, from: refused, to: current[field] };
      add({ kind: 'change', ...change, by: null });
      say(because, change);
    },
    clock(clock) {
      add({ kind: 'clock', clock });
    },
    wait(waiting) {
      add({ kind: 'wait', waiting });
    },
    send(effect, because) {
      add(effect);
      say(because, null);
    },
    note(because) {
      say(because, null);
    },
    wakeAt(at) {
      if (at !== null && (wakeAt === null || Temporal.Instant.compare(at, wakeAt) < 0)) wakeAt = at;
    },
    finish() {
      return { effects, reasons, wakeAt };
    },
  };
}
