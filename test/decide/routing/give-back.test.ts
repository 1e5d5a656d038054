import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import { anAgent, aPolicy, aQueue, local } from '../../support/builders.ts';
import { aDesk, type SimulatedDesk } from '../../support/desk-simulator.ts';

const REVIEW = aQueue({ name: 'review', members: [], method: 'none' });

/** A Friday at 15:00 in Berlin; the office opens from nine to five. */
function friday(minutes = 0): Temporal.Instant {
  return local('2026-11-20T15:00', 'Europe/Berlin').add({ minutes });
}

const MONDAY_AT_ELEVEN = local('2026-11-23T11:00', 'Europe/Berlin');

/** Four open hours to do something; whoever is on the ticket first is Ana. */
function deskOf(members: readonly string[] = ['Ana', 'Ben'], notify: readonly string[] = []): SimulatedDesk {
  const queues = [aQueue({ members, notify, calendar: 'office', giveBackMinutes: 240 }), REVIEW];
  return aDesk(aPolicy({ agents: ['Ana', 'Ben', 'Lea'].map((name) => anAgent({ name })), queues }));
}

describe('a ticket with which its assignee does nothing', () => {
  it('goes to somebody else after so many open minutes, over a weekend, and the log says why', () => {
    const desk = deskOf();
    const { key } = desk.receive(friday());
    desk.passTo(MONDAY_AT_ELEVEN.subtract({ seconds: 1 }));
    expect(desk.ticket(key).assignee).toBe('Ana');
    desk.passTo(MONDAY_AT_ELEVEN);
    expect(desk.ticket(key)).toMatchObject({ assignee: 'Ben', queue: 'support', givenAt: MONDAY_AT_ELEVEN });
    const told = desk.reasonsOf(key).map(sentenceOf);
    expect(told).toContain('Back to support: Ana did nothing with it for 240 minutes.');
  });

  it('tells the one who had it, once', () => {
    const desk = deskOf();
    desk.receive(friday());
    desk.passTo(MONDAY_AT_ELEVEN.add({ minutes: 30 }));
    const notices = desk.notices.map(({ notice, to }) => [notice, ...to]);
    expect(notices).toEqual([
      ['assigned', 'Ana'],
      ['given_back', 'Ana'],
      ['assigned', 'Ben'],
    ]);
  });

  it('does not come back to the same person while it waits', () => {
    const desk = deskOf(['Ana']);
    const { key } = desk.receive(friday());
    desk.passTo(MONDAY_AT_ELEVEN.add({ hours: 5 * 24 }));
    expect(desk.ticket(key)).toMatchObject({ assignee: null, queue: 'support', declinedBy: ['Ana'] });
  });

  it('goes to everybody of the queue once, then stays there, and its lead hears of it once (A-048)', () => {
    const desk = deskOf(['Ana', 'Ben'], ['lead@desk.example']);
    const { key } = desk.receive(friday());
    desk.passTo(MONDAY_AT_ELEVEN.add({ hours: 30 * 24 }));
    expect(desk.ticket(key)).toMatchObject({ assignee: null, queue: 'support', declinedBy: ['Ana', 'Ben'] });
    expect(desk.notices.map(({ notice, to }) => [notice, ...to])).toEqual([
      ['assigned', 'Ana'],
      ['given_back', 'Ana'],
      ['assigned', 'Ben'],
      ['given_back', 'Ben'],
      ['unowned', 'lead@desk.example'],
    ]);
    const told = desk.reasonsOf(key).map(sentenceOf);
    expect(told).toContain(
      'Stays in support: everybody there had it, and nobody worked on it (Ana and Ben); told lead@desk.example.',
    );
  });

  it('waits for who is not here yet, and tells nobody before they had it', () => {
    const desk = deskOf(['Ana', 'Ben'], ['lead@desk.example']);
    desk.setAway('Ben', true);
    const { key } = desk.receive(friday());
    desk.passTo(MONDAY_AT_ELEVEN.add({ hours: 24 }));
    expect([desk.ticket(key).assignee, desk.notices.some(({ notice }) => notice === 'unowned')]).toEqual([null, false]);
  });

  it('begins a new round once somebody worked on it', () => {
    const desk = deskOf();
    const { key } = desk.receive(friday());
    desk.passTo(MONDAY_AT_ELEVEN);
    const at = MONDAY_AT_ELEVEN.add({ minutes: 1 });
    desk.take(at, key, { kind: 'noted', by: 'Ben', at });
    expect(desk.ticket(key)).toMatchObject({ assignee: 'Ben', declinedBy: [] });
    desk.take(at, key, { kind: 'asked', by: 'Ben', at, what: 'give_back' });
    expect(desk.ticket(key)).toMatchObject({ assignee: 'Ana', declinedBy: ['Ben'] });
  });

  it('leaves even whom a person chose, as the queue asks for it', () => {
    const desk = deskOf();
    const { key } = desk.receive(friday());
    desk.edit(friday(1), key, [{ field: 'assignee', from: 'Ana', to: 'Ben' }]);
    desk.passTo(MONDAY_AT_ELEVEN.add({ minutes: 1 }));
    expect(desk.ticket(key)).toMatchObject({ assignee: 'Ana', overrides: {} });
  });
});

describe('a ticket stays', () => {
  const late = MONDAY_AT_ELEVEN.add({ hours: 30 * 24 });

  it.each([
    ['answers', (desk: SimulatedDesk, key: string) => answer(desk, key, 'Ana')],
    ['changes something', (desk: SimulatedDesk, key: string) => touch(desk, key, 'Ana')],
    ['may be the one who changed something', (desk: SimulatedDesk, key: string) => touch(desk, key, 'Somebody')],
  ])('with an assignee who %s', (_, act) => {
    const desk = deskOf();
    const { key } = desk.receive(friday());
    act(desk, key);
    desk.passTo(late);
    expect(desk.ticket(key)).toMatchObject({ assignee: 'Ana', givenAt: null });
  });

  it('with who took it for themselves', () => {
    const desk = deskOf();
    const { key } = desk.receive(friday());
    const changes = [{ field: 'assignee' as const, from: 'Ana', to: 'Ben' }];
    desk.take(friday(1), key, { kind: 'edited', by: 'Ben', at: friday(1), changes });
    desk.passTo(late);
    expect(desk.ticket(key).assignee).toBe('Ben');
  });

  it('where the queue does not say how long', () => {
    const desk = aDesk(aPolicy());
    const { key } = desk.receive(friday());
    desk.passTo(late);
    expect(desk.ticket(key)).toMatchObject({ assignee: 'Ana', givenAt: null });
  });

  it('not because somebody else of the desk changed something', () => {
    const desk = deskOf();
    const { key } = desk.receive(friday());
    touch(desk, key, 'Lea');
    desk.passTo(late);
    expect(desk.ticket(key).assignee).not.toBe('Ana');
  });

  it('resolved, and with its assignee when it is opened again', () => {
    const desk = deskOf();
    const { key } = desk.receive(friday());
    desk.edit(friday(10), key, [{ field: 'status', from: 'new', to: 'resolved' }]);
    desk.edit(late, key, [{ field: 'status', from: 'resolved', to: 'open' }]);
    expect(desk.ticket(key)).toMatchObject({ assignee: 'Ana', givenAt: null });
  });
});

function answer(desk: SimulatedDesk, key: string, name: string): void {
  desk.take(friday(5), key, { kind: 'replied', by: 'agent', name, text: 'Hello', at: friday(5) });
}

function touch(desk: SimulatedDesk, key: string, by: string): void {
  const changes = [{ field: 'priority' as const, from: 'medium', to: 'high' }];
  desk.take(friday(5), key, { kind: 'edited', by, at: friday(5), changes });
}
