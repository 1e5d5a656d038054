import { describe, expect, it } from 'vitest';
import { REPLY_FIELDS, replyValues } from '../../../src/config/replies.ts';
import { promisedAt } from '../../../src/decide/sla/due-fields.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import { aQueue } from '../../support/builders.ts';
import { aClockedTicket, anSlaPolicy, aTarget, berlin, slaDesk } from './clocked-ticket.ts';

/** Thursday 10 September 2026. */
const OPENED = '2026-09-10T09:00';

const HOUR = 60;

/** 24 hours inside, and 48 are promised; both count every minute. */
const INSIDE_AND_OUTSIDE = slaDesk(
  [
    anSlaPolicy([aTarget('first_reply', 2 * HOUR), aTarget('total_resolution', 24 * HOUR, { calendar: null })], {
      promises: [
        aTarget('first_reply', 6 * HOUR),
        aTarget('next_reply', 6 * HOUR),
        aTarget('total_resolution', 48 * HOUR, { calendar: null }),
      ],
    }),
  ],
  { queues: [aQueue({ notify: ['lead@desk.example'] }), aQueue({ name: 'review', members: [], method: 'none' })] },
);

function aPromisedTicket() {
  const ticket = aClockedTicket({ policy: INSIDE_AND_OUTSIDE, openedAt: OPENED });
  return { ticket, first: ticket.receive() };
}

describe('a target inside and a promise outside', () => {
  it('are two clocks on one ticket, and the ticket is due by the one inside (A-074)', () => {
    const { ticket, first } = aPromisedTicket();
    expect(ticket.ticket.clocks.map(({ metric, kind, dueAt }) => [metric, kind, dueAt])).toEqual([
      ['first_reply', 'target', berlin('2026-09-10T11:00')],
      ['total_resolution', 'target', berlin('2026-09-11T09:00')],
      ['first_reply', 'promise', berlin('2026-09-10T15:00')],
      ['total_resolution', 'promise', berlin('2026-09-12T09:00')],
    ]);
    expect(ticket.ticket).toMatchObject({
      firstResponseDueAt: berlin('2026-09-10T11:00'),
      resolutionDueAt: berlin('2026-09-11T09:00'),
    });
    expect(first.reasons.map(sentenceOf)).toContain(
      'Promised resolution is due Sat 12 Sep 09:00 (Europe/Berlin): 2880 minutes around the clock (policy Standard).',
    );
  });

  it('warn and are broken each for itself, and the promise is called one (A-074)', () => {
    const { ticket } = aPromisedTicket();
    ticket.agentWrites('2026-09-10T10:00');
    const notices = ['2026-09-11T04:12', '2026-09-11T09:00', '2026-09-11T23:24', '2026-09-12T09:00'].flatMap((when) =>
      ticket.wake(when).notices.map(({ notice, key, params }) => [notice, key.split(':')[0], params['Clock']]),
    );
    expect(notices).toEqual([
      ['sla_warning', 'sla_warning', 'Resolution'],
      ['sla_breach', 'sla_breach', 'Resolution'],
      ['promise_warning', 'promise_warning', 'Promised resolution'],
      ['promise_breach', 'promise_breach', 'Promised resolution'],
    ]);
    expect(ticket.wake('2026-09-12T10:00').notices).toEqual([]);
  });

  it('stop together: late inside can be in time outside', () => {
    const { ticket } = aPromisedTicket();
    const answered = ticket.agentWrites('2026-09-10T13:00');
    expect(answered.reasons.map(({ code, params }) => [code, params['clock']])).toEqual(
      expect.arrayContaining([
        ['sla.missed', 'First reply'],
        ['sla.met', 'Promised first reply'],
      ]),
    );
    expect(ticket.ticket.slaState).toBe('on_track');
  });

  it('are asked for each by itself: what is only promised outside runs too', () => {
    const { ticket } = aPromisedTicket();
    ticket.agentWrites('2026-09-10T10:00');
    ticket.customerWrites('2026-09-10T11:00');
    expect(ticket.clock('next_reply')).toBeNull();
    const asked = ticket.ticket.clocks.find(({ metric }) => metric === 'next_reply');
    expect(asked).toMatchObject({ kind: 'promise', instance: 1, dueAt: berlin('2026-09-10T17:00') });
  });

  it('follow the policy: a promise that is taken back is put away, and the target stays', () => {
    const { ticket } = aPromisedTicket();
    ticket.use(slaDesk([anSlaPolicy([aTarget('first_reply', 2 * HOUR)])]));
    const { codes } = ticket.wake('2026-09-10T09:30');
    expect(codes.filter((code) => code === 'sla.dropped')).toHaveLength(3);
    expect(promisedAt(ticket.ticket, 'first_reply')).toBeNull();
    expect(ticket.ticket.firstResponseDueAt).toEqual(berlin('2026-09-10T11:00'));
  });
});

describe('a letter to the requester', () => {
  it('names the promise, and has no gap for what is aimed at inside (A-074)', () => {
    const { ticket } = aPromisedTicket();
    const values = replyValues(INSIDE_AND_OUTSIDE, ticket.ticket);
    expect(values['promise.first_reply']).toEqual(berlin('2026-09-10T15:00'));
    expect(values['promise.resolution']).toEqual(berlin('2026-09-12T09:00'));
    const moments = Object.values(values).filter((value) => typeof value !== 'string');
    expect(moments).toHaveLength(2);
    expect(Object.keys(REPLY_FIELDS).filter((name) => /due|target|sla/i.test(name))).toEqual([]);
  });

  it('names nothing where nothing is promised', () => {
    const policy = slaDesk([anSlaPolicy([aTarget('first_reply', 2 * HOUR)])]);
    const ticket = aClockedTicket({ policy, openedAt: OPENED });
    ticket.receive();
    expect(replyValues(policy, ticket.ticket)).toMatchObject({ 'promise.first_reply': '', 'promise.resolution': '' });
  });
});
