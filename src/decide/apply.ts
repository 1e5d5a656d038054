import type { Clock } from '../domain/clock.ts';
import type { Effect } from '../domain/effect.ts';
import type { FieldValue, Ticket } from '../domain/ticket.ts';

/** The ticket as it stands after an effect. Messages and notices leave it as it is. */
export function applyEffect(ticket: Ticket, effect: Effect, now: Temporal.Instant): Ticket {
  switch (effect.kind) {
    case 'change':
      return applyChange(ticket, effect, now);
    case 'clock':
      return { ...ticket, clocks: withClock(ticket.clocks, effect.clock), updatedAt: now };
    case 'wait':
      return { ...ticket, waiting: effect.waiting, updatedAt: now };
    case 'message':
    case 'notify':
      return ticket;
  }
}

function applyChange(ticket: Ticket, effect: Extract<Effect, { kind: 'change' }>, now: Temporal.Instant): Ticket {
  const { field, from, to, by } = effect;
  const changed = { ...ticket, [field]: to, updatedAt: now };
  if (by === null) return changed;
  return { ...changed, overrides: { ...ticket.overrides, [field]: { by, at: now, from, to } } };
}

function withClock(clocks: readonly Clock[], clock: Clock): readonly Clock[] {
  const index = clocks.findIndex((other) => other.metric === clock.metric && other.instance === clock.instance);
  return index < 0 ? [...clocks, clock] : clocks.with(index, clock);
}

/** Whether two field values say the same; lists are compared as sets. */
export function sameValue(one: FieldValue, other: FieldValue): boolean {
  if (one instanceof Temporal.Instant || other instanceof Temporal.Instant) {
    return one instanceof Temporal.Instant && other instanceof Temporal.Instant && one.equals(other);
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value) => other.includes(value));
  }
  return one === other;
}
