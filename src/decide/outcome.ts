import type { Metric } from '../domain/clock.ts';
import type { Outcome, Settled } from '../domain/outcome.ts';
import type { AccountFields } from '../domain/requester.ts';
import { isOpen, type Ticket } from '../domain/ticket.ts';
import type { Policy } from './policy.ts';
import { calendarNamed } from './sla/aims.ts';
import { type Calendar, instantOf, MINUTE, openTimeBetween } from './sla/calendar.ts';
import { lifeOf } from './sla/count.ts';
import { latestClock } from './sla/event-map.ts';
import { earlier } from './sla/moment.ts';

/** Fields of an account that tell of which kind the customer is, the best first. */
const SEGMENTS = ['tier', 'segment', 'plan'] as const;

/** What reports count of a ticket as it stands now. */
export function outcomeOf(ticket: Ticket, policy: Policy, now: Temporal.Instant): Outcome {
  const { requester, openedAt, firstRespondedAt } = ticket;
  const resolvedAt = ticket.resolvedAt ?? ticket.closedAt;
  const calendar = calendarOf(ticket, policy);
  return {
    ...plainly(ticket),
    resolvedAt,
    segment: SEGMENTS.map((field) => said(requester.account, field)).find((value) => value !== null) ?? null,
    customer: said(requester.account, 'name') ?? requester.email ?? requester.name,
    givenBy: ticket.overrides.category === undefined ? (ticket.categoryFrom?.by ?? null) : 'person',
    isOpen: isOpen(ticket.status),
    firstReplyOpenMinutes: openMinutes(calendar, openedAt, firstRespondedAt),
    resolutionOpenMinutes: openMinutes(calendar, openedAt, resolvedAt),
    firstReply: settled(ticket, 'first_reply', now),
    resolution: settled(ticket, 'total_resolution', now) ?? settled(ticket, 'agent_work', now),
    breachedAt: firstOf(ticket.clocks.map(({ breachedAt }) => breachedAt)),
    escalatedAt: firstOf(ticket.escalation?.raised.map(({ startedAt }) => startedAt) ?? []),
    score: ticket.satisfaction,
    followUpOf: ticket.followUpOf?.key ?? null,
  };
}

/** What stands in the ticket just so. */
function plainly(ticket: Ticket) {
  const { key: ticketKey, number, openedAt, channel, language, category, priority, queue, assignee, status } = ticket;
  const { needsReview, isLight, firstRespondedAt, closedAt, surveyedAt, incident } = ticket;
  const { reopenCount, contactCount, assignmentCount } = ticket;
  const placed = { ticketKey, number, openedAt, channel, language, category, priority, queue, assignee, status };
  const counted = { reopenCount, contactCount, assignmentCount };
  return { ...placed, ...counted, needsReview, isLight, firstRespondedAt, closedAt, surveyedAt, incident };
}

/** Of the promise by whose hours the ticket is timed, or else of its queue; null counts every minute. */
function calendarOf(ticket: Ticket, policy: Policy): Calendar | null {
  const timed = latestClock(ticket, 'first_reply') ?? latestClock(ticket, 'total_resolution');
  if (timed !== null) return calendarNamed(policy, timed.calendar);
  return calendarNamed(policy, policy.queues[ticket.queue]?.calendar ?? null);
}

function openMinutes(calendar: Calendar | null, from: Temporal.Instant, to: Temporal.Instant | null): number | null {
  return to === null ? null : openTimeBetween(calendar, from, to) / MINUTE;
}

/** Of the team's own target, as the promise to the requester may be wider. */
function settled(ticket: Ticket, metric: Metric, now: Temporal.Instant): Settled | null {
  const clock = latestClock(ticket, metric) ?? latestClock(ticket, metric, 'promise');
  if (clock === null || clock.droppedAt !== null) return null;
  if (clock.breachedAt !== null) return { at: clock.breachedAt, isKept: false };
  const stoppedAt = instantOf(lifeOf(clock, now).stoppedAt);
  return stoppedAt === null ? null : { at: stoppedAt, isKept: true };
}

function firstOf(moments: readonly (Temporal.Instant | null)[]): Temporal.Instant | null {
  return moments.reduce((first, at) => (first === null || at === null ? (first ?? at) : earlier(first, at)), null);
}

function said(account: AccountFields, field: string): string | null {
  const value = account[field];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
