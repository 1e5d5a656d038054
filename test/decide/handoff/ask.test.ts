import { describe, expect, it } from 'vitest';
import { sentenceOf, turnSentence } from '../../../src/domain/sentence.ts';
import { aHandoff, aMessage, aQueue, aRule, at, MORNING } from '../../support/builders.ts';
import { anSlaPolicy, aTarget } from '../sla/clocked-ticket.ts';
import { aCase, aDeskOfThree, LATER, WITH_BEN } from './handed-ticket.ts';

describe('a hand-off', () => {
  it('moves the ticket, and routing finds somebody of the new queue (A-050)', () => {
    const { ticket, effects } = aCase().handOff({});
    expect(ticket).toMatchObject({ queue: 'technical', assignee: 'Cy', waiting: null });
    expect(effects.flatMap((effect) => (effect.kind === 'notify' ? [[effect.notice, effect.to]] : []))).toEqual([
      ['assigned', ['Cy']],
    ]);
  });

  it('is told in one sentence: from, to, who and why (A-050)', () => {
    const { reasons } = aCase().handOff({});
    expect(turnSentence(reasons)).toBe('Ana handed it from billing to technical: needs a log file.');
    expect(turnSentence(aCase().handOff({ reason: null }).reasons)).toBe('Ana handed it from billing to technical.');
    expect(turnSentence(aCase().handOff({ reason: 'Is it down?' }).reasons)).toBe(
      'Ana handed it from billing to technical: Is it down?',
    );
  });

  it('leaves a trail of data, and not of words alone (A-050)', () => {
    const { ticket, reasons } = aCase().handOff({});
    expect(reasons[0]).toEqual({
      stage: 'handoff',
      code: 'handoff.moved',
      params: {
        by: 'Ana',
        instance: 1,
        from: 'billing',
        to: 'technical',
        at: '2026-11-20T10:00:00Z',
        reason: 'needs a log file',
        assignee: 'Ben',
        key: 'k1',
      },
      change: { field: 'queue', from: 'billing', to: 'technical' },
      evidence: [],
      source: { kind: 'person', name: 'Ana' },
      opinion: null,
    });
    expect(ticket.handoff).toEqual(
      aHandoff({ from: 'billing', to: 'technical', reason: 'needs a log file', assignee: 'Ben', endedAt: MORNING }),
    );
  });

  it('says of whoever had the ticket that they have it no more', () => {
    const { reasons } = aCase().handOff({});
    const taken = reasons.filter(({ change }) => change?.field === 'assignee').map(sentenceOf);
    expect(taken).toEqual([
      'Taken from Ben: the ticket moved to technical.',
      'To Cy by round robin from technical, who alone can take it now.',
    ]);
  });

  it('does not keep the first owner, whoever chose them, unless it is their turn in the new queue too', () => {
    const queues = [
      aQueue({ name: 'billing', members: ['Ben'] }),
      aQueue({ name: 'technical', members: ['Cy', 'Ben'] }),
    ];
    const both = aDeskOfThree({ queues, triage: { reviewQueue: 'billing' } });
    const chosen = { by: 'Ana', at: MORNING, from: null, to: 'Ben' };
    const { ticket } = aCase({ ...WITH_BEN, overrides: { assignee: chosen } }, both).handOff({});
    expect(ticket).toMatchObject({ assignee: 'Cy', overrides: { queue: { by: 'Ana', to: 'technical' } } });
    expect(ticket.overrides.assignee).toBeUndefined();
    const alone = aDeskOfThree({
      queues: queues.with(1, aQueue({ name: 'technical', members: ['Ben'] })),
      triage: { reviewQueue: 'billing' },
    });
    expect(aCase(WITH_BEN, alone).handOff({}).ticket.assignee).toBe('Ben');
  });

  it('waits in the new queue when nobody can take it', () => {
    const { ticket } = aCase().handOff({ to: 'review' });
    expect(ticket).toMatchObject({ queue: 'review', assignee: null, waiting: { queue: 'review', step: 0 } });
  });

  it('takes a ticket along that waits for somebody', () => {
    const waiting = { queue: 'billing', startedAt: MORNING, step: 0 };
    const { ticket } = aCase({ ...WITH_BEN, assignee: null, waiting, declinedBy: ['Ben'] }).handOff({});
    expect(ticket).toMatchObject({ queue: 'technical', assignee: 'Cy', waiting: null, handoff: { assignee: null } });
  });

  it('gives the ticket the due times of the new queue’s policy', () => {
    const ofBilling = { name: 'Billing', when: { kind: 'is', field: 'queue', values: ['billing'] } as const };
    const policies = [
      anSlaPolicy([aTarget('first_reply', 60, { calendar: null })], ofBilling),
      anSlaPolicy([aTarget('first_reply', 240, { calendar: null })], { name: 'Others' }),
    ];
    const ticket = aCase({}, aDeskOfThree({ sla: { policies } }));
    expect(ticket.look({ kind: 'received', message: aMessage() }, MORNING).ticket).toMatchObject({
      queue: 'billing',
      firstResponseDueAt: at('2026-11-20T11:00:00Z'),
    });
    const { codes, ticket: moved } = ticket.handOff({}, {}, LATER);
    expect(codes).toContain('sla.target_changed');
    expect(moved.firstResponseDueAt).toEqual(at('2026-11-20T14:00:00Z'));
  });

  it('is the person’s choice: no rule and no later look moves the ticket back (A-036)', () => {
    const ticket = aCase();
    ticket.handOff({});
    ticket.look({ kind: 'due' }, LATER);
    const category = { field: 'category', from: 'billing', to: 'account' } as const;
    const after = ticket.look({ kind: 'edited', by: 'Cy', at: LATER, changes: [category] }, LATER).ticket;
    expect(after).toMatchObject({ category: 'account', queue: 'technical', assignee: 'Cy' });
  });

  it('lets the rules see the new queue, as an edit of it does', () => {
    const rule = aRule({ tags: ['engineering'] }, { when: { kind: 'is', field: 'queue', values: ['technical'] } });
    expect(aCase(WITH_BEN, aDeskOfThree({ triage: { rules: [rule] } })).handOff({}).ticket.tags).toEqual([
      'engineering',
    ]);
  });

  it('sends nothing to the customer (A-055)', () => {
    const intake = { acknowledgement: 'received' };
    const { effects } = aCase(WITH_BEN, aDeskOfThree({ intake })).handOff({});
    expect(effects.filter(({ kind }) => kind === 'message')).toEqual([]);
  });

  it('can be followed by another, which goes from where the first led', () => {
    const ticket = aCase();
    ticket.handOff({});
    const { reasons, ticket: back } = ticket.handOff({ to: 'billing', reason: 'not ours', key: 'k2' }, {}, LATER);
    expect(turnSentence(reasons)).toBe('Ana handed it from technical to billing: not ours.');
    expect(back).toMatchObject({ queue: 'billing', handoff: { from: 'technical', to: 'billing', assignee: 'Cy' } });
  });

  it('keeps a long reason whole in the record, and its beginning with the ticket', () => {
    const reason = `${'x'.repeat(299)}😀 and so on`;
    const { ticket, reasons } = aCase().handOff({ reason });
    expect(ticket.handoff?.reason).toBe('x'.repeat(299));
    expect(reasons[0]?.params['reason']).toBe(reason);
    expect(turnSentence(reasons)?.length).toBeLessThanOrEqual(200);
  });
});

describe('a hand-off along with other changes', () => {
  it('goes to the person who was named with it', () => {
    const { ticket, codes } = aCase(WITH_BEN, aDeskOfThree()).handOff({}, { assignee: 'Ana' });
    expect(ticket).toMatchObject({ queue: 'technical', assignee: 'Ana', overrides: { assignee: { to: 'Ana' } } });
    expect(codes).not.toContain('route.assigned');
  });

  it('gives the ticket to nobody of the old queue when its owner was taken out with it', () => {
    const { ticket, effects } = aCase().handOff({}, { assignee: null });
    expect(ticket).toMatchObject({ queue: 'technical', assignee: 'Cy' });
    expect(effects.flatMap((effect) => (effect.kind === 'notify' ? effect.to : []))).toEqual(['Cy']);
  });

  it('goes from an open ticket that was resolved a moment ago', () => {
    const resolved = { ...WITH_BEN, status: 'resolved', resolvedAt: MORNING } as const;
    expect(aCase(resolved).handOff({}, { status: 'open' }).ticket).toMatchObject({
      status: 'open',
      queue: 'technical',
    });
  });
});

describe('a hand-off that can’t be', () => {
  it.each([
    ['the queue where it is', 'billing', WITH_BEN, 'Not handed off, because it is in billing already.'],
    [
      'a queue that there is not',
      'logistics',
      WITH_BEN,
      'Not handed off, because “logistics” is no queue of this desk. It can be technical or review.',
    ],
    [
      'a closed ticket',
      'technical',
      { ...WITH_BEN, status: 'closed', closedAt: MORNING } as const,
      'Not handed off, because it is closed; open it first.',
    ],
    [
      'a resolved ticket',
      'technical',
      { ...WITH_BEN, status: 'resolved', resolvedAt: MORNING } as const,
      'Not handed off, because it is resolved; open it first.',
    ],
  ])('is answered in the row, and nothing moves: %s', (_, to, start, sentence) => {
    const { ticket, effects, reasons } = aCase(start).handOff({ to });
    expect([effects, ticket.queue, ticket.assignee, ticket.overrides]).toEqual([[], 'billing', 'Ben', {}]);
    expect(turnSentence(reasons)).toBe(sentence);
    expect(reasons[0]).toMatchObject({
      code: 'handoff.refused',
      params: { by: 'Ana', to, reason: 'needs a log file' },
    });
  });

  it('does not take a name of every object for a queue', () => {
    expect(aCase().handOff({ to: 'constructor' }).codes).toEqual(['handoff.refused']);
  });
});

describe('a reason that comes after its hand-off', () => {
  it('is added to the trail, and the sentence is as if it had come in time (A-050)', () => {
    const ticket = aCase();
    ticket.handOff({ reason: null });
    const { reasons, ticket: after } = ticket.handOff({ to: null, key: 'k2' }, {}, LATER);
    expect(reasons).toMatchObject([
      {
        code: 'handoff.reason_added',
        params: { from: 'billing', to: 'technical', handedBy: 'Ana', at: '2026-11-20T10:00:00Z', key: 'k2' },
        change: null,
      },
    ]);
    expect(turnSentence(reasons)).toBe('Ana handed it from billing to technical: needs a log file.');
    expect(after).toMatchObject({ assignee: 'Cy', handoff: { at: MORNING, reason: 'needs a log file' } });
  });

  it('names who says it, when it is somebody else', () => {
    const ticket = aCase();
    ticket.handOff({ reason: null });
    const handoff = { to: null, reason: 'needs a log file', key: 'k2' };
    const { reasons } = ticket.look({ kind: 'edited', by: 'Ben', at: LATER, changes: [], handoff }, LATER);
    expect(turnSentence(reasons)).toBe('Ana handed it from billing to technical; Ben says: needs a log file.');
  });

  it('may come with the same queue once more', () => {
    const ticket = aCase();
    ticket.handOff({ reason: null });
    expect(ticket.handOff({ key: 'k2' }, {}, LATER).codes).toEqual(['handoff.reason_added']);
    expect(ticket.handOff({ key: 'k3' }, {}, LATER).codes).toEqual(['handoff.refused']);
  });

  it('says nothing twice, and nothing where nobody handed anything off', () => {
    const ticket = aCase();
    expect(ticket.handOff({ to: null }).codes).toEqual([]);
    ticket.handOff({});
    expect(ticket.handOff({ to: null, key: 'k2' }, {}, LATER).codes).toEqual([]);
  });
});
