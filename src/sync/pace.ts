import { isOpenAt, openTimeBetween } from '../decide/sla/calendar.ts';
import type { Policy } from '../decide/policy.ts';
import type { StoreAbilities } from '../ports/ticket-store.ts';

/** An edit is taken over within so long, whatever the budget: 720 to 744 requests a month. */
const SLOWEST_SECONDS = 3600;

/** Where the base tells by itself that something changed, it is asked only in case a call was lost, unless it says. */
const SAFETY_SECONDS = 900;

/** There, where requests are scarce, it is asked at the least so often: 120 to 124 requests a month. */
const SLOWEST_SAFETY_SECONDS = 21_600;

/** There, of what may go for asking, so much goes for asking unbidden; the rest is for when it calls. */
const UNBIDDEN_SHARE = 0.5;

/** A call may be answered at once from the first of the month on, as if a day of it had passed. */
const FIRST_SECONDS = 86_400;

/** Of what tickets leave of the month's requests, so much may go for asking; the rest stays theirs. */
const SHARE = 0.5;

/** What the pace depends on. */
export interface Pulse extends Pick<StoreAbilities, 'pollSeconds' | 'requestsPerMonth'> {
  now: Temporal.Instant;
  /** Whether anybody may be at work on a ticket. */
  hasOpenTickets: boolean;
  calendars: Policy['calendars'];
  /** Whether the base calls us when something changes. */
  hasNews: boolean;
  /** Requests of this month, those for asking included. */
  spent: number;
  /** Of them, those for asking. */
  asked: number;
}

/** How often the base is asked now, and how often it will be until the month ends; null where nobody counts. */
export interface Pace {
  seconds: number;
  asksToCome: number | null;
}

/**
 * How soon to ask the base again: fast while somebody works, slow otherwise, and never so often that the
 * month's requests would not last. Between `pollSeconds.busy` and an hour, or six where the base calls us.
 */
export function paceOf(pulse: Pulse): Pace {
  const { busy, quiet } = wishesOf(pulse);
  const isBusy = pulse.hasOpenTickets && isInHours(pulse);
  if (pulse.requestsPerMonth === null) return { seconds: isBusy ? busy : quiet, asksToCome: null };
  const paid = paidFor(pulse, pulse.requestsPerMonth, { busy, quiet });
  const { all, inHours } = secondsLeft(pulse);
  const asksToCome = Math.round(inHours / paid.busy + (all - inHours) / paid.quiet);
  return { seconds: isBusy ? paid.busy : paid.quiet, asksToCome };
}

interface Seconds {
  busy: number;
  quiet: number;
}

/** Of what may go for asking in the days that are left, so much may go for reading everything. */
const COMPARED_SHARE = 0.5;

export const NIGHT_HOURS = 24;

/**
 * Whether to read the whole base tonight, given what that cost the last time and when it was: every night
 * where the month's requests allow it, else every so many nights.
 */
export function isCompareDue(pulse: Pulse, last: { at: Temporal.Instant | null; requests: number }): boolean {
  if (pulse.requestsPerMonth === null) return true;
  const nightsLeft = Math.max(1, secondsLeft(pulse).all / 3600 / NIGHT_HOURS);
  const aNight = (askingLeft(pulse, pulse.requestsPerMonth) / nightsLeft) * COMPARED_SHARE;
  if (aNight <= 0) return false;
  if (last.at === null) return true;
  // Ticks are not to the second, so a night may be an hour short.
  const nights = Math.ceil(Math.max(1, last.requests) / aNight);
  return last.at.until(pulse.now).total('hours') >= nights * NIGHT_HOURS - 1;
}

/** Without a thought of what it costs. */
function wishesOf({ pollSeconds, hasNews }: Pulse): Seconds {
  const busy = hasNews ? Math.max(pollSeconds.busy, pollSeconds.called ?? SAFETY_SECONDS) : pollSeconds.busy;
  const quiet = Math.max(busy, pollSeconds.quiet);
  const slowest = slowestOf({ hasNews });
  return { busy: Math.min(busy, slowest), quiet: Math.min(quiet, slowest) };
}

/** Quiet hours are paid first, as they are cheap; what is left of the share is spread over the hours of work. */
function paidFor(pulse: Pulse, allowed: number, wished: Seconds): Seconds {
  const left = askingLeft(pulse, allowed) * (pulse.hasNews ? UNBIDDEN_SHARE : 1);
  const slowest = slowestOf(pulse);
  const { all, inHours } = secondsLeft(pulse);
  const even = left <= 0 ? slowest : all / left;
  const forWork = left - (all - inHours) / wished.quiet;
  const inWork = forWork <= 0 ? even : Math.min(even, inHours / forWork);
  const bounded = (seconds: number, wish: number) => Math.min(slowest, Math.max(seconds, wish));
  return { busy: bounded(inWork, wished.busy), quiet: bounded(even, wished.quiet) };
}

/** Requests that may still go for asking this month. */
function askingLeft({ spent, asked }: Pulse, allowed: number): number {
  const byTickets = spent - asked;
  return (allowed - byTickets) * SHARE - asked;
}

function slowestOf({ hasNews }: Pick<Pulse, 'hasNews'>): number {
  return hasNews ? SLOWEST_SAFETY_SECONDS : SLOWEST_SECONDS;
}

/**
 * How soon to look at what the base called for: at once, as long as asking has not taken more than its share
 * of the days that have passed; else within the hour.
 */
export function secondsToLook(pulse: Pick<Pulse, 'now' | 'requestsPerMonth' | 'spent' | 'asked'>): number {
  const { now, requestsPerMonth: allowed, spent, asked } = pulse;
  if (allowed === null) return 0;
  const begin = endOfMonth(now).toZonedDateTimeISO('UTC').subtract({ months: 1 }).toInstant();
  const month = begin.until(endOfMonth(now)).total('seconds');
  const passed = Math.max(FIRST_SECONDS, begin.until(now).total('seconds'));
  return asked < (allowed - (spent - asked)) * SHARE * (passed / month) ? 0 : SLOWEST_SECONDS;
}

/** A desk without hours works around the clock. */
export function isInHours({ calendars, now }: Pick<Pulse, 'calendars' | 'now'>): boolean {
  const all = Object.values(calendars);
  return all.length === 0 || all.some((calendar) => isOpenAt(calendar, now));
}

/** Until the month ends in UTC, where the vendors count; hours are those of the calendar that has most. */
export function secondsLeft({ calendars, now }: Pick<Pulse, 'calendars' | 'now'>): { all: number; inHours: number } {
  const end = endOfMonth(now);
  const all = now.until(end).total('seconds');
  const open = Object.values(calendars).map((calendar) => openTimeBetween(calendar, now, end) / 1000);
  return { all, inHours: open.length === 0 ? all : Math.min(all, Math.max(...open)) };
}

/** The first instant of the next month, in UTC. */
export function endOfMonth(now: Temporal.Instant): Temporal.Instant {
  const today = now.toZonedDateTimeISO('UTC');
  return today.with({ day: 1 }).startOfDay().add({ months: 1 }).toInstant();
}
