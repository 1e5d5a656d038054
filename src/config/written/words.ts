import { z } from 'zod';
import { FRUSTRATIONS, SENTIMENTS } from '../../domain/opinion.ts';
import { PRIORITIES, SEVERITIES, STATUSES } from '../../domain/ticket.ts';

/**
 * The small words that several config files share. A message of ours begins with "is", and is told after
 * the value: `"urgant" is not a priority`.
 */

/** Days a rule or a calendar names, Monday first. */
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const Priority = z.enum(PRIORITIES, 'is not a priority').meta({ examples: ['high'] });
export const Severity = z.enum(SEVERITIES, 'is not a severity').meta({ examples: ['medium'] });
export const Frustration = z.enum(FRUSTRATIONS, 'is not a measure of patience').meta({ examples: ['angry'] });
export const Sentiment = z.enum(SENTIMENTS, 'is not a mood').meta({ examples: ['negative'] });
export const Status = z.enum(STATUSES, 'is not a status').meta({ examples: ['pending'] });
export const DayOfWeek = z.enum(WEEKDAYS, 'is not a day of the week').meta({ examples: ['Mon'] });

/** A name that others refer to. */
export const Name = z
  .string('is not a name')
  .trim()
  .min(1, 'is an empty name')
  .max(80, 'is too long for a name: 80 characters are the most')
  .meta({ examples: ['billing'] });

/** What people read in a list to choose by. */
export const Title = z
  .string('is not text')
  .trim()
  .min(1, 'is empty')
  .max(120, 'is too long for a title: 120 characters are the most');

/** Whose open hours count; `always` for every minute. */
export const CalendarChoice = z.union([z.literal('always'), Name]).meta({ examples: ['office', 'always'] });

/** A length of time: `15m`, `4h`, `1h 30m`, `2d`; a day is 24 hours. */
const DURATION = /^(?:(\d+)d)? ?(?:(\d+)h)? ?(?:(\d+)m)?$/;
export const Duration = z
  .string('is not a length of time')
  .regex(DURATION, 'is not a length of time')
  .regex(/\d/, 'is not a length of time')
  .meta({ examples: ['15m', '4h', '1h 30m', '2d'] });

/** Minutes of a length of time that passed the schema. */
export function minutesOf(duration: string): number {
  const [, days = '0', hours = '0', minutes = '0'] = DURATION.exec(duration) ?? [];
  return Number(days) * 24 * 60 + Number(hours) * 60 + Number(minutes);
}

/** A stretch of the calendar: `3 years`, `18 months`, `90 days`. */
const STRETCH = /^(\d{1,4}) (year|month|day)s?$/;
export const Stretch = z
  .string('is not a stretch of years, months or days')
  .regex(STRETCH, { error: 'is not a stretch of years, months or days', abort: true })
  .meta({ examples: ['3 years', '18 months', '90 days'] });

/** The stretch that passed the schema. */
export function stretchOf(written: string): Temporal.Duration {
  const [, count, unit] = STRETCH.exec(written) ?? [];
  return Temporal.Duration.from({ [`${unit}s`]: Number(count) });
}

/** A short wait: `2s`, `0.5s`; half a minute is the longest for which anybody is held up. */
export const Seconds = z
  .string('is not a number of seconds')
  .regex(/^\d{1,2}(\.\d)?s$/, 'is not a number of seconds')
  .refine((text) => Number.parseFloat(text) >= 0.1 && Number.parseFloat(text) <= 30, 'is not between 0.1s and 30s')
  .meta({ examples: ['2s', '0.5s'] });

/** The number of a wait that passed the schema. */
export function secondsOf(wait: string): number {
  return Number.parseFloat(wait);
}

/** A share, as `80%`. */
export const Percent = z
  .string('is not a share')
  .regex(/^\d{1,3}%$/, 'is not a share')
  .refine((text) => Number.parseInt(text, 10) <= 100, 'is more than 100%')
  .meta({ examples: ['80%'] });

/** 0..1 of a share that passed the schema. */
export function shareOf(percent: string): number {
  return Number.parseInt(percent, 10) / 100;
}

/** A date without a time, in the time zone of whatever it belongs to. */
export const LocalDate = z
  .string('is not a date')
  .regex(/^\d{4}-\d\d-\d\d$/, 'is not a date')
  .refine(isDate, 'is not a date')
  .meta({ examples: ['2026-12-25'] });

function isDate(text: string): boolean {
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}

export const TimeZone = z
  .string('is not a time zone')
  .refine(isTimeZone, 'is not a time zone')
  .meta({ examples: ['Europe/Berlin', 'America/New_York', 'UTC'] });

function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name) !== null;
  } catch {
    return false;
  }
}

export const Address = z.email('is not a mail address').meta({ examples: ['lead@example.com'] });

/** A secret never stands in a file: only the name of the environment variable that holds it. */
export const SecretReference = z
  .string('is not a reference to a secret, and no secret stands in a file')
  .regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/, 'is not a reference to a secret, and no secret stands in a file')
  .meta({ examples: ['env:WEBSITE_TOKEN'] });

/** Name of the environment variable behind a reference that passed the schema. */
export function environmentName(reference: string): string {
  return reference.slice('env:'.length);
}

/** One or a list: both are written by people. */
export function oneOrMore<Item extends z.ZodType>(item: Item) {
  return z.union([item, z.array(item).min(1, 'is empty')]);
}

export function listOf<Item>(written: Item | readonly Item[]): readonly Item[] {
  return isList(written) ? written : [written];
}

function isList<Item>(written: Item | readonly Item[]): written is readonly Item[] {
  return Array.isArray(written);
}
