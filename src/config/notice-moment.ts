import { holds, subjectOf } from '../decide/conditions/index.ts';
import type { Policy } from '../decide/policy.ts';
import { type Calendar, isRoundTheClock, nextOpening } from '../decide/sla/calendar.ts';
import type { NoticeKind } from '../domain/effect.ts';
import type { Ticket } from '../domain/ticket.ts';

/** What is told, and of which ticket. */
export interface News {
  notice: NoticeKind;
  ticket: Ticket;
}

/** Whether nobody can hear of it too soon: it is neither gathered nor kept for the morning. */
export function isUrgent({ notices: { urgent } }: Policy, { notice, ticket }: News, now: Temporal.Instant): boolean {
  return urgent.notices.includes(notice) || holds(urgent.when, subjectOf(ticket, now)) !== null;
}

/** The first moment from `at` on at which the team may hear of a ticket: `at` itself unless it is quiet then. */
export function audibleAt(policy: Policy, { queue }: Pick<Ticket, 'queue'>, at: Temporal.Instant): Temporal.Instant {
  const { quiet } = policy.notices;
  if (quiet === null) return at;
  const own = calendarOf(policy, queue);
  if (own !== null && isRoundTheClock(own)) return at;
  // What never opens again would keep it for ever.
  return nextOpening(quiet.open === 'of_queue' ? own : quiet.open, at) ?? at;
}

function calendarOf({ queues, calendars }: Policy, queue: string): Calendar | null {
  const name = queues[queue]?.calendar ?? null;
  return name === null ? null : (calendars[name] ?? null);
}
