import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/decide/outcome.ts';
import type { ClockEvent } from '../../src/domain/clock.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { aPolicy, aQueue, aRequester, aTicket, at } from '../support/builders.ts';
import { aClock } from './sla/arbitraries.ts';

/** Friday afternoon and Monday morning in Berlin, where the office is open from nine to five. */
const FRIDAY = at('2026-11-13T15:00:00Z');
const MONDAY = at('2026-11-16T09:00:00Z');
const NOW = at('2026-11-20T10:00:00Z');
const POLICY = aPolicy({ queues: [aQueue({ calendar: 'office' }), aQueue({ name: 'review' })] });

function outcome(overrides: Partial<Ticket>, now = NOW) {
  return outcomeOf(aTicket({ openedAt: FRIDAY, ...overrides }), POLICY, now);
}

describe('the outcome of a ticket', () => {
  it('counts waits in open minutes of its queue', () => {
    const answered = { firstRespondedAt: MONDAY, resolvedAt: MONDAY, status: 'resolved' as const };
    expect(outcome(answered)).toMatchObject({ firstReplyOpenMinutes: 120, resolutionOpenMinutes: 120 });
    expect(outcome({ ...answered, queue: 'review' })).toMatchObject({ firstReplyOpenMinutes: 66 * 60 });
    expect(outcome({})).toMatchObject({ firstReplyOpenMinutes: null, resolutionOpenMinutes: null });
  });

  it('counts them by the calendar of the promise, where there is one', () => {
    const clocks = [aClock({ metric: 'first_reply', kind: 'target', calendar: null })];
    expect(outcome({ firstRespondedAt: MONDAY, clocks })).toMatchObject({ firstReplyOpenMinutes: 66 * 60 });
  });

  it('says of a promise whether it was kept, and when that was settled', () => {
    const start: ClockEvent = { type: 'start', at: FRIDAY };
    const running = aClock({ metric: 'first_reply', kind: 'target', targetMinutes: 60, events: [start] });
    const kept = { ...running, events: [start, { type: 'stop' as const, at: MONDAY }] };
    const broken = { ...kept, breachedAt: at('2026-11-13T16:00:00Z') };
    expect(outcome({ clocks: [running] }).firstReply).toBeNull();
    expect(outcome({ clocks: [kept] }).firstReply).toEqual({ at: MONDAY, isKept: true });
    expect(outcome({ clocks: [broken] }).firstReply).toEqual({ at: broken.breachedAt, isKept: false });
    expect(outcome({ clocks: [{ ...kept, droppedAt: MONDAY }] }).firstReply).toBeNull();
  });

  it('takes the first breach of any clock, and the first escalation', () => {
    const clocks = [
      aClock({ metric: 'next_reply', breachedAt: MONDAY }),
      aClock({ metric: 'first_reply', breachedAt: FRIDAY }),
      aClock({ metric: 'total_resolution' }),
    ];
    expect(outcome({ clocks }).breachedAt).toEqual(FRIDAY);
    expect(outcome({}).breachedAt).toBeNull();
  });

  it('ends where it was closed, when nobody resolved it', () => {
    expect(outcome({ status: 'closed', closedAt: MONDAY })).toMatchObject({ resolvedAt: MONDAY, isOpen: false });
  });

  it('knows the customer by the account, or else by the address or the name', () => {
    const account = { name: 'Bramble Ltd', tier: 'gold', plan: 'pro' };
    expect(outcome({ requester: aRequester({ account }) })).toMatchObject({ customer: 'Bramble Ltd', segment: 'gold' });
    expect(outcome({})).toMatchObject({ customer: 'greta@example.com', segment: null });
    expect(outcome({ requester: aRequester({ email: null, account: { plan: ' ', name: 7 } }) })).toMatchObject({
      customer: 'Greta Holm',
      segment: null,
    });
  });

  it('says who gave the category: a person, whoever had said something before', () => {
    const categoryFrom = { by: 'rule' as const, name: 'A rule' };
    const overrides = { category: { by: 'Ana', at: NOW, from: 'billing', to: 'technical' } };
    expect(outcome({ categoryFrom }).givenBy).toBe('rule');
    expect(outcome({ categoryFrom, overrides }).givenBy).toBe('person');
    expect(outcome({}).givenBy).toBeNull();
  });
});
