import { describe, expect, it } from 'vitest';
import { endOfMonth, isCompareDue, paceOf, type Pulse, secondsToLook } from '../../src/sync/pace.ts';
import { aCalendar, at } from '../support/builders.ts';
import { fc } from '../support/properties.ts';

const OFFICE = { office: aCalendar('Europe/Berlin', 'Mon-Fri 09:00-17:00', { name: 'office' }) };

/** Airtable's figures: every 15 s while somebody works, every five minutes otherwise. */
const PACE = { busy: 15, quiet: 300 };

const FRIDAY_NOON = at('2026-11-20T11:00:00Z');
const FRIDAY_NIGHT = at('2026-11-20T22:00:00Z');

function aPulse(overrides: Partial<Pulse> = {}): Pulse {
  return {
    pollSeconds: PACE,
    requestsPerMonth: null,
    now: FRIDAY_NOON,
    hasOpenTickets: true,
    calendars: OFFICE,
    hasNews: false,
    spent: 0,
    asked: 0,
    ...overrides,
  };
}

describe('the pace of asking the base', () => {
  it.each([
    ['fast while there is work and somebody does it', {}, 15],
    ['slow at night', { now: FRIDAY_NIGHT }, 300],
    ['slow while nothing is open', { hasOpenTickets: false }, 300],
    ['fast at any hour where none are set', { now: FRIDAY_NIGHT, calendars: {} }, 15],
    ['fast as long as anybody’s hours last', { now: FRIDAY_NIGHT, calendars: { ...OFFICE, ...aNight() } }, 15],
    ['slower yet where the base calls us', { hasNews: true }, 900],
    ['as slow as it says where it calls us', { hasNews: true, pollSeconds: { busy: 15, quiet: 30, called: 60 } }, 60],
    ['as ever where it says so without a call', { pollSeconds: { busy: 15, quiet: 30, called: 60 } }, 15],
    ['rare where it calls and a request is dear', { hasNews: true, requestsPerMonth: 1000, spent: 1000 }, 21_600],
    ['never slower than an hour', { hasOpenTickets: false, pollSeconds: { busy: 15, quiet: 86_400 } }, 3600],
    ['as ever with requests enough', { requestsPerMonth: 10_000_000 }, 15],
    ['hourly once the month is spent', { requestsPerMonth: 1000, spent: 1000, asked: 100 }, 3600],
  ])('is %s', (_, overrides, seconds) => {
    expect(paceOf(aPulse(overrides)).seconds).toBe(seconds);
  });

  it('spreads a small month’s requests over the hours of work', () => {
    const now = at('2026-11-02T09:00:00Z');
    const pace = paceOf(aPulse({ now, requestsPerMonth: 100_000 }));
    expect(pace.seconds).toBe(15);
    const poor = paceOf(aPulse({ now, requestsPerMonth: 40_000 }));
    expect(Math.round(poor.seconds)).toBe(44);
    expect(poor.asksToCome).toBe(20_000);
  });

  it('leaves requests to the tickets that need them', () => {
    const calm = paceOf(aPulse({ requestsPerMonth: 20_000, spent: 2000, asked: 2000 }));
    const busy = paceOf(aPulse({ requestsPerMonth: 20_000, spent: 12_000, asked: 2000 }));
    expect(busy.seconds).toBeGreaterThan(calm.seconds);
  });

  it('never is faster than the store’s busiest, nor slower than an hour, or six where the base calls', () => {
    const pulse = fc.record({
      pollSeconds: fc.record({ busy: fc.integer({ min: 1, max: 600 }), quiet: fc.integer({ min: 1, max: 100_000 }) }),
      requestsPerMonth: fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: null }),
      now: fc.integer({ min: 0, max: 400 * 24 * 3600 }).map((seconds) => FRIDAY_NOON.add({ seconds })),
      hasOpenTickets: fc.boolean(),
      calendars: fc.constantFrom<Pulse['calendars']>({}, OFFICE, aNight(), { ...OFFICE, ...aNight() }),
      hasNews: fc.boolean(),
      spent: fc.integer({ min: 0, max: 1_200_000 }),
      asked: fc.integer({ min: 0, max: 1_200_000 }),
    });
    fc.assert(
      fc.property(pulse, (given) => {
        const asked = Math.min(given.asked, given.spent);
        const { seconds, asksToCome } = paceOf({ ...given, asked });
        expect(seconds).toBeGreaterThanOrEqual(given.pollSeconds.busy);
        expect(seconds).toBeLessThanOrEqual(given.hasNews ? 21_600 : 3600);
        expect(asksToCome === null).toBe(given.requestsPerMonth === null);
      }),
    );
  });

  it('costs a whole month no more than its share, or one request an hour where the share is less', () => {
    const month = fc.record({
      allowed: fc.integer({ min: 500, max: 60_000 }),
      /** Requests that tickets take, for each that asks. */
      tickets: fc.constantFrom(0, 0.3, 1, 2),
      calendars: fc.constantFrom<Pulse['calendars']>({}, OFFICE, { ...OFFICE, ...aNight() }),
      idle: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(month, ({ allowed, tickets, calendars, idle }) => {
        const begin = at('2026-02-01T00:00:00Z');
        const end = endOfMonth(begin);
        let [asked, others] = [0, 0];
        for (let now = begin; Temporal.Instant.compare(now, end) < 0;) {
          asked += 1;
          if (asked + others + tickets <= allowed) others += tickets;
          const spent = asked + others;
          const pulse = { now, requestsPerMonth: allowed, calendars, spent, asked, hasOpenTickets: asked % 10 < idle };
          const { seconds } = paceOf(aPulse(pulse));
          now = now.add({ milliseconds: Math.ceil(seconds * 1000) });
        }
        const share = (allowed - others) / 2;
        const hourly = begin.until(end).total('hours');
        // Where tickets take ever more, what was asked before they did may be beyond a share that shrinks.
        expect(asked).toBeLessThanOrEqual(tickets === 0 ? Math.max(share, hourly) + 1 : share + hourly + 1);
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});

describe('a call of the base', () => {
  it.each([
    ['is looked into at once where nobody counts', {}, 0],
    ['is looked into at once while asking has its share', { requestsPerMonth: 1000, spent: 300, asked: 100 }, 0],
    ['waits up to an hour when asking has had more', { requestsPerMonth: 1000, spent: 500, asked: 400 }, 3600],
    ['waits once the month is spent', { requestsPerMonth: 1000, spent: 1000, asked: 400 }, 3600],
    ['is looked into on the first of the month', { now: at('2026-11-01T00:00:00Z'), requestsPerMonth: 1000 }, 0],
  ])('%s', (_, overrides, seconds) => {
    expect(secondsToLook(aPulse(overrides))).toBe(seconds);
  });

  it('is looked into at once all month long, as asking unbidden leaves room for it', () => {
    const begin = at('2026-11-01T00:00:00Z');
    const end = endOfMonth(begin);
    let asked = 0;
    for (let now = begin; Temporal.Instant.compare(now, end) < 0;) {
      asked += 1;
      const pulse = aPulse({ now, hasNews: true, requestsPerMonth: 1000, spent: asked, asked });
      expect(secondsToLook(pulse)).toBe(0);
      now = now.add({ milliseconds: Math.ceil(paceOf(pulse).seconds * 1000) });
    }
    expect(asked).toBeLessThan(500);
  });
});

describe('reading the whole base', () => {
  const now = at('2026-11-15T02:17:00Z');
  const lastNight = { at: at('2026-11-14T02:17:10Z'), requests: 500 };
  it.each([
    ['goes on every night where nobody counts', {}, lastNight, true],
    ['goes on every night where it costs little', { requestsPerMonth: 100_000 }, lastNight, true],
    ['waits for the night', { requestsPerMonth: 100_000, now: at('2026-11-14T12:00:00Z') }, lastNight, false],
    ['waits some nights where it costs much', { requestsPerMonth: 10_000 }, lastNight, false],
    ['has its turn even there', { requestsPerMonth: 10_000 }, { ...lastNight, at: at('2026-11-11T02:17:10Z') }, true],
    ['is done once where it never was', { requestsPerMonth: 1000 }, { at: null, requests: 0 }, true],
    ['is not done once the month is spent', { requestsPerMonth: 1000, spent: 1000 }, { at: null, requests: 0 }, false],
  ] as const)('%s', (_, overrides, last, expected) => {
    expect(isCompareDue(aPulse({ now, ...overrides }), last)).toBe(expected);
  });
});

function aNight() {
  return { night: aCalendar('Europe/Berlin', 'Mon-Fri 20:00-24:00', { name: 'night' }) };
}
