import { describe, expect, it } from 'vitest';
import type { HandoffContract } from '../../../src/decide/policy.ts';
import { turnSentence } from '../../../src/domain/sentence.ts';
import { isOpen, type Ticket } from '../../../src/domain/ticket.ts';
import { aContract, aRequester, at, MORNING } from '../../support/builders.ts';
import { anSlaPolicy, aTarget } from '../sla/clocked-ticket.ts';
import { aCase, aDeskOfThree, LATER, WITH_BEN } from './handed-ticket.ts';

/** Billing hands to technical, and technical is asked. */
const ASKED = aContract({ name: 'Billing to technical', from: ['billing'], to: ['technical'] });

const AGREED = { from: 'billing', to: 'technical' };

/** A Friday, two hours before MORNING, in the office of Berlin: 16:00 there is an hour before it closes. */
const LATE_FRIDAY = at('2026-11-20T15:00:00Z');

function under(contract: Partial<HandoffContract>, start: Partial<Ticket> = WITH_BEN) {
  return aCase(start, aDeskOfThree({ routing: { handoffs: [{ ...ASKED, ...contract }] } }));
}

describe('what must be there before', () => {
  const NEEDS = ['severity', 'fields.order_number', 'row.Log file', 'tags', 'reason'];

  it('holds the hand-off, and one sentence says what is missing (A-051)', () => {
    const { ticket, reasons, notices } = under({ needs: NEEDS }).handOff({ reason: null });
    expect(ticket).toMatchObject({ queue: 'billing', assignee: 'Ben', handoff: { state: 'held', missing: NEEDS } });
    expect(turnSentence(reasons)).toBe(
      'Not with technical yet: they need severity, order number, Log file and 2 more first. It goes on by itself when that is there.',
    );
    expect(notices).toEqual([]);
  });

  it('lets it go on by itself once all of it is there, however it came (A-051)', () => {
    const ticket = under({ needs: ['severity', 'row.Log file', 'reason'] });
    ticket.handOff({ reason: null });
    expect(ticket.edit({ severity: 'high' }).said).toEqual([
      'Not with technical yet: they need Log file and a reason first. It goes on by itself when that is there.',
    ]);
    ticket.look({ kind: 'edited', by: 'Ben', at: LATER, changes: [], row: { 'log file': 'trace.txt' } }, LATER);
    const last = ticket.handOff({ to: null, key: 'k2' }, {}, LATER);
    expect(last.codes).toContain('handoff.asked');
    expect(last.ticket).toMatchObject({ queue: 'billing', handoff: { state: 'asked', instance: 1, missing: [] } });
  });

  it('is looked at once more when somebody asks again', () => {
    const ticket = under({ needs: ['severity'], transfer: 'at_once' });
    ticket.handOff({});
    const again = ticket.handOff({ key: 'k2', reason: 'now' }, { severity: 'low' }, LATER);
    expect(again.ticket).toMatchObject({
      queue: 'technical',
      handoff: { instance: 1, reason: 'now', state: 'accepted' },
    });
  });

  it('counts an internal note, and one that stands in the row', () => {
    const ticket = under({ needs: ['note'] });
    expect(ticket.handOff({}).ticket.handoff?.state).toBe('held');
    ticket.learn({ internalNotes: 1 });
    expect(ticket.wake(LATER).ticket.handoff?.state).toBe('asked');
    const inRow = under({ needs: ['note'] }, { ...WITH_BEN, row: { 'internal notes': true } });
    expect(inRow.handOff({}).ticket.handoff?.state).toBe('asked');
  });

  it('is said once, and whoever asked is reminded once while it is held', () => {
    const ticket = under({ needs: ['severity'], remindMinutes: 60 });
    expect(ticket.handOff({}).wakeAt).toEqual(MORNING.add({ minutes: 60 }));
    expect(ticket.wake(LATER).said).toEqual([]);
    const reminded = ticket.wake(MORNING.add({ minutes: 60 }));
    expect(reminded.said).toEqual(['Still not with technical: they need severity first.']);
    expect(reminded.notices).toEqual([['handoff_reminder', ['Ben', 'Ana']]]);
    expect(ticket.wake(MORNING.add({ minutes: 90 }))).toMatchObject({ said: [], notices: [], wakeAt: null });
  });
});

describe('whoever has the ticket meanwhile', () => {
  it('is the one who gives it away, whoever had it when that was asked', () => {
    const ticket = under({});
    ticket.handOff({});
    ticket.edit({ assignee: 'Ana' }, { by: 'Ben' });
    const { notices, ticket: after } = ticket.answer({});
    expect(notices[0]).toEqual(['handoff_answered', ['Ana']]);
    expect(after.handoff).toMatchObject({ assignee: 'Ana', followers: ['Ana'] });
  });

  it('is reminded of the answer, too, when there was a reminder while it was held', () => {
    const ticket = under({ needs: ['severity'], remindMinutes: 60 });
    ticket.handOff({});
    const keys = [60, 180].map((minutes) => {
      const { effects } = ticket.wake(MORNING.add({ minutes }));
      ticket.edit({ severity: 'high' }, {}, MORNING.add({ minutes: 120 }));
      return effects.flatMap((effect) => (effect.kind === 'notify' ? [effect.key.split(':').slice(2)] : []));
    });
    expect(keys).toEqual([[['1', 'held']], [['1']]]);
  });
});

describe('asking whether the other queue takes it', () => {
  it('leaves the ticket where it is, with its owner, and tells both sides once (A-053)', () => {
    const { ticket, reasons, notices, wakeAt } = under({}).handOff({});
    expect(ticket).toMatchObject({ queue: 'billing', assignee: 'Ben', handoff: { ...AGREED, state: 'asked' } });
    expect(turnSentence(reasons)).toBe('Ana asks technical to take it from billing: needs a log file.');
    expect(notices).toEqual([['handoff_asked', ['Ben', 'Cy']]]);
    expect(wakeAt).toEqual(MORNING.add({ minutes: 240 }));
  });

  it('moves it when they accept, and whoever answered is in the trail (A-050, A-053)', () => {
    const ticket = under({});
    ticket.handOff({});
    const { ticket: after, reasons, notices } = ticket.answer({});
    expect(after).toMatchObject({ queue: 'technical', assignee: 'Cy', overrides: { queue: { by: 'Cy' } } });
    expect(after.handoff).toMatchObject({ state: 'accepted', answeredBy: 'Cy', endedAt: LATER, code: null });
    expect(turnSentence(reasons)).toBe('Cy accepted it; Ana handed it from billing to technical: needs a log file.');
    expect(reasons[0]).toMatchObject({
      params: {
        ...AGREED,
        by: 'Cy',
        handedBy: 'Ana',
        at: MORNING.toString(),
        contract: 'Billing to technical',
        key: 'a1',
      },
      change: { field: 'queue', from: 'billing', to: 'technical' },
    });
    expect(notices).toEqual([
      ['handoff_answered', ['Ben', 'Ana']],
      ['assigned', ['Cy']],
    ]);
  });

  it('gives it to whoever accepts it and names somebody in the same go', () => {
    const ticket = under({});
    ticket.handOff({});
    expect(ticket.answer({}, LATER, { assignee: 'Ana' }).ticket).toMatchObject({ queue: 'technical', assignee: 'Ana' });
  });

  it('returns it with a code when they reject it, and both sides hear of it (A-050, A-053)', () => {
    const ticket = under({});
    ticket.handOff({});
    const { ticket: after, reasons, notices } = ticket.answer({ accepts: false, code: 'more_information' });
    expect(after).toMatchObject({ queue: 'billing', assignee: 'Ben' });
    expect(after.handoff).toMatchObject({ state: 'rejected', code: 'more_information', answeredBy: 'Cy' });
    expect(turnSentence(reasons)).toBe('Cy rejected it for technical (more information); it stays with Ben.');
    expect(notices).toEqual([['handoff_answered', ['Ben', 'Ana']]]);
    expect(ticket.wake(MORNING.add({ hours: 9 }))).toMatchObject({ codes: [], wakeAt: null });
  });

  it.each([
    [
      'a code that the contract does not have',
      'too_hard',
      '“too_hard” is no reason to reject it here: it can be not ours or more information.',
    ],
    ['no code', null, 'Say why: it can be not ours or more information.'],
  ])('takes no rejection with %s', (_, code, sentence) => {
    const ticket = under({});
    ticket.handOff({});
    const { ticket: after, reasons } = ticket.answer({ accepts: false, code });
    expect([after.handoff?.state, turnSentence(reasons)]).toEqual(['asked', sentence]);
  });

  it('reminds both sides once, then it is back with the sender, and both hear of that (A-053)', () => {
    const ticket = under({ remindMinutes: 120 });
    ticket.handOff({});
    const reminded = ticket.wake(MORNING.add({ minutes: 120 }));
    expect(reminded.notices).toEqual([['handoff_reminder', ['Ben', 'Ana', 'Cy']]]);
    expect(reminded.wakeAt).toEqual(MORNING.add({ minutes: 240 }));
    const over = ticket.wake(MORNING.add({ minutes: 240 }));
    expect(over.ticket).toMatchObject({
      queue: 'billing',
      assignee: 'Ben',
      handoff: { state: 'returned', code: 'no_answer' },
    });
    expect(turnSentence(over.reasons)).toBe('technical gave no answer in 240 minutes; it stays with Ben.');
    expect(over.notices).toEqual([['handoff_returned', ['Ben', 'Ana', 'Cy']]]);
    expect(ticket.wake(MORNING.add({ minutes: 300 }))).toMatchObject({ notices: [], said: [], wakeAt: null });
  });

  it('counts the open hours of the contract, and says nothing of a reminder that nobody saw in time', () => {
    const ticket = under({ calendar: 'office', answerMinutes: 120, remindMinutes: 30 });
    ticket.handOff({}, {}, LATE_FRIDAY);
    const monday = ticket.wake(at('2026-11-23T09:00:00Z'));
    expect(monday.notices).toEqual([['handoff_returned', ['Ben', 'Ana', 'Cy']]]);
    expect(monday.said).toEqual(['technical gave no answer in 120 minutes of office; it stays with Ben.']);
  });

  it('is over with the answer: a second one finds nothing to answer', () => {
    const ticket = under({});
    ticket.handOff({});
    ticket.answer({});
    expect(ticket.answer({ key: 'a2' }).said).toEqual(['Nothing to answer: no hand-off waits for acceptance here.']);
    expect(under({ needs: ['severity'] }).answer({}).said).toEqual([
      'Nothing to answer: no hand-off waits for acceptance here.',
    ]);
  });

  it('keeps the ticket in its queue meanwhile, whatever rules say of a new category', () => {
    const ticket = under({}, { ...WITH_BEN, queue: 'technical', assignee: 'Cy', handoff: null });
    expect(ticket.handOff({ to: 'billing' }).ticket.queue).toBe('billing');
    const asked = under({ from: ['review'] }, { ...WITH_BEN, queue: 'review', assignee: null });
    expect(asked.handOff({}).ticket).toMatchObject({ queue: 'review', handoff: { state: 'asked' } });
  });
});

describe('a hand-off that waits', () => {
  it.each<[string, Parameters<ReturnType<typeof under>['edit']>[0], string]>([
    [
      'the ticket is resolved',
      { status: 'resolved' },
      'The hand-off to technical came to nothing, because the ticket is done.',
    ],
    [
      'somebody moves it elsewhere',
      { queue: 'review' },
      'The hand-off to technical came to nothing, because it is in review now.',
    ],
  ])('comes to nothing when %s, and those who were asked hear of it', (_, changes, sentence) => {
    const ticket = under({});
    ticket.handOff({});
    const { ticket: after, said, notices } = ticket.edit(changes, { by: 'Ben' }, LATER);
    expect(after.handoff?.state).toBe('withdrawn');
    expect(said).toEqual([sentence]);
    expect(notices[0]).toEqual(['handoff_returned', ['Ben', 'Ana', 'Cy']]);
  });

  it('is taken back by choosing the queue where it is', () => {
    const ticket = under({});
    ticket.handOff({});
    const { reasons, notices } = ticket.handOff({ to: 'billing', key: 'k2' }, {}, LATER);
    expect(turnSentence(reasons)).toBe('Ana took the hand-off to technical back; it stays with Ben.');
    expect(notices).toEqual([['handoff_returned', ['Ben', 'Cy']]]);
  });

  it('gives way to another, and is not asked for twice', () => {
    const ticket = under({});
    ticket.handOff({});
    expect(ticket.handOff({ key: 'k2' }).said).toEqual(['Not handed off once more: technical was asked already.']);
    const other = ticket.handOff({ to: 'review', key: 'k3' }, {}, LATER);
    expect(other.codes.slice(0, 2)).toEqual(['handoff.withdrawn', 'handoff.moved']);
    expect(other.ticket).toMatchObject({ queue: 'review', handoff: { instance: 2, state: 'accepted' } });
  });

  it('follows a contract that was edited meanwhile', () => {
    const ticket = under({});
    ticket.handOff({});
    ticket.use(aDeskOfThree());
    expect(ticket.wake(LATER).ticket).toMatchObject({ queue: 'technical', assignee: 'Cy' });
  });
});

describe('the clock of an answer', () => {
  it('runs from the asking to the answer, in the hours of the contract, and stops for nothing else (A-053)', () => {
    const ticket = under({ calendar: 'office', answerMinutes: 120 });
    ticket.handOff({}, {}, LATE_FRIDAY);
    ticket.edit({ status: 'pending' }, {}, LATE_FRIDAY.add({ minutes: 5 }));
    expect(ticket.ticket.clocks).toMatchObject([
      { metric: 'handoff_accept', instance: 1, policy: 'Billing to technical', dueAt: at('2026-11-23T09:00:00Z') },
    ]);
    ticket.answer({}, at('2026-11-23T08:30:00Z'));
    expect(ticket.ticket.clocks[0]?.events.map(({ type }) => type)).toEqual(['start', 'stop']);
    expect(ticket.ticket.clocks[0]).toMatchObject({ breachedAt: null });
  });

  it('is breached by silence, without a word beyond the hand-off’s own, and is no promise to the requester', () => {
    const ticket = under({});
    ticket.handOff({});
    const { codes, ticket: after } = ticket.wake(MORNING.add({ minutes: 240 }));
    expect(codes).not.toContain('sla.breached');
    expect(after.clocks[0]).toMatchObject({ breachedAt: MORNING.add({ minutes: 240 }) });
    expect(after.slaState).toBe('none');
  });

  it('begins anew with the next asking', () => {
    const ticket = under({});
    ticket.handOff({});
    ticket.handOff({ to: 'billing', key: 'k2' }, {}, LATER);
    ticket.handOff({ key: 'k3' }, {}, LATER.add({ minutes: 1 }));
    expect(ticket.ticket.clocks.map(({ instance, dueAt }) => [instance, dueAt?.toString()])).toEqual([
      [1, '2026-11-20T14:00:00Z'],
      [2, '2026-11-20T14:04:00Z'],
    ]);
  });
});

describe('transfer and collaboration', () => {
  const POLICIES = [
    anSlaPolicy([aTarget('first_reply', 60, { calendar: null })], {
      name: 'Billing',
      when: { kind: 'is', field: 'queue', values: ['billing'] },
    }),
    anSlaPolicy([aTarget('first_reply', 240, { calendar: null })], { name: 'Others' }),
  ];

  function handed(transfer: HandoffContract['transfer']) {
    const routing = { handoffs: [{ ...ASKED, transfer }] };
    const ticket = aCase(WITH_BEN, aDeskOfThree({ routing, sla: { policies: POLICIES } }));
    ticket.wake(MORNING);
    return ticket.handOff({});
  }

  it('differ in owner and clocks: a transfer gives both away, a collaboration neither (A-052)', () => {
    const due = (minutes: number) => ({ firstResponseDueAt: MORNING.add({ minutes }) });
    expect(handed('at_once').ticket).toMatchObject({
      queue: 'technical',
      assignee: 'Cy',
      collaborators: [],
      ...due(240),
    });
    const helped = handed('collaborate');
    expect(helped.ticket).toMatchObject({
      queue: 'billing',
      assignee: 'Ben',
      collaborators: ['technical'],
      ...due(60),
    });
    expect(turnSentence(helped.reasons)).toBe('Ana asks technical to help billing: needs a log file.');
    expect(helped.notices).toEqual([['handoff_asked', ['Ben', 'Cy']]]);
  });

  it('ends a collaboration when somebody takes the queue out, or when the queue gets the ticket', () => {
    const ticket = under({ transfer: 'collaborate' });
    ticket.handOff({});
    expect(ticket.handOff({ key: 'k2' }).said).toEqual(['Not handed off once more: technical was asked already.']);
    expect(ticket.edit({ collaborators: [] }).ticket).toMatchObject({ collaborators: [], overrides: {} });
    ticket.handOff({ key: 'k3' });
    ticket.use(aDeskOfThree());
    ticket.edit({ collaborators: ['technical', 'review'] });
    expect(ticket.edit({ collaborators: ['nobody'] }).codes).toContain('edit.refused');
    const moved = ticket.handOff({ to: 'review', key: 'k4' });
    expect(moved.ticket).toMatchObject({ queue: 'review', collaborators: ['technical'] });
  });
});

describe('news of a ticket that was handed over', () => {
  it('reach whoever gave it away once: when it is answered, and when it is resolved (A-054)', () => {
    const ticket = under({});
    ticket.handOff({});
    ticket.answer({});
    const answered = ticket.reply('Cy');
    expect(answered.notices).toEqual([['handoff_update', ['Ben', 'Ana']]]);
    expect(answered.ticket).toMatchObject({ queue: 'technical', assignee: 'Cy' });
    expect(answered.said).toEqual(['Ben and Ana, from whom it came, heard that it was answered.']);
    expect(ticket.reply('Cy', LATER.add({ minutes: 5 })).notices).toEqual([]);
    const resolved = ticket.edit({ status: 'resolved' }, { by: 'Cy' }, LATER.add({ minutes: 9 }));
    expect(resolved.notices).toEqual([['handoff_update', ['Ben', 'Ana']]]);
    ticket.edit({ status: 'open' }, { by: 'Cy' }, LATER.add({ minutes: 10 }));
    const again = ticket.edit({ status: 'resolved' }, { by: 'Cy' }, LATER.add({ minutes: 11 }));
    expect([again.notices, isOpen(again.ticket.status)]).toEqual([[], false]);
  });

  it('are none that they made themselves, and none without a contract', () => {
    const ticket = under({});
    ticket.handOff({});
    ticket.answer({});
    expect(ticket.reply('Ben').notices).toEqual([]);
    expect(ticket.reply('Cy').notices).toEqual([['handoff_update', ['Ben', 'Ana']]]);
    const plain = aCase();
    plain.handOff({});
    expect(plain.reply('Cy').notices).toEqual([]);
  });

  it('go the other way when it is handed back', () => {
    const ticket = under({ from: null, to: null, transfer: 'at_once' });
    ticket.handOff({});
    const back = ticket.edit({}, { by: 'Cy', handoff: { to: 'billing', reason: null, key: 'k2' } }, LATER);
    expect(back.ticket.handoff?.followers).toEqual(['Cy']);
    expect(ticket.reply('Ben').notices).toEqual([['handoff_update', ['Cy']]]);
  });

  it('reach all who gave it away, while it goes from queue to queue', () => {
    const ticket = under({ from: null, to: null, transfer: 'at_once' });
    ticket.handOff({});
    ticket.edit({}, { by: 'Cy', handoff: { to: 'review', reason: null, key: 'k2' } }, LATER);
    expect(ticket.reply('Dora').notices).toEqual([['handoff_update', ['Ben', 'Ana', 'Cy']]]);
  });
});

describe('the letter to the requester', () => {
  const LETTER = { customer: 'handed-over' };

  it('goes out once, when the ticket has gone, from the template of the contract (A-055)', () => {
    const ticket = under(LETTER);
    expect(ticket.handOff({}).letters).toEqual([]);
    expect(ticket.answer({}).letters).toEqual([
      {
        kind: 'message',
        key: `handoff:${ticket.ticket.key}:1`,
        template: 'handed-over',
        to: 'greta@example.com',
        gaps: { 'queue.name': 'technical' },
      },
    ]);
    expect(ticket.wake(LATER.add({ minutes: 1 })).letters).toEqual([]);
  });

  it('does not go out when nobody takes the ticket', () => {
    const ticket = under(LETTER);
    ticket.handOff({});
    expect(ticket.answer({ accepts: false, code: 'not_ours' }).letters).toEqual([]);
  });

  it.each<[string, Partial<HandoffContract>, Partial<Ticket>, string]>([
    ['the contract keeps it inside', { customer: null }, {}, 'Billing to technical keeps it inside'],
    ['nobody knows an address', LETTER, { requester: aRequester({ email: null }) }, 'there is no address'],
    [
      'a machine would read it',
      LETTER,
      { requester: aRequester({ email: 'no-reply@example.com' }) },
      'the sender looks like a machine',
    ],
  ])('is not written where %s, and the log says so (A-055)', (_, contract, start, why) => {
    const ticket = under({ transfer: 'at_once', ...contract }, { ...WITH_BEN, ...start });
    const { letters, said } = ticket.handOff({});
    expect([letters, said.at(-1)]).toEqual([[], `Told the requester nothing of the hand-off: ${why}.`]);
  });
});
