import type { Clock, ClockEvent } from '../../../src/domain/clock.ts';
import type { Calendar, Window } from '../../../src/decide/sla/calendar.ts';
import { fc } from '../../support/properties.ts';
import { MINUTE } from './minute-stepper.ts';

/** Local dates on which clocks change, a day is missing, or nothing happens at all. */
const PLACES: readonly { timeZone: string; dates: readonly string[] }[] = [
  { timeZone: 'UTC', dates: ['2026-02-02'] },
  { timeZone: 'Europe/Berlin', dates: ['2026-03-29', '2026-10-25', '2026-07-14'] },
  { timeZone: 'America/New_York', dates: ['2026-03-08', '2026-11-01'] },
  { timeZone: 'Australia/Lord_Howe', dates: ['2026-04-05', '2026-10-04'] },
  { timeZone: 'Asia/Kolkata', dates: ['2026-08-15'] },
  { timeZone: 'Pacific/Apia', dates: ['2011-12-30', '2012-04-01', '2026-05-04'] },
  { timeZone: 'Africa/Casablanca', dates: ['2026-02-15', '2026-03-22'] },
];

const DAY_MINUTES = 1440;

/** Up to three windows a day, at any minute, sorted and apart; some touch, some reach 24:00. */
function someDay(): fc.Arbitrary<Window[]> {
  const odd = fc
    .uniqueArray(fc.integer({ min: 0, max: DAY_MINUTES }), { minLength: 2, maxLength: 6 })
    .map((minutes) => {
      const sorted = minutes.toSorted((one, other) => one - other);
      return sorted.flatMap((open, index) => {
        const close = sorted[index + 1];
        return index % 2 === 0 && close !== undefined ? [{ open, close }] : [];
      });
    });
  return fc.oneof<fc.WeightedArbitrary<Window[]>[]>(
    { weight: 3, arbitrary: odd },
    { weight: 2, arbitrary: fc.constant<Window[]>([{ open: 540, close: 1020 }]) },
    { weight: 1, arbitrary: fc.constant<Window[]>([{ open: 0, close: DAY_MINUTES }]) },
    {
      weight: 1,
      arbitrary: fc.constant<Window[]>([
        { open: 90, close: 150 },
        { open: 150, close: 200 },
      ]),
    },
    { weight: 1, arbitrary: fc.constant<Window[]>([]) },
  );
}

/** A calendar with a moment near a change of its clocks, on a whole minute. */
export function someCalendar(): fc.Arbitrary<{ calendar: Calendar; around: number }> {
  const place = fc
    .constantFrom(...PLACES)
    .chain(({ timeZone, dates }) => fc.record({ timeZone: fc.constant(timeZone), date: fc.constantFrom(...dates) }));
  return fc
    .record({
      place,
      week: fc.array(someDay(), { minLength: 7, maxLength: 7 }),
      holidays: fc.array(fc.integer({ min: -3, max: 6 }), { maxLength: 3 }),
      minutesBefore: fc.integer({ min: -600, max: 2 * DAY_MINUTES }),
    })
    .map(({ place: { timeZone, date }, week, holidays, minutesBefore }) => {
      const day = Temporal.PlainDate.from(date);
      const midnight = day.toZonedDateTime(timeZone).epochMilliseconds;
      const closed = new Set(holidays.map((days) => day.add({ days }).toString()));
      return {
        calendar: { name: 'any', timeZone, week, holidays: closed },
        around: midnight - minutesBefore * MINUTE,
      };
    });
}

/** So many milliseconds, up to three days, in whole minutes. */
export function someMinute(): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 3 * DAY_MINUTES }).map((minutes) => minutes * MINUTE);
}

/** A clock of an hour that has not begun. */
export function aClock(overrides: Partial<Clock> = {}): Clock {
  return {
    metric: 'first_reply',
    kind: 'target',
    instance: 1,
    policy: 'Standard',
    calendar: null,
    targetMinutes: 60,
    events: [],
    dueAt: null,
    warnShare: 0.8,
    droppedAt: null,
    warnedAt: null,
    breachedAt: null,
    detectedAt: null,
    ...overrides,
  };
}

/** A start and up to eight more events within three days of it, in time or out of order, sensible or not. */
export function someEvents(): fc.Arbitrary<(from: number) => ClockEvent[]> {
  const type = fc.constantFrom('start', 'pause', 'resume', 'stop', 'reopen', 'set_target', 'pause', 'resume');
  // Few moments, so that several events often share one.
  const moment = fc.oneof(
    someMinute(),
    fc.constantFrom(0, 1, 60, 600).map((minutes) => minutes * MINUTE),
  );
  const step = fc.record({ type, at: moment, targetMinutes: fc.integer({ min: 1, max: 900 }) });
  return fc.array(step, { maxLength: 8 }).map((steps) => (from) => [
    { type: 'start', at: Temporal.Instant.fromEpochMilliseconds(from) },
    ...steps.map(({ type, at, targetMinutes }): ClockEvent => {
      const moment = Temporal.Instant.fromEpochMilliseconds(from + at);
      return type === 'set_target' ? { type, at: moment, targetMinutes } : { type, at: moment };
    }),
  ]);
}
