import type { Clock } from '../domain/clock.ts';
import type { Reason, Source } from '../domain/decision.ts';
import type { Effect, KeptPart } from '../domain/effect.ts';
import type { Occasion } from '../domain/occasion.ts';
import type { FieldValue, RowNews, Ticket, TicketField } from '../domain/ticket.ts';
import { applyEffect, sameValue } from './apply.ts';
import { type Subject, subjectAfter, subjectOf } from './conditions/index.ts';
import { ruleIndexOf } from './conditions/rule-index.ts';
import type { Facts } from './facts.ts';
import { withheldBy } from './letters.ts';
import type { Policy } from './policy.ts';

/** What a stage says of a change: everything of a reason but the change itself. */
export type Because = Omit<Reason, 'change' | 'opinion'> & { opinion?: Reason['opinion'] };

/** What a person decided. */
export type ByPerson = Because & { source: Extract<Source, { kind: 'person' }> };

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
  /** Empties a field even where a person filled it, for what the config asks for by name. */
  release(field: TicketField, because: Because): void;
  /** Takes a person's edit over: it wins, and is remembered as an override where the field is one that we fill. */
  accept(field: TicketField, to: FieldValue, because: ByPerson): void;
  /** Turns a person's edit down: what the ticket holds is written back over it. */
  refuse(field: TicketField, refused: FieldValue, because: Because): void;
  clock(clock: Clock): void;
  /** Remembers something of the ticket for the turns to come. */
  keep<Part extends KeptPart>(part: Part, value: Ticket[Part]): void;
  /** Takes note of what the row says in columns of the team's own. It is no decision, and so has no reason. */
  seeRow(row: RowNews): void;
  /**
   * Sends a letter to the requester, or a notice to the team. A letter that would only feed a machine, or that is one
   * too many, stays here with a reason; says whether it goes.
   */
  send(effect: Extract<Effect, { kind: 'message' | 'notify' }>, because: Because): boolean;
  /** Takes back what was to be sent under a key, should it still lie here. */
  withdraw(key: string): void;
  /** Records why without changing anything. */
  note(because: Because): void;
  /** Asks to be woken at the instant, when that is sooner than what was asked before. */
  wakeAt(at: Temporal.Instant | null): void;
  /** Asks that other tickets, by their keys, be looked at too: what was said here may concern them. */
  wake(keys: readonly string[]): void;
  /** Everything that was said, and the ticket after it. */
  finish(): {
    ticket: Ticket;
    effects: readonly Effect[];
    reasons: readonly Reason[];
    wakeAt: Temporal.Instant | null;
    wakes: readonly string[];
  };
}

/** Begins a look at a ticket. */
export function beginTurn(
  ticket: Ticket,
  occasion: Occasion,
  given: { policy: Policy; facts: Facts; now: Temporal.Instant },
): Turn {
  const { policy, now } = given;
  const effects: Effect[] = [];
  const reasons: Reason[] = [];
  const wakes = new Set<string>();
  let wakeAt: Temporal.Instant | null = null;

  // Plain fields that move on with each effect: getters of its own make an object many times slower to ask,
  // and all stages ask this one all the time.
  const turn: { -readonly [Key in keyof Turn]: Turn[Key] } = {
    ...given,
    occasion,
    before: ticket,
    ticket,
    subject: subjectOf(ticket, now, ruleIndexOf(policy)),
    change(field, to, because) {
      const { overrides, [field]: from } = turn.ticket;
      if (overrides[field] !== undefined || sameValue(from, to)) return false;
      add({ kind: 'change', field, from, to, by: null }, because);
      return true;
    },
    release: (field, because) => add({ kind: 'change', field, from: turn.ticket[field], to: null, by: null }, because),
    accept: (field, to, because) =>
      add({ kind: 'change', field, from: turn.ticket[field], to, by: because.source.name }, because),
    refuse: (field, refused, because) =>
      add({ kind: 'change', field, from: refused, to: turn.ticket[field], by: null }, because),
    clock: (clock) => add({ kind: 'clock', clock }, null),
    keep: (part, value) => add({ kind: 'keep', part, value } as Extract<Effect, { kind: 'keep' }>, null),
    seeRow: (row) => add({ kind: 'row', row }, null),
    send(effect, because) {
      const withheld = effect.kind === 'message' ? withheldBy(turn.ticket, effect, { ...given, occasion }) : null;
      if (withheld === null) add(effect, because);
      else reasons.push(reasonOf(withheld, null));
      return withheld === null;
    },
    withdraw: (key) => add({ kind: 'withdraw', key }, null),
    note: (because) => void reasons.push(reasonOf(because, null)),
    wakeAt: (at) => void (wakeAt = sooner(wakeAt, at)),
    wake: (keys) => keys.forEach((key) => wakes.add(key)),
    finish: () => ({ ticket: turn.ticket, effects, reasons, wakeAt, wakes: [...wakes] }),
  };

  function add(effect: Effect, because: Because | null): void {
    effects.push(effect);
    turn.ticket = applyEffect(turn.ticket, effect, now);
    turn.subject = subjectAfter(turn.subject, turn.ticket);
    if (because !== null) reasons.push(reasonOf(because, effect));
  }

  return turn;
}

function reasonOf(because: Because, effect: Effect | null): Reason {
  const change = effect?.kind === 'change' ? { field: effect.field, from: effect.from, to: effect.to } : null;
  return { ...because, change, opinion: because.opinion ?? null };
}

function sooner(one: Temporal.Instant | null, other: Temporal.Instant | null): Temporal.Instant | null {
  if (one === null || other === null) return one ?? other;
  return other.epochNanoseconds < one.epochNanoseconds ? other : one;
}
