import type { Ticket } from '../../domain/ticket.ts';
import type { Policy, Wait } from '../policy.ts';
import { addOpenTime, MINUTE } from '../sla/calendar.ts';
import { calendarNamed } from '../sla/aims.ts';
import { isBefore } from '../sla/moment.ts';

/** What time alone will bring a ticket. */
export type NextStep =
  | { kind: 'remind' | 'resolve' | 'summarise' | 'close'; at: Temporal.Instant }
  | { kind: 'check_in'; at: Temporal.Instant; name: string };

/** What is to come for a ticket unless somebody writes or edits, the soonest first. */
export function nextSteps(ticket: Ticket, policy: Policy): readonly NextStep[] {
  const steps: NextStep[] = ticket.checkIns.map(({ name, dueAt }) => ({ kind: 'check_in', at: dueAt, name }));
  const add = (kind: Exclude<NextStep['kind'], 'check_in'>, at: Temporal.Instant | null) => {
    if (at !== null) steps.push({ kind, at });
  };
  if (ticket.silence?.remindedAt === null) add('remind', remindsAt(ticket, policy));
  else add('resolve', givesUpAt(ticket, policy));
  add('summarise', ticket.summaryDueAt);
  add('close', closesAt(ticket, policy));
  return steps.toSorted((one, other) => (isBefore(one.at, other.at) ? -1 : 1));
}

/** When the customer is to be reminded; null when nobody waits for them, or never. */
export function remindsAt({ silence }: Ticket, policy: Policy): Temporal.Instant | null {
  const rules = policy.followUp.silence;
  if (silence === null || rules === null) return null;
  return after(silence.startedAt, { minutes: rules.remindMinutes, calendar: rules.calendar }, policy);
}

/**
 * When a ticket counts as resolved because nobody answered. Counted from the reminder, which may have gone late:
 * the customer has the time that was meant between the two.
 */
export function givesUpAt({ silence }: Ticket, policy: Policy): Temporal.Instant | null {
  const rules = policy.followUp.silence;
  if (silence === null || silence.remindedAt === null || rules === null) return null;
  const minutes = rules.resolveMinutes - rules.remindMinutes;
  return after(silence.remindedAt, { minutes, calendar: rules.calendar }, policy);
}

/** When the waiting period of a resolved ticket ends; null when it is not resolved, or never closes by itself. */
export function closesAt({ status, resolvedAt }: Ticket, policy: Policy): Temporal.Instant | null {
  const { closing } = policy.followUp;
  return status !== 'resolved' || resolvedAt === null || closing === null ? null : after(resolvedAt, closing, policy);
}

/** The end of a wait that begins at an instant; null when its calendar never opens so long. */
export function after(from: Temporal.Instant, { minutes, calendar }: Wait, policy: Policy): Temporal.Instant | null {
  return addOpenTime(calendarNamed(policy, calendar), from, minutes * MINUTE);
}
