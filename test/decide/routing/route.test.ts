import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/decide/condition.ts';
import type { FallbackStep } from '../../../src/domain/queue.ts';
import { aCalendar, anAgent, aPolicy, aQueue, aRule, local } from '../../support/builders.ts';
import { aDesk } from '../../support/desk-simulator.ts';

const BERLIN = 'Europe/Berlin';
const REVIEW = aQueue({ name: 'review', members: [], method: 'none' });
const MONDAY = local('2026-11-16T09:00', BERLIN);

function category(name: string): Condition {
  return { kind: 'is', field: 'category', values: [name] };
}

/** Two teams, and a rule that tells them apart. */
const TWO_TEAMS = aPolicy({
  agents: ['Ana', 'Ben', 'Cy'].map((name) => anAgent({ name, skills: name === 'Ben' ? ['tax'] : [] })),
  queues: [aQueue({ members: ['Ana', 'Ben'] }), aQueue({ name: 'billing', members: ['Ben', 'Cy'] }), REVIEW],
  routing: { rules: [aRule({ queue: 'billing' }, { when: category('billing') })] },
});

describe('an assigned ticket', () => {
  it('moves with its category, and leaves who does not work there', () => {
    const desk = aDesk(TWO_TEAMS);
    const { key } = desk.receive(MONDAY);
    expect(desk.ticket(key)).toMatchObject({ queue: 'support', assignee: 'Ana' });
    desk.edit(MONDAY, key, [{ field: 'category', from: null, to: 'billing' }]);
    expect(desk.ticket(key)).toMatchObject({ queue: 'billing', assignee: 'Ben', assignmentCount: 2 });
    expect(desk.reasonsOf(key)).toContainEqual(expect.objectContaining({ code: 'route.unassigned' }));
  });

  it('stays with who works there too', () => {
    const desk = aDesk(TWO_TEAMS);
    desk.receive(MONDAY);
    const { key } = desk.receive(MONDAY);
    desk.edit(MONDAY, key, [{ field: 'category', from: null, to: 'billing' }]);
    expect(desk.ticket(key)).toMatchObject({ queue: 'billing', assignee: 'Ben', assignmentCount: 1 });
  });

  it('stays with whom a person chose, wherever it moves', () => {
    const desk = aDesk(TWO_TEAMS);
    const { key } = desk.receive(MONDAY);
    desk.edit(MONDAY, key, [{ field: 'assignee', from: 'Ana', to: 'Ben' }]);
    desk.edit(MONDAY, key, [{ field: 'assignee', from: 'Ben', to: 'Ana' }]);
    desk.edit(MONDAY, key, [{ field: 'category', from: null, to: 'billing' }]);
    expect(desk.ticket(key)).toMatchObject({ queue: 'billing', assignee: 'Ana' });
  });

  it('is routed anew in the queue that a person chose, when the owner does not work there', () => {
    const desk = aDesk(TWO_TEAMS);
    const { key } = desk.receive(MONDAY);
    desk.edit(MONDAY, key, [{ field: 'queue', from: 'support', to: 'billing' }]);
    expect(desk.ticket(key)).toMatchObject({ queue: 'billing', assignee: 'Ben' });
    desk.edit(MONDAY, key, [{ field: 'category', from: null, to: 'technical' }]);
    expect(desk.ticket(key).queue).toBe('billing');
  });

  it('leaves who lacks a skill that it needs now', () => {
    const rules = [aRule({ skills: ['tax'] }, { when: category('billing') })];
    const desk = aDesk({ ...TWO_TEAMS, routing: { ...TWO_TEAMS.routing, rules } });
    const { key } = desk.receive(MONDAY);
    desk.edit(MONDAY, key, [{ field: 'category', from: null, to: 'billing' }]);
    expect(desk.ticket(key)).toMatchObject({ queue: 'support', assignee: 'Ben' });
  });

  it('does not move because the time of a rule has come', () => {
    const calendar = aCalendar(BERLIN, 'Mon-Fri 12:00-17:00', { name: 'afternoon' });
    const when: Condition = { kind: 'in_hours', calendarName: 'afternoon', calendar, inHours: true };
    const desk = aDesk({
      ...TWO_TEAMS,
      routing: { ...TWO_TEAMS.routing, rules: [aRule({ queue: 'billing' }, { when })] },
    });
    const { key } = desk.receive(MONDAY);
    const later = MONDAY.add({ hours: 4 });
    desk.edit(later, key, [{ field: 'priority', from: 'medium', to: 'high' }]);
    expect(desk.ticket(key)).toMatchObject({ queue: 'support', assignee: 'Ana' });
    expect(desk.receive(later).queue).toBe('billing');
  });

  it('goes to somebody else when its owner is no longer on the desk', () => {
    const desk = aDesk(TWO_TEAMS);
    const { key } = desk.receive(MONDAY, { assignee: 'Zoe' });
    expect(desk.ticket(key)).toMatchObject({ assignee: 'Ana' });
  });
});

describe('a rule', () => {
  it('asks for its skills only in its own queue', () => {
    const rules = [
      aRule({ queue: 'support' }, { name: 'Phone', when: { kind: 'is', field: 'channel', values: ['phone'] } }),
      aRule({ queue: 'billing', skills: ['tax'] }, { name: 'Billing', when: category('billing') }),
    ];
    const desk = aDesk({ ...TWO_TEAMS, routing: { ...TWO_TEAMS.routing, rules } });
    expect(desk.receive(MONDAY, { category: 'billing', channel: 'phone' })).toMatchObject({
      queue: 'support',
      assignee: 'Ana',
    });
    expect(desk.receive(MONDAY, { category: 'billing' })).toMatchObject({ queue: 'billing', assignee: 'Ben' });
  });

  it('without a queue asks for its skills everywhere', () => {
    const rules = [aRule({ queue: 'billing' }, { when: category('billing') }), aRule({ skills: ['tax'] })];
    const desk = aDesk({ ...TWO_TEAMS, routing: { ...TWO_TEAMS.routing, rules } });
    const tickets = [desk.receive(MONDAY), desk.receive(MONDAY, { category: 'billing' })];
    expect(tickets.map(({ queue, assignee }) => [queue, assignee])).toEqual([
      ['support', 'Ben'],
      ['billing', 'Ben'],
    ]);
  });
});

describe('the fallback chain', () => {
  const office = aCalendar(BERLIN, 'Mon-Fri 09:00-17:00', { name: 'office' });
  const steps: readonly FallbackStep[] = [
    { waitMinutes: 30, then: { to: 'queue', queue: 'billing' } },
    { waitMinutes: 20, then: { to: 'alert', alert: ['lead@desk.example'] } },
    { waitMinutes: 10, then: { to: 'agent', agent: 'Lea' } },
  ];
  const policy = aPolicy({
    calendars: [office],
    agents: [anAgent({ cap: 0 }), anAgent({ name: 'Cy', cap: 0 }), anAgent({ name: 'Lea' })],
    queues: [
      aQueue({ members: ['Ana'], calendar: 'office', fallback: steps }),
      aQueue({ name: 'billing', members: ['Cy'], calendar: 'office' }),
      REVIEW,
    ],
  });

  it('takes each step after its own wait in the queue’s open minutes', () => {
    const desk = aDesk(policy);
    const { key } = desk.receive(local('2026-11-16T16:50', BERLIN));
    const seen = ['2026-11-17T09:19', '2026-11-17T09:20', '2026-11-17T09:39', '2026-11-17T09:40', '2026-11-17T09:50'];
    const places = seen.map((moment) => {
      desk.passTo(local(moment, BERLIN));
      const { queue, assignee, waiting } = desk.ticket(key);
      return [queue, assignee, waiting?.step ?? null, desk.notices.map(({ notice }) => notice).join()];
    });
    expect(places).toEqual([
      ['support', null, 0, ''],
      ['billing', null, 1, ''],
      ['billing', null, 1, ''],
      ['billing', null, 2, 'unowned'],
      ['billing', 'Lea', null, 'unowned,assigned'],
    ]);
  });

  it('catches up after a long sleep, and tells nobody twice', () => {
    const desk = aDesk(policy);
    const { key } = desk.receive(MONDAY);
    desk.take(MONDAY.add({ hours: 7 }), key, { kind: 'due' });
    expect(desk.ticket(key)).toMatchObject({ queue: 'billing', assignee: 'Lea' });
    expect(desk.notices.map(({ notice }) => notice)).toEqual(['unowned', 'assigned']);
  });

  it('does not take a ticket out of the queue that a person chose', () => {
    const desk = aDesk(policy);
    const { key } = desk.receive(MONDAY);
    desk.edit(MONDAY, key, [{ field: 'queue', from: 'support', to: 'billing' }]);
    desk.edit(MONDAY, key, [{ field: 'queue', from: 'billing', to: 'support' }]);
    desk.passTo(MONDAY.add({ minutes: 30 }));
    expect(desk.ticket(key)).toMatchObject({ queue: 'support', waiting: { step: 1 } });
    expect(desk.reasonsOf(key).at(-1)).toMatchObject({ code: 'route.fallback_skipped', params: { by: 'Lea' } });
  });

  it('begins anew when the ticket belongs elsewhere', () => {
    const desk = aDesk({
      ...policy,
      routing: { ...policy.routing, rules: [aRule({ queue: 'billing' }, { when: category('billing') })] },
    });
    const { key } = desk.receive(MONDAY);
    const later = MONDAY.add({ minutes: 25 });
    desk.edit(later, key, [{ field: 'category', from: null, to: 'billing' }]);
    expect(desk.ticket(key)).toMatchObject({
      queue: 'billing',
      waiting: { queue: 'billing', startedAt: later, step: 0 },
    });
  });

  it('goes on without a clock where people take by hand', () => {
    const desk = aDesk(policy);
    const { key, assignee, waiting } = desk.receive(MONDAY, { needsReview: true });
    expect([assignee, waiting?.queue]).toEqual([null, 'review']);
    desk.edit(MONDAY, key, [{ field: 'assignee', from: null, to: 'Ana' }]);
    expect(desk.ticket(key)).toMatchObject({ queue: 'review', assignee: 'Ana', waiting: null });
  });
});

describe('a waiting ticket', () => {
  it('asks to be woken when the first of those who are off comes back', () => {
    const shift = aCalendar(BERLIN, 'Mon-Fri 13:00-17:00', { name: 'afternoon' });
    const week = { from: MONDAY.subtract({ hours: 1 }), until: local('2026-11-16T12:00', BERLIN) };
    const policy = aPolicy({
      calendars: [shift],
      agents: [
        anAgent({ timeOff: [week, { from: week.until, until: local('2026-11-16T15:00', BERLIN) }] }),
        anAgent({
          name: 'Ben',
          calendar: 'afternoon',
          timeOff: [{ from: MONDAY, until: local('2026-11-17T08:00', BERLIN) }],
        }),
        anAgent({ name: 'Cy', away: true }),
      ],
    });
    const desk = aDesk(policy);
    const { key } = desk.receive(MONDAY);
    desk.passTo(local('2026-11-16T14:59', BERLIN));
    expect(desk.ticket(key).assignee).toBeNull();
    desk.passTo(local('2026-11-16T15:00', BERLIN));
    expect(desk.ticket(key).assignee).toBe('Ana');
  });

  it('waits no more once it is resolved', () => {
    const desk = aDesk(aPolicy({ agents: [anAgent({ cap: 0 })], queues: [aQueue({ members: ['Ana'] }), REVIEW] }));
    const { key } = desk.receive(MONDAY);
    desk.edit(MONDAY, key, [{ field: 'status', from: 'new', to: 'resolved' }]);
    expect(desk.ticket(key)).toMatchObject({ waiting: null, assignee: null, queue: 'support' });
  });

  it('is written down once, not at each look', () => {
    const desk = aDesk(aPolicy({ agents: [anAgent({ cap: 0 })], queues: [aQueue({ members: ['Ana'] }), REVIEW] }));
    const { key } = desk.receive(MONDAY);
    for (let hour = 1; hour < 4; hour++) desk.take(MONDAY.add({ hours: hour }), key, { kind: 'due' });
    expect(desk.reasonsOf(key).map(({ code }) => code)).toEqual(['intake.received', 'route.default', 'route.waiting']);
  });
});
