import { describe, expect, it } from 'vitest';
import { POLICY_METRICS, type PolicyMetric } from '../../../src/domain/clock.ts';
import { aClockedTicket, anSlaPolicy, aTarget, slaDesk } from './clocked-ticket.ts';

/** Thursday 10 September 2026, in office hours; every metric has eight hours. */
const OPENED = '2026-09-10T09:00';
const ALL = slaDesk([anSlaPolicy(POLICY_METRICS.map((metric) => aTarget(metric, 480)))]);

function ticketWith(metric: PolicyMetric, ...others: PolicyMetric[]) {
  const policy = slaDesk([anSlaPolicy([metric, ...others].map((each) => aTarget(each, 480)))]);
  const ticket = aClockedTicket({ policy, openedAt: OPENED });
  ticket.receive();
  return ticket;
}

describe('first reply', () => {
  it('starts when the customer asked, not when we recorded it', () => {
    const ticket = aClockedTicket({ policy: ALL, openedAt: OPENED });
    ticket.receive('2026-09-10T11:00');
    expect(ticket.read('first_reply', '2026-09-10T11:00')).toEqual({
      state: 'running',
      due: '2026-09-10T17:00',
      minutes: 120,
    });
  });

  it('stops with the first public answer, and never begins again', () => {
    const ticket = ticketWith('first_reply');
    ticket.agentWrites('2026-09-10T10:00');
    ticket.edit('2026-09-10T11:00', { status: 'resolved' });
    ticket.customerWrites('2026-09-10T12:00');
    ticket.agentWrites('2026-09-10T13:00');
    expect(ticket.ticket.clocks).toHaveLength(1);
    expect(ticket.read('first_reply', '2026-09-10T14:00')).toMatchObject({ state: 'met', minutes: 60 });
  });

  it('runs on while pending, and on a ticket that was resolved without an answer', () => {
    const ticket = ticketWith('first_reply');
    ticket.edit('2026-09-10T10:00', { status: 'pending' });
    ticket.edit('2026-09-10T11:00', { status: 'resolved' });
    expect(ticket.read('first_reply', '2026-09-10T12:00')).toMatchObject({ state: 'running', minutes: 180 });
  });

  it('stands still for ever on a ticket that was closed without an answer: it was not met', () => {
    const ticket = ticketWith('first_reply');
    const { wakeAt } = ticket.edit('2026-09-10T10:00', { status: 'closed' });
    expect(wakeAt).toBeNull();
    expect(ticket.read('first_reply', '2026-10-10T12:00')).toMatchObject({ state: 'paused', minutes: 60 });
  });

  it('pauses while information is missing, where the config says so (A-012)', () => {
    const policy = slaDesk([anSlaPolicy([aTarget('first_reply', 480)])]);
    const ticket = aClockedTicket({
      policy: { ...policy, sla: { ...policy.sla, pausedIn: { first_reply: ['needs_info'] } } },
      openedAt: OPENED,
    });
    ticket.receive();
    ticket.edit('2026-09-10T10:00', { status: 'needs_info' });
    expect(ticket.read('first_reply', '2026-09-10T12:00')).toMatchObject({ state: 'paused', due: null, minutes: 60 });
    ticket.customerWrites('2026-09-10T15:00');
    ticket.edit('2026-09-10T15:00', { status: 'open' });
    expect(ticket.read('first_reply', '2026-09-10T16:00')).toMatchObject({ due: '2026-09-11T14:00', minutes: 120 });
  });
});

describe('next reply', () => {
  it('does not begin while the first reply is owed', () => {
    const ticket = ticketWith('first_reply', 'next_reply');
    ticket.customerWrites('2026-09-10T10:00');
    expect(ticket.clock('next_reply')).toBeNull();
    ticket.agentWrites('2026-09-10T10:30');
    expect(ticket.clock('next_reply')).toBeNull();
  });

  it('stands for the first message too where no first reply is promised', () => {
    const ticket = ticketWith('next_reply');
    expect(ticket.read('next_reply', '2026-09-10T10:00')).toMatchObject({ state: 'running', minutes: 60 });
  });

  it('counts from the oldest of several unanswered messages', () => {
    const ticket = ticketWith('first_reply', 'next_reply');
    ticket.agentWrites('2026-09-10T09:30');
    ticket.customerWrites('2026-09-10T10:00');
    ticket.customerWrites('2026-09-10T11:00');
    ticket.customerWrites('2026-09-10T12:00');
    expect(ticket.clock('next_reply')?.instance).toBe(1);
    expect(ticket.read('next_reply', '2026-09-10T12:00')).toMatchObject({ due: '2026-09-11T10:00', minutes: 120 });
  });

  it('goes back to an older message that reaches us later', () => {
    const ticket = ticketWith('first_reply', 'next_reply');
    ticket.agentWrites('2026-09-10T09:30');
    ticket.customerWrites('2026-09-10T11:00');
    ticket.customerWrites('2026-09-10T10:00', '2026-09-10T12:00');
    expect(ticket.read('next_reply', '2026-09-10T12:00')).toMatchObject({ minutes: 120 });
  });

  it('has a clock of its own for each unanswered spell', () => {
    const ticket = ticketWith('first_reply', 'next_reply');
    ticket.agentWrites('2026-09-10T09:30');
    ticket.customerWrites('2026-09-10T10:00');
    ticket.agentWrites('2026-09-10T10:20');
    ticket.customerWrites('2026-09-10T11:00');
    expect(ticket.clock('next_reply', 1)?.events.map(({ type }) => type)).toEqual(['start', 'stop']);
    expect(ticket.read('next_reply', '2026-09-10T11:30')).toMatchObject({ state: 'running', minutes: 30 });
    expect(ticket.clock('next_reply')?.instance).toBe(2);
  });

  it('is stopped by solving; what is written afterwards begins a new spell', () => {
    const ticket = ticketWith('first_reply', 'next_reply');
    ticket.agentWrites('2026-09-10T09:30');
    ticket.customerWrites('2026-09-10T10:00');
    ticket.edit('2026-09-10T10:20', { status: 'resolved' });
    expect(ticket.read('next_reply', '2026-09-10T12:00')).toMatchObject({ state: 'met', minutes: 20 });
    ticket.customerWrites('2026-09-10T14:00');
    ticket.edit('2026-09-10T14:00', { status: 'open' });
    expect(ticket.clock('next_reply')?.instance).toBe(2);
    expect(ticket.read('next_reply', '2026-09-10T14:30')).toMatchObject({ state: 'running', minutes: 30 });
  });

  it('does not begin for a message that was answered before it reached us', () => {
    const ticket = ticketWith('first_reply', 'next_reply');
    ticket.agentWrites('2026-09-10T10:00');
    ticket.customerWrites('2026-09-10T09:30', '2026-09-10T10:30');
    expect(ticket.clock('next_reply')).toBeNull();
  });
});

describe.each(['periodic_update', 'pausable_update'] as const)('%s', (metric) => {
  it('begins with a public answer, and anew with each', () => {
    const ticket = ticketWith(metric);
    expect(ticket.clock(metric)).toBeNull();
    ticket.agentWrites('2026-09-10T10:00');
    ticket.agentWrites('2026-09-10T12:00');
    expect(ticket.clock(metric, 1)?.events.map(({ type }) => type)).toEqual(['start', 'stop']);
    expect(ticket.clock(metric)?.instance).toBe(2);
    expect(ticket.read(metric, '2026-09-10T13:00')).toMatchObject({ state: 'running', minutes: 60 });
  });

  it('is not touched by what the customer writes', () => {
    const ticket = ticketWith(metric);
    ticket.agentWrites('2026-09-10T10:00');
    ticket.customerWrites('2026-09-10T11:00');
    expect(ticket.read(metric, '2026-09-10T13:00')).toMatchObject({ state: 'running', minutes: 180 });
  });

  it('stops by solving and goes on after a reopening', () => {
    const ticket = ticketWith(metric);
    ticket.agentWrites('2026-09-10T10:00');
    ticket.edit('2026-09-10T11:00', { status: 'resolved' });
    expect(ticket.read(metric, '2026-09-10T13:00')).toMatchObject({ state: 'met', minutes: 60 });
    ticket.edit('2026-09-10T14:00', { status: 'open' });
    expect(ticket.read(metric, '2026-09-10T15:00')).toMatchObject({ state: 'running', minutes: 120 });
  });

  it('begins from nothing after the last answer, even one on a solved ticket', () => {
    const ticket = ticketWith(metric);
    ticket.agentWrites('2026-09-10T10:00');
    ticket.edit('2026-09-10T11:00', { status: 'resolved' });
    ticket.agentWrites('2026-09-10T12:00');
    expect(ticket.read(metric, '2026-09-10T13:00')).toMatchObject({ state: 'met', minutes: 0 });
    ticket.edit('2026-09-10T14:00', { status: 'open' });
    expect(ticket.read(metric, '2026-09-10T15:00')).toMatchObject({ state: 'running', minutes: 60 });
  });
});

/** In which statuses a metric that began at nine stands still from ten on. */
describe.each([
  ['pausable_update', ['pending']],
  ['periodic_update', []],
  ['requester_wait', ['pending']],
  ['agent_work', ['pending', 'on_hold']],
  ['total_resolution', []],
] as const)('%s stands still', (metric, pausedIn: readonly string[]) => {
  it.each(['open', 'pending', 'on_hold', 'needs_info'] as const)('or not, while %s', (status) => {
    const ticket = ticketWith(metric);
    ticket.agentWrites('2026-09-10T09:00');
    ticket.edit('2026-09-10T10:00', { status });
    const isPaused = pausedIn.includes(status);
    expect(ticket.read(metric, '2026-09-10T12:00')).toMatchObject(
      isPaused ? { state: 'paused', due: null, minutes: 60 } : { state: 'running', minutes: 180 },
    );
    ticket.edit('2026-09-10T13:00', { status: status === 'open' ? 'pending' : 'open' });
    if (status !== 'open') {
      expect(ticket.read(metric, '2026-09-10T14:00')).toMatchObject({
        state: 'running',
        minutes: isPaused ? 120 : 300,
      });
    }
  });
});

describe.each(['requester_wait', 'agent_work', 'total_resolution'] as const)('%s', (metric) => {
  it('starts with the ticket, stops by solving, and counts on after a reopening (rule 8)', () => {
    const ticket = ticketWith(metric);
    ticket.agentWrites('2026-09-10T10:00');
    ticket.edit('2026-09-10T11:00', { status: 'resolved' });
    expect(ticket.read(metric, '2026-09-11T12:00')).toMatchObject({
      state: 'met',
      due: '2026-09-10T17:00',
      minutes: 120,
    });
    ticket.customerWrites('2026-09-11T10:00');
    ticket.edit('2026-09-11T10:00', { status: 'open' });
    expect(ticket.read(metric, '2026-09-11T11:00')).toMatchObject({
      state: 'running',
      due: '2026-09-11T16:00',
      minutes: 180,
    });
  });

  it('stops when the ticket was resolved, whenever we hear of it', () => {
    const ticket = ticketWith(metric);
    ticket.edit('2026-09-10T11:00', { status: 'resolved' }, '2026-09-10T11:25');
    expect(ticket.read(metric, '2026-09-10T12:00')).toMatchObject({ state: 'met', minutes: 120 });
  });

  it('stops when the ticket is closed without being resolved, and keeps its end when a resolved one is closed', () => {
    const closed = ticketWith(metric);
    closed.edit('2026-09-10T11:00', { status: 'closed' });
    expect(closed.read(metric, '2026-09-11T12:00')).toMatchObject({ state: 'met', minutes: 120 });
    const resolved = ticketWith(metric);
    resolved.edit('2026-09-10T10:00', { status: 'resolved' });
    resolved.edit('2026-09-10T11:00', { status: 'closed' });
    expect(resolved.read(metric, '2026-09-11T12:00')).toMatchObject({ state: 'met', minutes: 60 });
  });
});

describe('what is no answer', () => {
  it('fulfils nothing: neither an acknowledgement nor an internal note is told to the clocks (rule 11)', () => {
    const ticket = ticketWith('first_reply', 'next_reply');
    const before = ticket.ticket.clocks;
    ticket.wake('2026-09-10T09:10');
    expect(ticket.ticket.clocks).toEqual(before);
    expect(ticket.read('first_reply', '2026-09-10T09:10')).toMatchObject({ state: 'running' });
  });
});

describe('a ticket that tells another story than its clocks', () => {
  it('puts them right at the next look, at the time when it happened', () => {
    const policy = slaDesk([anSlaPolicy([aTarget('total_resolution', 480), aTarget('first_reply', 480)])]);
    const ticket = aClockedTicket({ policy, openedAt: OPENED });
    ticket.receive();
    ticket.edit('2026-09-10T11:00', { status: 'resolved' });
    const missed = aClockedTicket({
      policy,
      openedAt: OPENED,
      ticket: { ...ticket.ticket, clocks: runningAgain(ticket.ticket.clocks) },
    });
    missed.wake('2026-09-10T13:00');
    expect(missed.read('total_resolution', '2026-09-10T14:00')).toMatchObject({ state: 'met', minutes: 120 });
  });

  it('takes an edit of an earlier minute for what holds now, when the log knows something later', () => {
    const ticket = ticketWith('requester_wait');
    ticket.edit('2026-09-10T10:00:20', { status: 'pending' });
    ticket.edit('2026-09-10T10:00:40', { status: 'open' });
    ticket.edit('2026-09-10T10:00:00', { status: 'pending' }, '2026-09-10T10:01');
    expect(ticket.read('requester_wait', '2026-09-10T12:00')).toMatchObject({ state: 'paused' });
    expect(ticket.wake('2026-09-10T12:00').effects).toEqual([]);
  });

  it('does not trust a time that has not come yet', () => {
    const ticket = aClockedTicket({ policy: ALL, openedAt: '2026-09-10T09:05' });
    ticket.receive('2026-09-10T09:00');
    expect(ticket.read('first_reply', '2026-09-10T09:00')).toMatchObject({ state: 'running', due: '2026-09-10T17:00' });
  });
});

function runningAgain<Log extends { events: readonly { type: string }[] }>(clocks: readonly Log[]): Log[] {
  return clocks.map((clock) => ({ ...clock, events: clock.events.filter(({ type }) => type === 'start') }));
}
