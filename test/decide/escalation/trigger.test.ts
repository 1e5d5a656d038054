import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/decide/condition.ts';
import { phraseOf } from '../../../src/decide/conditions/words.ts';
import { aRequester, aRule } from '../../support/builders.ts';
import { aDefinition, aDeskThatEscalates, after, anEscalatedCase, on } from './escalated-case.ts';

function is(field: string, ...values: readonly string[]): Condition {
  return { kind: 'is', field, values };
}

describe('what escalates a ticket', () => {
  it('is a critical severity, in the turn in which triage finds it (A-058)', () => {
    const policy = aDeskThatEscalates([aDefinition({ when: is('severity', 'critical') })], {
      triage: { rules: [aRule({ category: 'billing', severity: 'critical' })] },
    });
    const one = anEscalatedCase(policy, { status: 'new', category: null, assignee: null });
    const { sentences } = one.receive();
    expect(one.held.ticket).toMatchObject({ escalationLevel: 1, status: 'new' });
    expect(sentences[0]).toBe('Escalated to level 1 by “Somebody must look”, because severity is critical.');
  });

  it('is an account that counts, cut off from what it pays for (A-059)', () => {
    const text: Condition = { kind: 'mentions', in: 'text', phrases: [phraseOf('cannot log in')] };
    const policy = aDeskThatEscalates([
      aDefinition({ when: { kind: 'all', of: [is('requester.account.tier', 'enterprise'), text] } }),
    ]);
    const words = { subject: 'Locked out', description: 'All of us cannot log in.' };
    const big = anEscalatedCase(policy, { ...words, requester: aRequester({ account: { tier: 'enterprise' } }) });
    const small = anEscalatedCase(policy, { ...words, requester: aRequester({ account: { tier: 'basic' } }) });
    expect(big.wake('11:05').sentences[0]).toBe(
      'Escalated to level 1 by “Somebody must look”, because the account’s tier is enterprise and the text says “cannot log in”.',
    );
    expect(small.wake('11:05').codes).toEqual([]);
  });

  it('is a word that only lawyers and attackers use (A-063)', () => {
    const text: Condition = { kind: 'mentions', in: 'text', phrases: [phraseOf('data breach'), phraseOf('lawyer')] };
    const policy = aDeskThatEscalates([aDefinition({ when: { kind: 'any', of: [text, is('category', 'account')] } })]);
    const legal = anEscalatedCase(policy, { description: 'My lawyer will hear of this.' });
    const denied = anEscalatedCase(policy, { description: 'There was no data breach.' });
    const security = anEscalatedCase(policy, { category: 'account' });
    expect(legal.receive().codes[0]).toBe('escalate.raised');
    expect(denied.receive().codes).toEqual([]);
    expect(security.receive().codes[0]).toBe('escalate.raised');
  });

  it('is a share of a promise that is used up, at that very minute and once (A-060)', () => {
    const policy = aDeskThatEscalates([aDefinition({ after: after({ slaUsed: { first_reply: 0.9 } }) })]);
    const one = anEscalatedCase(policy);
    one.receive();
    const early = one.wake('11:53');
    expect(early.wakeAt).toEqual(on('11:54'));
    expect(early.codes).toEqual([]);
    const { sentences, notices } = one.wake('11:54');
    expect(sentences[0]).toBe(
      'Escalated to level 1 by “Somebody must look”, because the share of first reply time used is 90 %.',
    );
    expect(notices).toHaveLength(1);
    for (const later of ['11:55', '12:30', '16:59']) expect(one.wake(later).notices).toEqual([]);
  });

  it('is no promise that was kept in time, though the answer is what we look at', () => {
    const policy = aDeskThatEscalates([aDefinition({ after: after({ slaUsed: { first_reply: 0.9 } }) })]);
    const one = anEscalatedCase(policy);
    one.receive();
    expect(one.agentWrites('11:58').codes).toEqual([]);
    expect(one.wake('2026-11-23T12:00').codes).toEqual([]);
  });

  it('is a third owner without an answer between; an answer lets it count anew (A-061)', () => {
    const policy = aDeskThatEscalates([aDefinition({ after: after({ ownerChanges: 3 }) })]);
    const one = anEscalatedCase(policy);
    one.edit('11:05', { assignee: 'Ben' });
    one.edit('11:10', { assignee: 'Ana' });
    expect(one.held.ticket.progress).toMatchObject({ ownerChanges: 2 });
    one.agentWrites('11:15');
    one.edit('11:20', { queue: 'technical' });
    one.edit('11:25', { assignee: null });
    expect(one.held.ticket.escalationLevel).toBe(0);
    const { sentences } = one.edit('11:30', { queue: 'support' });
    expect(sentences[0]).toBe(
      'Escalated to level 1 by “Somebody must look”, because the number of owner changes without an answer is 3.',
    );
  });

  it('counts nobody’s hands when somebody takes what nobody had', () => {
    const policy = aDeskThatEscalates([aDefinition({ after: after({ ownerChanges: 1 }) })]);
    const one = anEscalatedCase(policy, { queue: 'review', assignee: null });
    expect(one.edit('11:05', { assignee: 'Ana' }).codes).toEqual([]);
    expect(one.held.ticket.progress).toMatchObject({ ownerChanges: 0 });
  });

  it('is a third message without a solution, and a solution lets it count anew (A-062)', () => {
    const policy = aDeskThatEscalates([aDefinition({ after: after({ contacts: 3 }) })]);
    const one = anEscalatedCase(policy);
    one.customerWrites('11:10');
    expect(one.customerWrites('11:20').sentences[0]).toBe(
      'Escalated to level 1 by “Somebody must look”, because the number of messages without a solution is 3.',
    );
    one.edit('11:30', { status: 'resolved' });
    expect(one.held.ticket.escalationLevel).toBe(0);
    one.customerWrites('11:40');
    one.customerWrites('11:45');
    expect(one.held.ticket.escalationLevel).toBe(0);
    one.customerWrites('11:50');
    expect(one.held.ticket.escalationLevel).toBe(1);
  });

  describe('without progress (A-064)', () => {
    const policy = aDeskThatEscalates([
      aDefinition({ after: after({ noProgressMinutes: 120 }), until: ['condition_clears'] }),
    ]);

    it('is two open hours since anybody did anything', () => {
      const one = anEscalatedCase(policy);
      expect(one.wake('11:01').wakeAt).toEqual(on('11:48'));
      expect(one.wake('12:59').wakeAt).toEqual(on('13:00'));
      expect(one.wake('13:00').sentences[0]).toBe(
        'Escalated to level 1 by “Somebody must look”, because the time without progress is 2 h.',
      );
    });

    it('counts no night and no weekend', () => {
      const one = anEscalatedCase(policy);
      one.note('16:30');
      expect(one.wake('2026-11-21T12:00').codes).toEqual([]);
      expect(one.wake('2026-11-23T10:29').codes).toEqual([]);
      expect(one.wake('2026-11-23T10:30').codes).toContain('escalate.raised');
    });

    it.each([
      ['an edit', (one: ReturnType<typeof anEscalatedCase>) => one.edit('12:30', { tags: ['vip'] })],
      ['an answer', (one: ReturnType<typeof anEscalatedCase>) => one.agentWrites('12:30')],
      ['a note', (one: ReturnType<typeof anEscalatedCase>) => one.note('12:30')],
    ])('counts from %s on', (_, act) => {
      const one = anEscalatedCase(policy);
      act(one);
      expect(one.wake('14:29').codes).toEqual([]);
      expect(one.wake('14:30').codes).toContain('escalate.raised');
      expect(one.note('14:40').sentences[0]).toBe(
        'No longer escalated: “Somebody must look” is over after 10 min, because its condition holds no more.',
      );
    });

    it('counts from a ticked step on (A-078)', () => {
      const steps = aDeskThatEscalates([aDefinition({ after: after({ noProgressMinutes: 120 }) })], {
        triage: { steps: { billing: ['Validate', 'Solve'] } },
      });
      const one = anEscalatedCase(steps);
      one.edit('12:30', { stepsDone: ['Validate'] });
      expect(one.wake('14:29').codes).toEqual([]);
      expect(one.wake('14:30').codes).toContain('escalate.raised');
    });

    it('does not count while it is not our turn, and then from our turn on', () => {
      const one = anEscalatedCase(policy);
      one.edit('11:10', { status: 'pending' });
      expect(one.wake('16:50').codes).toEqual([]);
      one.customerWrites('2026-11-23T09:30');
      expect(one.held.ticket.status).toBe('open');
      expect(one.wake('2026-11-23T11:29').codes).toEqual([]);
      expect(one.wake('2026-11-23T11:30').codes).toContain('escalate.raised');
    });

    it('takes what columns of the team’s own say for nobody’s work', () => {
      const one = anEscalatedCase(policy);
      one.look({ kind: 'edited', by: 'a formula', at: on('12:50'), changes: [], row: { plan: 'gold' } }, on('12:50'));
      expect(one.wake('13:00').codes).toContain('escalate.raised');
    });
  });

  it('is an hour that nobody has it, and ends no sooner than it says', () => {
    const policy = aDeskThatEscalates([aDefinition({ after: after({ waitingMinutes: 60 }) })]);
    const one = anEscalatedCase(policy, { category: null, queue: 'review', assignee: null, needsReview: true });
    expect(one.wake('11:00').wakeAt).toEqual(on('11:48'));
    expect(one.wake('11:59').codes).toEqual([]);
    expect(one.wake('12:00').sentences[0]).toBe(
      'Escalated to level 1 by “Somebody must look”, because the time without an owner is 1 h.',
    );
  });

  it('is all of one trigger, or any of several', () => {
    const both = after({ contacts: 2, noProgressMinutes: 60 });
    const either = [...after({ contacts: 2 }), ...after({ noProgressMinutes: 60 })];
    const strict = anEscalatedCase(aDeskThatEscalates([aDefinition({ after: both })]));
    const lax = anEscalatedCase(aDeskThatEscalates([aDefinition({ after: either })]));
    expect(strict.customerWrites('11:30').codes).toEqual([]);
    expect(lax.customerWrites('11:30').codes).toContain('escalate.raised');
    const { sentences } = strict.wake('12:00');
    expect(sentences[0]).toContain(
      'the number of messages without a solution is 2 and the time without progress is 1 h',
    );
  });

  it('is seen in the next turn where this one’s routing or clocks brought it about', () => {
    const policy = aDeskThatEscalates([aDefinition({ when: is('queue', 'technical') })], {
      routing: { rules: [aRule({ queue: 'technical' })] },
    });
    const one = anEscalatedCase(policy, { status: 'new', assignee: null });
    expect(one.receive().wakeAt).toEqual(on('11:00'));
    expect(one.wake(on('11:00').add({ seconds: 30 })).codes).toContain('escalate.raised');
  });

  it('is nothing that befalls a ticket which is solved', () => {
    const one = anEscalatedCase(aDeskThatEscalates([aDefinition({ after: after({ contacts: 1 }) })]), {
      status: 'resolved',
      resolvedAt: on('11:30'),
    });
    expect(one.wake('12:00').codes).toEqual([]);
  });
});
