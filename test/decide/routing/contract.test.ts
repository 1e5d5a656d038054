import { describe, expect, it } from 'vitest';
import type { FallbackStep } from '../../../src/domain/queue.ts';
import { aCalendar, ALWAYS, anAgent, aPolicy, aQueue, aRequester, aRule, at, local } from '../../support/builders.ts';
import { aDesk, type SimulatedDesk } from '../../support/desk-simulator.ts';

/** The test cases RT-1 to RT-16 of the routing contract, as far as the judgement alone can show them. */

const BERLIN = 'Europe/Berlin';
const REVIEW = aQueue({ name: 'review', members: [], method: 'none' });

/** A Monday at nine, and so many minutes later. */
function monday(minutes = 0): Temporal.Instant {
  return local('2026-11-16T09:00', BERLIN).add({ minutes });
}

function assignees(desk: SimulatedDesk): (string | null)[] {
  return desk.tickets().map(({ assignee }) => assignee);
}

function resolve(desk: SimulatedDesk, key: string, moment: Temporal.Instant): void {
  desk.edit(moment, key, [{ field: 'status', from: 'open', to: 'resolved' }]);
}

describe('round robin', () => {
  it('goes on after a restart where it was (RT-1, A-046)', () => {
    let desk = aDesk(aPolicy());
    for (let minute = 0; minute < 2; minute++) desk.receive(monday(minute));
    desk = desk.restart();
    for (let minute = 2; minute < 6; minute++) desk.receive(monday(minute));
    expect(assignees(desk)).toEqual(['Ana', 'Ben', 'Cy', 'Ana', 'Ben', 'Cy']);
  });

  it('skips who is away and takes them in turn when back (RT-2)', () => {
    const desk = aDesk(aPolicy());
    desk.receive(monday(1));
    desk.setAway('Ben', true);
    desk.receive(monday(2));
    desk.receive(monday(3));
    desk.setAway('Ben', false);
    desk.receive(monday(4));
    desk.receive(monday(5));
    expect(assignees(desk)).toEqual(['Ana', 'Cy', 'Ana', 'Ben', 'Cy']);
  });

  it('does not flood who comes back after a week (RT-3)', () => {
    const off = { from: monday(10), until: monday(10).add({ hours: 7 * 24 }) };
    const desk = aDesk(
      aPolicy({
        agents: [anAgent(), anAgent({ name: 'Ben', timeOff: [off] }), anAgent({ name: 'Cy' })],
      }),
    );
    for (let minute = 1; minute <= 3; minute++) desk.receive(monday(minute));
    for (let day = 1; day < 7; day++) desk.receive(monday(day * 24 * 60));
    const back = off.until.add({ minutes: 5 });
    const picked = [0, 1, 2, 3].map((minute) => desk.receive(back.add({ minutes: minute })).assignee);
    expect(picked).toEqual(['Ben', 'Ana', 'Cy', 'Ben']);
  });
});

describe('load', () => {
  function deskOf(loadBy: 'count' | 'percent'): SimulatedDesk {
    const policy = aPolicy({
      agents: [anAgent({ cap: 2 }), anAgent({ name: 'Ben', cap: 10 })],
      queues: [aQueue({ members: ['Ana', 'Ben'], method: 'load', loadBy }), REVIEW],
    });
    const desk = aDesk(policy);
    desk.receive(monday(), { assignee: 'Ana', status: 'open' });
    for (let open = 0; open < 8; open++) desk.receive(monday(open), { assignee: 'Ben', status: 'open' });
    return desk;
  }

  it('compares spare places when told so (RT-4, A-045)', () => {
    expect(deskOf('count').receive(monday(20)).assignee).toBe('Ben');
  });

  it('compares the share that is taken otherwise (RT-4, A-045)', () => {
    expect(deskOf('percent').receive(monday(20)).assignee).toBe('Ana');
  });

  it('counts what was given by hand, and leaves it where it is (RT-11)', () => {
    const desk = aDesk(aPolicy({ queues: [aQueue({ method: 'load' }), REVIEW] }));
    const first = desk.receive(monday(1));
    expect(first.assignee).toBe('Ana');
    desk.edit(monday(2), first.key, [{ field: 'assignee', from: 'Ana', to: 'Ben' }]);
    const second = desk.receive(monday(3));
    const third = desk.receive(monday(4));
    desk.take(monday(5), first.key, { kind: 'due' });
    expect(desk.ticket(first.key).assignee).toBe('Ben');
    expect([second.assignee, third.assignee]).toEqual(['Cy', 'Ana']);
  });
});

describe('caps', () => {
  it('gives a place that frees to the most urgent, and owns the rest by the queue (RT-5, A-048)', () => {
    const agents = ['Ana', 'Ben', 'Cy'].map((name) => anAgent({ name, cap: 1 }));
    const desk = aDesk(aPolicy({ agents }));
    const [, ofBen] = [0, 1, 2].map((minute) => desk.receive(monday(minute - 60)));
    const x = desk.receive(monday(0));
    const y = desk.receive(monday(5), { priority: 'critical' });
    expect([x.assignee, y.assignee]).toEqual([null, null]);
    resolve(desk, ofBen?.key ?? '', monday(10));
    const z = desk.receive(monday(10));
    expect([x, y, z].map(({ key }) => desk.ticket(key).assignee)).toEqual([null, 'Ben', null]);
    expect(desk.ticket(x.key).queue).toBe('support');
    expect(desk.reasonsOf(z.key).find(({ code }) => code === 'route.waiting')?.params).toMatchObject({
      excluded: ['Ana: at cap', 'Ben: at cap', 'Cy: at cap'],
    });
  });

  it('lets a VIP to the head of the queue, and over the cap by one only where allowed (RT-14)', () => {
    function deskWhere(mayExceedCap: boolean): SimulatedDesk {
      const agents = ['Ana', 'Ben', 'Cy'].map((name) => anAgent({ name, cap: 1 }));
      const desk = aDesk(aPolicy({ agents, queues: [aQueue({ mayExceedCap }), REVIEW] }));
      for (let minute = 0; minute < 3; minute++) desk.receive(monday(minute));
      return desk;
    }
    const vip = { requester: aRequester({ account: { vip: true } }) };

    const strict = deskWhere(false);
    const [usual, waiting] = [strict.receive(monday(4), { priority: 'critical' }), strict.receive(monday(5), vip)];
    expect(waiting.assignee).toBeNull();
    resolve(strict, strict.tickets()[2]?.key ?? '', monday(6));
    expect([usual, waiting].map(({ key }) => strict.ticket(key).assignee)).toEqual([null, 'Cy']);

    const generous = deskWhere(true);
    const taken = [5, 6, 7].map((minute) => generous.receive(monday(minute), vip));
    expect(taken.map(({ assignee }) => assignee)).toEqual(['Ana', 'Ben', 'Cy']);
    expect(generous.receive(monday(8), vip).assignee).toBeNull();
    const reason = generous.reasonsOf(taken[0]?.key ?? '').find(({ code }) => code === 'route.assigned');
    expect(reason?.params).toMatchObject({ overCap: true });
  });

  it('picks a ticket that nobody touched for 45 days as soon as there is room (RT-13)', () => {
    const desk = aDesk(aPolicy({ agents: [anAgent({ cap: 1 })], queues: [aQueue({ members: ['Ana'] }), REVIEW] }));
    const first = desk.receive(monday());
    const old = desk.receive(monday(1));
    const later = monday().add({ hours: 45 * 24 });
    desk.passTo(later);
    resolve(desk, first.key, later);
    expect(desk.ticket(old.key).assignee).toBe('Ana');
  });
});

describe('skills', () => {
  it('must have what is a must, prefers what is optional, and says what is missing (RT-6, A-043, A-047)', () => {
    const shift = aCalendar(BERLIN, 'Mon-Fri 13:00-17:00', { name: 'afternoon' });
    const office = aCalendar(BERLIN, 'Mon-Fri 09:00-17:00', { name: 'office' });
    const policy = aPolicy({
      calendars: [office, shift],
      agents: [
        anAgent({ skills: ['billing'] }),
        anAgent({ name: 'Ben', skills: ['billing', 'Spanish'], calendar: 'afternoon' }),
        anAgent({ name: 'Cy', skills: ['Spanish'] }),
      ],
      routing: { rules: [aRule({ skills: ['billing'], preferredSkills: ['Spanish'] })] },
    });
    const desk = aDesk(policy);
    const morning = desk.receive(monday());
    expect(morning.assignee).toBe('Ana');
    const { params } = desk.reasonsOf(morning.key).find(({ code }) => code === 'route.assigned') ?? {};
    expect(params).toMatchObject({
      candidates: ['Ana'],
      excluded: ['Ben: off shift', 'Cy: lacks a skill'],
      method: 'round_robin',
      tieBreak: null,
      unmet: ['Spanish'],
      unmetWhy: 'is on shift',
      rule: 'Failed payment goes to billing',
    });
    const [one, two] = [desk.receive(monday(5 * 60)), desk.receive(monday(5 * 60 + 1))];
    expect([one.assignee, two.assignee]).toEqual(['Ben', 'Ben']);
  });

  it('waits in the queue, then asks the lead, and logs both (RT-7)', () => {
    const wednesdays = aCalendar(BERLIN, 'Wed 09:00-17:00', { name: 'wednesdays' });
    const office = aCalendar(BERLIN, 'Mon-Fri 09:00-17:00', { name: 'office' });
    const lead: FallbackStep = { waitMinutes: 30, then: { to: 'agent', agent: 'Lea' } };
    const policy = aPolicy({
      calendars: [office, wednesdays],
      agents: [
        anAgent({ skills: ['billing'], calendar: 'wednesdays' }),
        anAgent({ name: 'Lea' }),
        anAgent({ name: 'Cy' }),
      ],
      queues: [aQueue({ members: ['Ana', 'Cy'], calendar: 'office', fallback: [lead] }), REVIEW],
      routing: { rules: [aRule({ skills: ['billing'] })] },
    });
    const desk = aDesk(policy);
    const { key } = desk.receive(local('2026-11-16T16:45', BERLIN));
    expect(desk.ticket(key)).toMatchObject({ assignee: null, queue: 'support' });
    desk.passTo(local('2026-11-17T09:14', BERLIN));
    expect(desk.ticket(key).assignee).toBeNull();
    desk.passTo(local('2026-11-17T09:15', BERLIN));
    expect(desk.ticket(key)).toMatchObject({ assignee: 'Lea', waiting: null });
    const codes = desk.reasonsOf(key).map(({ code }) => code);
    expect(codes).toEqual([
      'intake.received',
      'route.default',
      'route.waiting',
      'route.fallback_agent',
      'route.assigned',
      'route.announced',
    ]);
  });

  it('puts what nobody can ever take into the default queue and tells somebody (RT-15)', () => {
    const queues = [
      aQueue({ notify: ['lead@desk.example'] }),
      aQueue({ name: 'legal', members: [] }),
      aQueue({ name: 'billing', members: ['Ana'], notify: ['finance@desk.example'] }),
      REVIEW,
    ];
    const empty = aDesk(aPolicy({ queues, routing: { rules: [aRule({ queue: 'legal' })] } }));
    expect(empty.receive(monday())).toMatchObject({ queue: 'support', assignee: 'Ana' });
    expect(empty.notices[0]).toMatchObject({ notice: 'unowned', to: ['lead@desk.example'] });

    const rules = [aRule({ queue: 'billing', skills: ['law'] })];
    const unskilled = aDesk(aPolicy({ queues, routing: { rules } }));
    const ticket = unskilled.receive(monday());
    expect(ticket).toMatchObject({ queue: 'support', assignee: null });
    unskilled.take(monday(60), ticket.key, { kind: 'due' });
    expect(unskilled.notices.map(({ notice, to }) => [notice, to])).toEqual([
      ['unowned', ['finance@desk.example', 'lead@desk.example']],
    ]);
  });
});

describe('hours', () => {
  it('keeps what comes at night in the queue and gives it out at opening (RT-8, A-044)', () => {
    const desk = aDesk(aPolicy({ queues: [aQueue({ calendar: 'office' }), REVIEW] }));
    const night = local('2026-11-20T22:00', BERLIN);
    const { key, assignee, queue } = desk.receive(night);
    expect({ assignee, queue }).toEqual({ assignee: null, queue: 'support' });
    desk.passTo(local('2026-11-23T08:59', BERLIN));
    expect(desk.ticket(key).assignee).toBeNull();
    desk.passTo(local('2026-11-23T09:00', BERLIN));
    expect(desk.ticket(key).assignee).toBe('Ana');
  });

  it('leaves a reopened ticket with its owner who is off, and flags it (RT-10)', () => {
    const policy = aPolicy({ queues: [aQueue({ calendar: 'office' }), REVIEW] });
    const desk = aDesk(policy);
    const saturday = local('2026-11-21T12:00', BERLIN);
    const { key } = desk.receive(monday());
    resolve(desk, key, monday(60));
    desk.take(saturday, key, { kind: 'replied', by: 'customer', name: 'Greta', text: 'Not yet.', at: saturday });
    expect(desk.ticket(key)).toMatchObject({ status: 'open', assignee: 'Ana', reopenCount: 1 });
    expect(desk.reasonsOf(key).at(-1)).toMatchObject({ code: 'route.kept', params: { agent: 'Ana' } });
  });

  it('gives a reopened ticket to somebody who is here, where the queue says so, also one given by hand (RT-10)', () => {
    const office = aCalendar(BERLIN, 'Mon-Fri 09:00-17:00', { name: 'office' });
    const weekends = aCalendar(BERLIN, 'Sat 09:00-17:00', { name: 'weekends' });
    const policy = aPolicy({
      calendars: [office, weekends],
      agents: [
        anAgent({ calendar: 'office' }),
        anAgent({ name: 'Ben', calendar: 'weekends' }),
        anAgent({ name: 'Cy' }),
      ],
      queues: [aQueue({ members: ['Ana', 'Ben'], whenOwnerIsOff: 'return' }), REVIEW],
    });
    const desk = aDesk(policy);
    const saturday = local('2026-11-21T12:00', BERLIN);
    const { key } = desk.receive(monday());
    desk.edit(monday(1), key, [{ field: 'assignee', from: 'Ana', to: 'Ana' }]);
    resolve(desk, key, monday(60));
    desk.take(saturday, key, { kind: 'replied', by: 'customer', name: 'Greta', text: 'Not yet.', at: saturday });
    expect(desk.ticket(key)).toMatchObject({ status: 'open', assignee: 'Ben', reopenCount: 1 });
    const codes = desk.reasonsOf(key).map(({ code }) => code);
    expect(codes.slice(-3)).toEqual(['route.unassigned', 'route.assigned', 'route.announced']);
  });

  it('flags a reopened ticket whose owner is switched to away (RT-10)', () => {
    const desk = aDesk(aPolicy());
    const { key } = desk.receive(monday());
    resolve(desk, key, monday(60));
    desk.setAway('Ana', true);
    desk.take(monday(90), key, { kind: 'replied', by: 'customer', name: 'Greta', text: 'No.', at: monday(90) });
    expect(desk.ticket(key).assignee).toBe('Ana');
    expect(desk.reasonsOf(key).at(-1)?.code).toBe('route.kept');
  });

  it('goes back to the queue when a person gives it back, and not to the same one again (RT-10)', () => {
    const desk = aDesk(aPolicy({ queues: [aQueue({ method: 'load' }), REVIEW] }));
    const { key } = desk.receive(monday());
    desk.edit(monday(1), key, [{ field: 'assignee', from: 'Ana', to: 'Cy' }]);
    desk.take(monday(2), key, { kind: 'asked', by: 'Cy', at: monday(2), what: 'give_back' });
    expect([desk.ticket(key).assignee, desk.ticket(key).overrides]).toEqual(['Ben', {}]);
    desk.setAway('Ana', true);
    desk.setAway('Cy', true);
    desk.take(monday(3), key, { kind: 'asked', by: 'Ben', at: monday(3), what: 'give_back' });
    expect(desk.ticket(key)).toMatchObject({ assignee: null, queue: 'support', declinedBy: ['Cy', 'Ben'] });
  });

  it('follows the sun, and a must-have skill does not (RT-16, A-041)', () => {
    const calendars = [
      aCalendar('Australia/Sydney', 'Mon-Fri 09:00-17:00', { name: 'Sydney' }),
      aCalendar('Europe/London', 'Mon-Fri 09:00-17:00', { name: 'London' }),
    ];
    const policy = aPolicy({
      calendars,
      agents: [
        anAgent({ name: 'Sam', calendar: 'Sydney' }),
        anAgent({ name: 'Liz', calendar: 'London', skills: ['refunds'] }),
      ],
      queues: [aQueue({ members: ['Sam', 'Liz'], calendar: 'London' }), REVIEW],
      routing: {
        rules: [aRule({ skills: ['refunds'] }, { when: { kind: 'is', field: 'category', values: ['refund'] } })],
      },
    });
    const desk = aDesk(policy);
    const threeUtc = at('2026-11-18T03:00:00Z');
    expect(desk.receive(threeUtc).assignee).toBe('Sam');
    const refund = desk.receive(threeUtc, { category: 'refund' });
    expect(refund).toMatchObject({ assignee: null, queue: 'support' });
    desk.passTo(at('2026-11-18T09:00:00Z'));
    expect(desk.ticket(refund.key).assignee).toBe('Liz');
  });
});

describe('the queue', () => {
  it('comes from the first rule that fits, with its evidence', () => {
    const rules = [
      aRule({ queue: 'billing' }, { name: 'Never', when: { kind: 'not', of: ALWAYS } }),
      aRule({ queue: 'billing' }, { when: { kind: 'is', field: 'category', values: ['billing'] } }),
      aRule({ queue: 'review' }, { name: 'Too late' }),
    ];
    const queues = [aQueue(), aQueue({ name: 'billing', members: ['Cy'] }), REVIEW];
    const desk = aDesk(aPolicy({ queues, routing: { rules } }));
    const ticket = desk.receive(monday(), { category: 'billing' });
    expect(ticket).toMatchObject({ queue: 'billing', assignee: 'Cy' });
    expect(desk.reasonsOf(ticket.key)[1]).toMatchObject({
      code: 'route.rule',
      source: { kind: 'rule', name: 'Failed payment goes to billing' },
      evidence: [{ kind: 'field', name: 'category', value: 'billing' }],
    });
  });

  it('is the review queue while nobody knows what the ticket is about, whatever the rules say (A-033)', () => {
    const queues = [aQueue(), aQueue({ name: 'billing', members: ['Cy'] }), REVIEW];
    const desk = aDesk(aPolicy({ queues, routing: { rules: [aRule({ queue: 'billing' })] } }));
    const ticket = desk.receive(monday(), { needsReview: true });
    expect(ticket).toMatchObject({ queue: 'review', assignee: null });
    const accepted = desk.edit(monday(1), ticket.key, [
      { field: 'category', from: null, to: 'billing' },
      { field: 'needsReview', from: true, to: false },
    ]);
    expect(accepted).toMatchObject({ queue: 'billing', assignee: 'Cy' });
  });
});
