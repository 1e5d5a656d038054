import { describe, expect, it } from 'vitest';
import { audibleAt, isUrgent } from '../../src/config/notice-moment.ts';
import { aCalendar, aPolicy, aQueue, aTicket, at, local, MORNING } from '../support/builders.ts';

const OFFICE = aCalendar('Europe/Berlin', 'Mon-Fri 09:00-17:00', { name: 'office' });
const LATE = aCalendar('Europe/Berlin', 'Mon-Sun 00:00-02:30 22:00-24:00', { name: 'late' });
const AROUND = aCalendar('UTC', '24/7', { name: 'around', holidays: ['2026-12-25'] });

function quiet(open: typeof OFFICE | 'of_queue', queueCalendar: string | null = null) {
  return aPolicy({
    calendars: [OFFICE, LATE, AROUND],
    queues: [aQueue({ calendar: queueCalendar }), aQueue({ name: 'review', members: [], method: 'none' })],
    notices: { quiet: { open } },
  });
}

function berlin(written: string) {
  return local(written, 'Europe/Berlin');
}

const TICKET = aTicket({ queue: 'support' });

describe('quiet hours', () => {
  it.each([
    ['within the hours nothing waits', '2026-11-20T16:59', '2026-11-20T16:59'],
    ['closing time is quiet, over the weekend', '2026-11-20T17:00', '2026-11-23T09:00'],
    ['midnight is quiet until the morning', '2026-11-17T00:00', '2026-11-17T09:00'],
    ['the night in which the clocks go forward ends at nine on the wall', '2026-03-28T23:00', '2026-03-30T09:00'],
    ['and so does that in which they go back', '2026-10-25T01:30', '2026-10-26T09:00'],
  ])('%s', (_what, now, then) => {
    expect(audibleAt(quiet(OFFICE), TICKET, berlin(now)).toString()).toBe(berlin(then).toString());
  });

  it('that lie in the middle of the day leave those in peace who work by night', () => {
    const policy = quiet(LATE);
    expect(audibleAt(policy, TICKET, berlin('2026-11-20T23:59'))).toEqual(berlin('2026-11-20T23:59'));
    expect(audibleAt(policy, TICKET, berlin('2026-11-21T02:30'))).toEqual(berlin('2026-11-21T22:00'));
  });

  it('can be those of the ticket’s queue, of which one without a calendar knows none', () => {
    const night = berlin('2026-11-20T20:00');
    expect(audibleAt(quiet('of_queue', 'office'), TICKET, night)).toEqual(berlin('2026-11-23T09:00'));
    expect(audibleAt(quiet('of_queue'), TICKET, night)).toEqual(night);
  });

  it('are not for a queue that works around the clock, on holidays either', () => {
    const night = at('2026-12-25T03:00:00Z');
    expect(audibleAt(quiet(OFFICE, 'around'), TICKET, night)).toEqual(night);
    expect(audibleAt(quiet('of_queue', 'around'), TICKET, night)).toEqual(night);
  });

  it('end at once where the calendar never opens again', () => {
    const never = aCalendar('UTC', '');
    expect(audibleAt(quiet(never), TICKET, MORNING)).toEqual(MORNING);
  });
});

describe('urgent news', () => {
  it('are those of the kinds that are named, and all of tickets that are', () => {
    const when = { kind: 'is', field: 'priority', values: ['critical'] } as const;
    const policy = aPolicy({ notices: { urgent: { notices: ['sla_breach'], when } } });
    const of = (notice: 'assigned' | 'sla_breach', priority: 'low' | 'critical') =>
      isUrgent(policy, { notice, ticket: aTicket({ priority }) }, MORNING);
    expect([of('assigned', 'low'), of('sla_breach', 'low'), of('assigned', 'critical')]).toEqual([false, true, true]);
  });
});
