import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import { aCalendar, aQueue, MORNING } from '../../support/builders.ts';
import { aClockedTicket, anSlaPolicy, aTarget, berlin, inBerlin, type Look, slaDesk } from './clocked-ticket.ts';

/** Thursday 10 September 2026. */
const OPENED = '2026-09-10T09:00';

const OFFICE = aCalendar('Europe/Berlin', 'Mon-Fri 09:00-17:00', { name: 'office' });

const STANDARD = slaDesk([anSlaPolicy([aTarget('first_reply', 60), aTarget('total_resolution', 480)])], {
  queues: [
    aQueue({ notify: ['lead@desk.example'] }),
    aQueue({ name: 'review', members: [], method: 'none', notify: [] }),
  ],
});

function standardTicket(ticket: Parameters<typeof aClockedTicket>[0]['ticket'] = {}) {
  return aClockedTicket({ policy: STANDARD, openedAt: OPENED, ticket });
}

function sentences({ reasons }: Look): string[] {
  return reasons.map(sentenceOf);
}

describe('a new ticket', () => {
  it('gets its due times, each with minutes, calendar and policy in the record (A-072)', () => {
    const ticket = standardTicket();
    const look = ticket.receive();
    expect(ticket.ticket).toMatchObject({
      firstResponseDueAt: berlin('2026-09-10T10:00'),
      resolutionDueAt: berlin('2026-09-10T17:00'),
      slaState: 'on_track',
    });
    expect(sentences(look)).toEqual([
      'First reply is due Thu 10 Sep 10:00 (Europe/Berlin): 60 minutes of office (policy Standard).',
      'Resolution is due Thu 10 Sep 17:00 (Europe/Berlin): 480 minutes of office (policy Standard).',
      'On track: first reply is due Thu 10 Sep 10:00 (Europe/Berlin).',
    ]);
    expect(look.reasons[0]).toMatchObject({
      code: 'sla.due_set',
      params: { targetMinutes: 60, calendar: 'office', dueAt: '2026-09-10T08:00:00Z' },
      change: { field: 'firstResponseDueAt', from: null },
      evidence: [{ kind: 'field', name: 'priority', value: 'medium' }],
      source: { kind: 'policy', name: 'Standard' },
    });
  });

  it('is late from the true moment when it reached us late', () => {
    const ticket = standardTicket();
    const look = ticket.receive('2026-09-10T10:30');
    expect(look.codes).toContain('sla.breached');
    expect(ticket.clock('first_reply')).toMatchObject({
      breachedAt: berlin('2026-09-10T10:00'),
      detectedAt: berlin('2026-09-10T10:30'),
    });
  });

  it('has no clock where no policy holds, and none for a priority without minutes', () => {
    const none = aClockedTicket({ policy: slaDesk([]), openedAt: OPENED });
    expect(none.receive()).toMatchObject({ codes: [], effects: [], wakeAt: null });
    const urgentOnly = slaDesk([anSlaPolicy([aTarget('first_reply', 60, { minutes: { critical: 15 } })])]);
    expect(aClockedTicket({ policy: urgentOnly, openedAt: OPENED }).receive().effects).toEqual([]);
  });

  it('says so when its calendar never opens', () => {
    const policy = slaDesk([anSlaPolicy([aTarget('first_reply', 60)])], {
      calendars: [aCalendar('Europe/Berlin', '', { name: 'office' })],
    });
    const ticket = aClockedTicket({ policy, openedAt: OPENED });
    expect(sentences(ticket.receive())[0]).toBe(
      'First reply has no due time: calendar office does not open (policy Standard).',
    );
    expect(ticket.ticket).toMatchObject({ firstResponseDueAt: null, slaState: 'on_track' });
  });

  it.each([
    [['requester_wait', 'agent_work'], '2026-09-10T10:40'],
    [['agent_work'], '2026-09-10T11:20'],
    [['agent_work', 'requester_wait', 'total_resolution'], '2026-09-10T10:00'],
  ] as const)('shows as resolution the time that its policy has: %j', (metrics, due) => {
    const minutes = { total_resolution: 60, requester_wait: 100, agent_work: 140 };
    const policy = slaDesk([anSlaPolicy(metrics.map((metric) => aTarget(metric, minutes[metric])))]);
    const ticket = aClockedTicket({ policy, openedAt: OPENED });
    ticket.receive();
    expect(ticket.ticket.resolutionDueAt).toEqual(berlin(due));
  });
});

describe('the choice of the policy', () => {
  const gold = anSlaPolicy([aTarget('total_resolution', 120, { calendar: null })], {
    name: 'Gold',
    when: { kind: 'is', field: 'category', values: ['billing'] },
  });
  const policy = slaDesk([gold, anSlaPolicy([aTarget('total_resolution', 480)])]);

  it('takes the first that holds, from the top (rule 9)', () => {
    const ticket = aClockedTicket({ policy, openedAt: OPENED, ticket: { category: 'billing' } });
    ticket.receive();
    expect(ticket.clock('total_resolution')?.policy).toBe('Gold');
    const other = aClockedTicket({ policy, openedAt: OPENED });
    other.receive();
    expect(other.clock('total_resolution')?.policy).toBe('Standard');
  });

  it('is made again when the category was wrong, and keeps the minutes counted by the old calendar (A-075, rule 6)', () => {
    const ticket = aClockedTicket({ policy, openedAt: '2026-09-11T16:00' });
    ticket.receive();
    const look = ticket.edit('2026-09-12T10:00', { category: 'billing' });
    expect(look.codes).toEqual(['sla.target_changed']);
    expect(ticket.clock('total_resolution')).toMatchObject({ policy: 'Gold', calendar: null });
    expect(ticket.read('total_resolution', '2026-09-12T10:30')).toEqual({
      state: 'running',
      due: '2026-09-12T11:00',
      minutes: 90,
    });
    expect(look.reasons[0]?.evidence).toEqual([
      { kind: 'field', name: 'category', value: 'billing' },
      { kind: 'field', name: 'priority', value: 'medium' },
    ]);
  });

  it('is not made again for a first reply that is still owed on a solved ticket', () => {
    const ticket = standardTicket();
    ticket.receive();
    ticket.edit('2026-09-10T09:30', { status: 'resolved' });
    ticket.use(slaDesk([]));
    expect(ticket.wake('2026-09-10T09:40').effects).toEqual([]);
    expect(ticket.wake('2026-09-10T10:00').codes).toContain('sla.breached');
  });

  it('is not made again for what is solved', () => {
    const ticket = aClockedTicket({ policy, openedAt: OPENED });
    ticket.receive();
    ticket.edit('2026-09-10T10:00', { status: 'resolved' });
    expect(ticket.edit('2026-09-10T11:00', { category: 'billing' }).effects.filter(isClock)).toEqual([]);
    ticket.edit('2026-09-10T12:00', { status: 'open' });
    expect(ticket.clock('total_resolution')?.policy).toBe('Gold');
  });
});

describe('a new target', () => {
  const byPriority = { low: 960, medium: 480, high: 240, critical: 60 };
  const policy = slaDesk([anSlaPolicy([aTarget('total_resolution', 0, { minutes: byPriority })])]);
  const opened = () => {
    const ticket = aClockedTicket({ policy, openedAt: OPENED });
    ticket.receive();
    return ticket;
  };

  it('keeps the minutes counted (A-067, rule 6)', () => {
    const ticket = opened();
    const look = ticket.edit('2026-09-10T10:00', { priority: 'high' });
    expect(sentences(look)).toEqual([
      'Resolution is due Thu 10 Sep 13:00 (Europe/Berlin): 240 minutes of office instead of 480, ' +
        '60 counted so far (policy Standard).',
    ]);
    expect(ticket.ticket.resolutionDueAt).toEqual(berlin('2026-09-10T13:00'));
    expect(look.reasons[0]?.change).toMatchObject({ field: 'resolutionDueAt', from: berlin('2026-09-10T17:00') });
  });

  it('is broken at the moment of the change when the minutes are gone, and says so (rule 6)', () => {
    const ticket = opened();
    const look = ticket.edit('2026-09-10T12:00', { priority: 'critical' }, '2026-09-10T12:01');
    expect(look.codes).toEqual(['sla.target_changed', 'sla.warning_superseded', 'sla.target_tightened', 'sla.state']);
    expect(sentences(look)[2]).toBe(
      'Resolution overdue since Thu 10 Sep 12:00 (Europe/Berlin): target tightened from 480 to 60 minutes of office, ' +
        '181 were used; nobody is named to be told.',
    );
    expect(ticket.clock('total_resolution')?.breachedAt).toEqual(berlin('2026-09-10T12:00'));
    expect(ticket.ticket.slaState).toBe('breached');
  });

  it('that is looser moves the due time but not a breach that was (rule 6)', () => {
    const ticket = opened();
    ticket.wake('2026-09-10T17:00');
    ticket.edit('2026-09-11T09:00', { priority: 'low' });
    expect(ticket.ticket).toMatchObject({ resolutionDueAt: berlin('2026-09-11T17:00'), slaState: 'breached' });
    expect(ticket.clock('total_resolution')?.breachedAt).toEqual(berlin('2026-09-10T17:00'));
    expect(ticket.wake('2026-09-11T18:00').notices).toEqual([]);
  });

  it('that comes where there was none is not broken before it was promised', () => {
    const onlyHigh = slaDesk([anSlaPolicy([aTarget('total_resolution', 0, { minutes: { high: 60 } })])]);
    const ticket = aClockedTicket({ policy: onlyHigh, openedAt: OPENED });
    ticket.receive();
    ticket.edit('2026-09-10T12:00', { priority: 'high' });
    expect(ticket.clock('total_resolution')?.breachedAt).toEqual(berlin('2026-09-10T12:00'));
    expect(ticket.read('total_resolution', '2026-09-10T12:00')).toMatchObject({ minutes: 180 });
  });

  it('that goes away takes the clock out of sight; when it comes back the clock counts on', () => {
    const noLow = slaDesk([anSlaPolicy([aTarget('total_resolution', 0, { minutes: { medium: 480, high: 480 } })])]);
    const ticket = aClockedTicket({ policy: noLow, openedAt: OPENED });
    ticket.receive();
    const look = ticket.edit('2026-09-10T10:00', { priority: 'low' });
    expect(look.codes).toEqual(['sla.dropped', 'sla.none']);
    expect(ticket.ticket).toMatchObject({ resolutionDueAt: null, slaState: 'none' });
    expect(look.wakeAt).toBeNull();
    ticket.edit('2026-09-10T12:00', { priority: 'high' });
    expect(ticket.ticket).toMatchObject({ resolutionDueAt: berlin('2026-09-11T11:00'), slaState: 'on_track' });
  });
});

describe('a pause', () => {
  const policy = slaDesk([anSlaPolicy([aTarget('requester_wait', 480)])]);

  it('empties the due time and says what is left; the end of it sets it again', () => {
    const ticket = aClockedTicket({ policy, openedAt: OPENED });
    ticket.receive();
    const paused = ticket.edit('2026-09-10T10:00', { status: 'pending' });
    expect(ticket.ticket).toMatchObject({ resolutionDueAt: null, slaState: 'paused' });
    expect(sentences(paused)).toEqual([
      'Resolution (waiting time) stands still while the ticket is pending: 420 left of 480 minutes of office.',
      'The clocks stand still while the ticket is pending.',
    ]);
    expect(paused.wakeAt).toBeNull();
    const resumed = ticket.edit('2026-09-11T10:00', { status: 'open' });
    expect(resumed.codes).toEqual(['sla.resumed', 'sla.state']);
    expect(ticket.ticket).toMatchObject({ resolutionDueAt: berlin('2026-09-14T09:00'), slaState: 'on_track' });
  });

  it('leaves the due time where it was when the minutes are used up (rule 7)', () => {
    const ticket = aClockedTicket({ policy, openedAt: OPENED });
    ticket.receive();
    ticket.wake('2026-09-10T17:00');
    ticket.edit('2026-09-11T10:00', { status: 'pending' });
    expect(ticket.ticket).toMatchObject({ resolutionDueAt: berlin('2026-09-10T17:00'), slaState: 'breached' });
  });
});

describe('warning and breach', () => {
  it('come in this order, once each, to the assignee (A-073, rule 12)', () => {
    const ticket = standardTicket({ assignee: 'Ana' });
    const { wakeAt } = ticket.receive();
    expect(wakeAt && inBerlin(wakeAt)).toBe('2026-09-10T09:48');
    const warning = ticket.wake('2026-09-10T09:48');
    expect(warning.notices).toEqual([
      {
        kind: 'notify',
        key: `sla_warning:${ticket.ticket.key}:first_reply:1`,
        notice: 'sla_warning',
        to: ['Ana'],
        params: {
          Clock: 'First reply',
          Target: '60 minutes, office',
          Counted: '48 minutes',
          Due: 'Thu 10 Sep 10:00 (Europe/Berlin)',
          Policy: 'Standard',
        },
      },
    ]);
    expect(ticket.ticket.slaState).toBe('warning');
    expect(warning.wakeAt && inBerlin(warning.wakeAt)).toBe('2026-09-10T10:00');
    expect(ticket.wake('2026-09-10T09:55').effects).toEqual([]);
    const breach = ticket.wake('2026-09-10T10:03');
    expect(breach.notices).toMatchObject([
      { key: `sla_breach:${ticket.ticket.key}:first_reply:1`, notice: 'sla_breach', to: ['Ana'] },
    ]);
    expect(ticket.clock('first_reply')).toMatchObject({
      breachedAt: berlin('2026-09-10T10:00'),
      detectedAt: berlin('2026-09-10T10:03'),
      warnedAt: berlin('2026-09-10T09:48'),
    });
    expect(ticket.ticket.slaState).toBe('breached');
    expect(ticket.wake('2026-09-10T10:04').effects).toEqual([]);
  });

  it('go to those whom the queue names while nobody owns the ticket', () => {
    const ticket = standardTicket();
    ticket.receive();
    expect(ticket.wake('2026-09-10T09:50').notices).toMatchObject([{ to: ['lead@desk.example'] }]);
  });

  it('are recorded once even when nobody is to be told', () => {
    const ticket = standardTicket({ queue: 'review' });
    ticket.receive();
    const look = ticket.wake('2026-09-10T09:50');
    expect(look.notices).toEqual([]);
    expect(sentences(look)[0]).toBe(
      'First reply is due Thu 10 Sep 10:00 (Europe/Berlin): 50 of 60 minutes of office are used; ' +
        'nobody is named to be told.',
    );
    expect(ticket.wake('2026-09-10T09:51').effects).toEqual([]);
  });

  it('become the breach alone for who looks too late to warn', () => {
    const ticket = standardTicket();
    ticket.receive();
    const look = ticket.wake('2026-09-10T11:00');
    expect(look.notices.map(({ notice }) => notice)).toEqual(['sla_breach']);
    expect(look.codes).toEqual(['sla.warning_superseded', 'sla.breached', 'sla.state']);
    expect(ticket.clock('first_reply')?.warnedAt).toBeNull();
  });

  it('are still told of a breach that is seen only when the answer comes', () => {
    const ticket = standardTicket();
    ticket.receive();
    const look = ticket.agentWrites('2026-09-10T10:20');
    expect(look.codes).toEqual(['sla.missed', 'sla.warning_superseded', 'sla.breached']);
    expect(sentences(look)[0]).toBe(
      'First reply late: 80 minutes, where 60 minutes of office were promised (policy Standard).',
    );
  });

  it('do not come for what is done', () => {
    const ticket = standardTicket();
    ticket.receive();
    expect(sentences(ticket.agentWrites('2026-09-10T09:45'))[0]).toBe(
      'First reply in time: 45 of 60 minutes of office.',
    );
    expect(ticket.wake('2026-09-10T10:30').effects).toEqual([]);
  });

  it('come without a warning where its share is the whole', () => {
    const policy = slaDesk([anSlaPolicy([aTarget('first_reply', 60, { warnShare: 1 })])]);
    const ticket = aClockedTicket({ policy, openedAt: OPENED });
    expect(inBerlin(ticket.receive().wakeAt ?? MORNING)).toBe('2026-09-10T10:00');
    expect(ticket.wake('2026-09-10T10:00').codes).toEqual(['sla.breached', 'sla.state']);
  });

  it('are taken back when news of an answer in time reaches us late, and only then', () => {
    const ticket = standardTicket();
    ticket.receive();
    ticket.wake('2026-09-10T10:01');
    const look = ticket.agentWrites('2026-09-10T09:58', '2026-09-10T10:02');
    expect(look.codes).toEqual(['sla.breach_taken_back', 'sla.met', 'sla.state']);
    expect(ticket.clock('first_reply')).toMatchObject({ breachedAt: null, detectedAt: null });
    expect(ticket.ticket.slaState).toBe('on_track');
  });
});

describe('the state of the ticket', () => {
  it('is that of the most urgent clock, and at the end how the last one ended', () => {
    const ticket = standardTicket();
    ticket.receive();
    ticket.wake('2026-09-10T09:50');
    expect(ticket.ticket.slaState).toBe('warning');
    ticket.agentWrites('2026-09-10T09:55');
    expect(ticket.ticket.slaState).toBe('on_track');
    ticket.edit('2026-09-10T12:00', { status: 'resolved' });
    expect(ticket.ticket.slaState).toBe('met');
  });

  it('stays breached when what ended last was late', () => {
    const ticket = standardTicket();
    ticket.receive();
    ticket.agentWrites('2026-09-10T09:30');
    ticket.edit('2026-09-11T12:00', { status: 'resolved' });
    expect(ticket.ticket.slaState).toBe('breached');
  });
});

describe('clocks that end together', () => {
  it('leave the ticket breached when one of them was late', () => {
    const policy = slaDesk([anSlaPolicy([aTarget('requester_wait', 480), aTarget('total_resolution', 60)])]);
    const ticket = aClockedTicket({ policy, openedAt: OPENED });
    ticket.receive();
    ticket.edit('2026-09-10T12:00', { status: 'resolved' });
    expect(ticket.clock('requester_wait')?.breachedAt).toBeNull();
    expect(ticket.ticket.slaState).toBe('breached');
  });
});

describe('an edited config', () => {
  const closedOnFriday = { calendars: [aCalendar('Europe/Berlin', 'Mon-Thu 09:00-17:00', { name: 'office' })] };

  it('moves the due times of open tickets, with one record each (rule 10)', () => {
    const targets = [aTarget('first_reply', 600), aTarget('total_resolution', 700)];
    const ticket = aClockedTicket({ policy: slaDesk([anSlaPolicy(targets)]), openedAt: OPENED });
    ticket.receive();
    ticket.use(slaDesk([anSlaPolicy(targets)], closedOnFriday));
    const look = ticket.wake('2026-09-10T12:00');
    expect(look.codes).toEqual(['sla.due_moved', 'sla.due_moved']);
    expect(sentences(look)[0]).toBe(
      'First reply is due Mon 14 Sep 11:00 (Europe/Berlin) instead of Fri 11 Sep 11:00 (Europe/Berlin): ' +
        'the rules were edited, and 600 minutes of office counted anew.',
    );
    expect(ticket.wake('2026-09-10T12:01').effects).toEqual([]);
  });

  it('records a moved due time that no field shows', () => {
    const targets = [aTarget('agent_work', 600), aTarget('total_resolution', 60)];
    const ticket = aClockedTicket({ policy: slaDesk([anSlaPolicy(targets)]), openedAt: OPENED });
    ticket.receive();
    ticket.use(slaDesk([anSlaPolicy(targets)], closedOnFriday));
    expect(ticket.wake('2026-09-10T09:10').reasons).toMatchObject([{ code: 'sla.due_moved', change: null }]);
  });

  it('re-targets open tickets when a policy has other minutes now', () => {
    const ticket = standardTicket();
    ticket.receive();
    ticket.use(slaDesk([anSlaPolicy([aTarget('first_reply', 30), aTarget('total_resolution', 480)])]));
    ticket.wake('2026-09-10T09:20');
    expect(ticket.ticket.firstResponseDueAt).toEqual(berlin('2026-09-10T09:30'));
  });

  it('counts the whole log anew when the same policy names another calendar', () => {
    const at = (calendar: string | null) => slaDesk([anSlaPolicy([aTarget('total_resolution', 600, { calendar })])]);
    const ticket = aClockedTicket({ policy: at('office'), openedAt: '2026-09-10T16:00' });
    ticket.receive();
    ticket.use(at(null));
    expect(ticket.wake('2026-09-10T18:00').codes).toEqual(['sla.due_moved']);
    expect(ticket.ticket.resolutionDueAt).toEqual(berlin('2026-09-11T02:00'));
  });

  it('leaves what is done as it was, also after a reopening (rule 10)', () => {
    const targets = [aTarget('first_reply', 600), aTarget('total_resolution', 700)];
    const ticket = aClockedTicket({ policy: slaDesk([anSlaPolicy(targets)]), openedAt: OPENED });
    ticket.receive();
    ticket.agentWrites('2026-09-11T10:00');
    ticket.edit('2026-09-11T10:20', { status: 'resolved' });
    const before = ticket.ticket;
    ticket.use(slaDesk([anSlaPolicy(targets)], closedOnFriday));
    expect(ticket.wake('2026-09-11T12:00').effects).toEqual([]);
    expect(ticket.ticket).toEqual(before);
    ticket.edit('2026-09-14T09:00', { status: 'open' });
    expect(ticket.read('total_resolution', '2026-09-14T09:10')).toMatchObject({ minutes: 480 + 80 + 10 });
    expect(ticket.ticket.firstResponseDueAt).toEqual(before.firstResponseDueAt);
  });

  it('never clears a breach that was (rule 5)', () => {
    const ticket = standardTicket();
    ticket.receive();
    ticket.wake('2026-09-10T10:00');
    ticket.use({ ...STANDARD, calendars: { office: { ...OFFICE, holidays: new Set(['2026-09-10']) } } });
    ticket.wake('2026-09-10T10:30');
    expect(ticket.clock('first_reply')?.breachedAt).toEqual(berlin('2026-09-10T10:00'));
    expect(ticket.ticket.slaState).toBe('breached');
  });

  it('breaks nothing when it no longer has the calendar of an old clock', () => {
    const ticket = standardTicket();
    ticket.receive();
    ticket.use({ ...slaDesk([]), calendars: {} });
    expect(ticket.wake('2026-09-10T09:30').codes).toEqual(['sla.dropped', 'sla.dropped', 'sla.none']);
  });
});

function isClock({ kind }: { kind: string }): boolean {
  return kind === 'clock';
}
