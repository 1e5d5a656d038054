import { describe, expect, it } from 'vitest';
import { applyEffect } from '../../src/decide/apply.ts';
import { takeOccasion } from '../../src/decide/occasion.ts';
import type { Policy } from '../../src/decide/policy.ts';
import type { Reason } from '../../src/domain/decision.ts';
import type { Effect } from '../../src/domain/effect.ts';
import { sentenceOf } from '../../src/domain/sentence.ts';
import { USUAL_STATUS_NAMES } from '../../src/domain/status-names.ts';
import type { FieldValue, Ticket, TicketField } from '../../src/domain/ticket.ts';
import { aPolicy, aTicket, aTurn, MORNING } from '../support/builders.ts';
import { anOpinion } from '../support/opinions.ts';

const YESTERDAY = MORNING.subtract({ hours: 24 });

interface Outcome {
  ticket: Ticket;
  reasons: readonly Reason[];
  effects: readonly Effect[];
}

function edit(
  ticket: Ticket,
  to: Partial<Record<TicketField, FieldValue>>,
  { by = 'Lea', policy = aPolicy() }: { by?: string; policy?: Policy } = {},
): Outcome {
  const changes = Object.entries(to).map(([name, value]) => {
    const field = name as TicketField;
    return { field, from: ticket[field], to: value };
  });
  const turn = aTurn({ ticket, policy, occasion: { kind: 'edited', by, at: MORNING, changes } });
  takeOccasion(turn);
  const { effects, reasons } = turn.finish();
  return { effects, reasons, ticket: effects.reduce((seen, effect) => applyEffect(seen, effect, MORNING), ticket) };
}

describe('what a person chooses', () => {
  it.each([
    ['category', 'billing'],
    ['severity', 'high'],
    ['priority', 'critical'],
    ['queue', 'review'],
    ['assignee', 'Ben'],
    ['tags', ['refund']],
  ] as const)('stays chosen: %s', (field, to) => {
    const { ticket } = edit(aTicket(), { [field]: to });
    expect(ticket[field]).toEqual(to);
    expect(ticket.overrides[field]).toMatchObject({ by: 'Lea', at: MORNING, to });
    const turn = aTurn({ ticket });
    const because = { stage: 'triage', code: 'x', params: {}, evidence: [], source: { kind: 'default' } } as const;
    expect(turn.change(field, null, because)).toBe(false);
  });

  it.each([
    ['status', 'pending'],
    ['subject', 'Refund'],
    ['needsReview', true],
  ] as const)('is taken over without being kept for ever: %s', (field, to) => {
    const { ticket } = edit(aTicket(), { [field]: to });
    expect(ticket[field]).toBe(to);
    expect(ticket.overrides).toEqual({});
  });

  it('is found anew when the person empties it again', () => {
    const chosen = edit(aTicket(), { category: 'billing', severity: 'low' }).ticket;
    const emptied = edit(chosen, { category: null, severity: null });
    expect(emptied.ticket).toMatchObject({ category: null, severity: null });
    expect(emptied.ticket.overrides).toEqual({});
    expect(emptied.reasons.map(({ code }) => code)).toContain('edit.left_to_us');
  });

  it('is a reason of that person', () => {
    expect(edit(aTicket(), { priority: 'high' }).reasons).toMatchObject([
      {
        stage: 'edit',
        code: 'edit.changed',
        source: { kind: 'person', name: 'Lea' },
        change: { field: 'priority', from: 'medium', to: 'high' },
      },
    ]);
  });

  it('names a status as the desk does', () => {
    const policy = aPolicy({ desk: { statuses: { ...USUAL_STATUS_NAMES, on_hold: ['With the supplier'] } } });
    const [reason] = edit(aTicket(), { status: 'on_hold' }, { policy }).reasons;
    expect(reason && sentenceOf(reason)).toBe('Lea changed status from new to with the supplier.');
  });

  it('says nothing when it is what the ticket holds already', () => {
    expect(edit(aTicket({ tags: ['a', 'b'] }), { tags: ['b', 'a'], status: 'new' }).effects).toEqual([]);
  });

  it('takes the confidence of an opinion away with the opinion', () => {
    expect(
      edit(aTicket({ confidence: 0.8, category: 'account' }), { category: 'billing' }).ticket.confidence,
    ).toBeNull();
  });
});

describe('an assignment by hand', () => {
  it('is told to the new owner once, under a key of its own each time', () => {
    const first = edit(aTicket(), { assignee: 'Ben' });
    const second = edit(first.ticket, { assignee: 'Ana' });
    const third = edit(second.ticket, { assignee: 'Ben' });
    const keys = [first, second, third].map(({ effects }) =>
      effects.flatMap((effect) => (effect.kind === 'notify' ? [effect.key, ...effect.to] : [])),
    );
    const { key } = first.ticket;
    expect(keys).toEqual([
      [`assigned:${key}:Ben:1`, 'Ben'],
      [`assigned:${key}:Ana:2`, 'Ana'],
      [`assigned:${key}:Ben:3`, 'Ben'],
    ]);
  });

  it('is not told to who took the ticket himself', () => {
    const { effects } = edit(aTicket(), { assignee: 'Ben' }, { by: 'Ben' });
    expect(effects.filter(({ kind }) => kind === 'notify')).toEqual([]);
  });

  it('ends the wait', () => {
    const waiting = { queue: 'support', startedAt: YESTERDAY, step: 1 };
    expect(edit(aTicket({ waiting }), { assignee: 'Ben' }).ticket.waiting).toBeNull();
  });

  it('that is emptied gives the ticket back', () => {
    const { ticket, reasons } = edit(aTicket({ assignee: 'Ana' }), { assignee: null }, { by: 'Ana' });
    expect(ticket).toMatchObject({ assignee: null, declinedBy: ['Ana'] });
    expect(reasons).toMatchObject([{ code: 'edit.given_back', params: { by: 'Ana', from: 'Ana' } }]);
  });
});

describe('the status', () => {
  it('resolved keeps the time', () => {
    expect(edit(aTicket(), { status: 'resolved' }).ticket).toMatchObject({ resolvedAt: MORNING, closedAt: null });
  });

  it('closed keeps the time, and that of the solution when there was one', () => {
    expect(edit(aTicket(), { status: 'closed' }).ticket).toMatchObject({ resolvedAt: MORNING, closedAt: MORNING });
    const resolved = aTicket({ status: 'resolved', resolvedAt: YESTERDAY });
    expect(edit(resolved, { status: 'closed' }).ticket).toMatchObject({ resolvedAt: YESTERDAY, closedAt: MORNING });
  });

  it.each(['resolved', 'closed'] as const)('opens again from %s and counts it', (status) => {
    const ticket = aTicket({ status, resolvedAt: YESTERDAY, closedAt: status === 'closed' ? YESTERDAY : null });
    expect(edit(ticket, { status: 'open' }).ticket).toMatchObject({
      status: 'open',
      resolvedAt: null,
      closedAt: null,
      reopenCount: 1,
    });
  });

  it('goes back from closed to resolved without counting as opened', () => {
    const ticket = aTicket({ status: 'closed', resolvedAt: YESTERDAY, closedAt: YESTERDAY });
    expect(edit(ticket, { status: 'resolved' }).ticket).toMatchObject({
      resolvedAt: YESTERDAY,
      closedAt: null,
      reopenCount: 0,
    });
  });
});

describe('the end of a review', () => {
  it('takes the shown category as the person’s own (A-033)', () => {
    const { ticket } = edit(aTicket({ needsReview: true, category: 'billing', confidence: 0.6 }), {
      needsReview: false,
    });
    expect(ticket).toMatchObject({ needsReview: false, category: 'billing', overrides: { category: { by: 'Lea' } } });
  });

  it('takes the likeliest guess where no category is shown, as the person’s own (A-036)', () => {
    const guess = anOpinion({ categories: [{ value: 'billing', confidence: 0.6 }] });
    const { ticket, reasons } = edit(aTicket({ needsReview: true, opinions: [guess] }), { needsReview: false });
    expect(ticket).toMatchObject({ needsReview: false, category: 'billing', confidence: null });
    expect(ticket.overrides.category).toEqual({ by: 'Lea', at: MORNING, from: null, to: 'billing' });
    expect(reasons.map(({ code }) => code)).toEqual(['edit.review_accepted', 'edit.review_accepted']);
  });

  it('is refused where only a category is guessed that the config has no more (A-025)', () => {
    const stale = anOpinion({ categories: [{ value: 'legacy', confidence: 0.9 }] });
    const { ticket, reasons } = edit(aTicket({ needsReview: true, opinions: [stale] }), { needsReview: false });
    expect(ticket).toMatchObject({ needsReview: true, category: null });
    expect(reasons).toMatchObject([{ code: 'edit.refused', params: { why: 'nothing_to_accept' } }]);
  });

  it('is refused while no category is shown or guessed', () => {
    const { ticket, reasons, effects } = edit(aTicket({ needsReview: true }), { needsReview: false });
    expect(ticket.needsReview).toBe(true);
    expect(reasons).toMatchObject([{ code: 'edit.refused', params: { why: 'nothing_to_accept' } }]);
    expect(effects).toMatchObject([{ kind: 'change', field: 'needsReview', from: false, to: true }]);
  });

  it('goes with a category that the same edit chooses, whichever comes first', () => {
    const { ticket, reasons } = edit(aTicket({ needsReview: true }), { needsReview: false, category: 'billing' });
    expect(ticket).toMatchObject({ needsReview: false, category: 'billing' });
    expect(reasons.map(({ code }) => code)).toEqual(['edit.changed', 'edit.review_accepted']);
  });
});

describe('a correction of the category', () => {
  const model = anOpinion({
    from: 'language_model',
    name: 'gpt-5-mini',
    categories: [{ value: 'access', confidence: 0.71 }],
  });

  it('names the rule that was wrong, and every opinion that said something else (A-036, A-099)', () => {
    const categoryFrom = { by: 'rule', name: 'Cards' } as const;
    const before = aTicket({ category: 'account', categoryFrom, opinions: [anOpinion(), model] });
    const { ticket, reasons } = edit(before, { category: 'billing' });
    expect(ticket).toMatchObject({ category: 'billing', categoryFrom: null });
    expect(ticket.overrides.category?.mistakes).toEqual([
      { by: 'rule', name: 'Cards', said: 'account', confidence: null, counted: true },
      { by: 'language_model', name: 'gpt-5-mini', said: 'access', confidence: 0.71, counted: false },
    ]);
    expect(reasons.map(sentenceOf)).toEqual([
      'Lea changed category from account to billing, against rule Cards (account) and gpt-5-mini (access, 71 %).',
    ]);
  });

  it('says whether the opinion counted, and takes its confidence away', () => {
    const { name } = anOpinion();
    const categoryFrom = { by: 'classifier', name } as const;
    const before = aTicket({ category: 'billing', confidence: 0.97, categoryFrom, opinions: [anOpinion()] });
    const { ticket } = edit(before, { category: 'account' });
    expect(ticket).toMatchObject({ category: 'account', confidence: null, categoryFrom: null });
    expect(ticket.overrides.category?.mistakes).toEqual([
      { by: 'classifier', name, said: 'billing', confidence: 0.97, counted: true },
    ]);
  });

  it('of what a person had chosen, or to what all said, names nobody', () => {
    const override = { by: 'Ben', at: MORNING, from: null, to: 'access' };
    const chosen = aTicket({ category: 'access', overrides: { category: override } });
    expect(edit(chosen, { category: 'billing' }).ticket.overrides.category).toEqual({
      by: 'Lea',
      at: MORNING,
      from: 'access',
      to: 'billing',
    });
    const ruled = aTicket({ category: 'billing', needsReview: true, categoryFrom: { by: 'rule', name: 'Cards' } });
    expect(edit(ruled, { needsReview: false }).ticket.overrides.category).not.toHaveProperty('mistakes');
    const guessed = aTicket({ opinions: [anOpinion()] });
    expect(edit(guessed, { category: 'billing' }).reasons.map(({ code }) => code)).toEqual(['edit.changed']);
  });
});

describe('what can’t stand', () => {
  it.each([
    { field: 'status', to: 'done', why: 'unknown', allowed: 'New' },
    { field: 'category', to: 'bilings', why: 'unknown', allowed: 'billing' },
    { field: 'severity', to: 'bad', why: 'unknown', allowed: 'critical' },
    { field: 'priority', to: 'urgent', why: 'unknown', allowed: 'critical' },
    { field: 'priority', to: null, why: 'empty', allowed: 'critical' },
    { field: 'queue', to: 'nowhere', why: 'unknown', allowed: 'support' },
    { field: 'queue', to: null, why: 'empty', allowed: 'support' },
    { field: 'assignee', to: 'Nobody', why: 'unknown', allowed: 'Ana' },
    { field: 'assignee', to: '', why: 'empty', allowed: 'Ana' },
  ] as const)('is refused with what could, and written back: $field $to', ({ field, to, why, allowed }) => {
    const ticket = aTicket();
    const outcome = edit(ticket, { [field]: to });
    expect(outcome.ticket[field]).toEqual(ticket[field]);
    expect(outcome.ticket.overrides).toEqual({});
    expect(outcome.effects).toMatchObject([{ kind: 'change', field, from: to, to: ticket[field], by: null }]);
    const [reason] = outcome.reasons;
    expect(reason).toMatchObject({ code: 'edit.refused', params: { field, value: to ?? '', why } });
    expect(reason?.params['allowed']).toContain(allowed);
  });

  it.each([
    ['tags', ['refund', ' ']],
    ['tags', 'refund'],
    ['tags', null],
    ['needsReview', 'yes'],
    ['subject', '  '],
    ['subject', null],
    ['priority', 3],
  ] as const)('is refused: %s %j', (field, to) => {
    const { reasons } = edit(aTicket(), { [field]: to });
    expect(reasons).toMatchObject([{ code: 'edit.refused', params: { field } }]);
  });

  it.each(['confidence', 'slaState', 'resolutionDueAt', 'reopenCount', 'closedAt'] as const)(
    'is what we work out ourselves: %s',
    (field) => {
      const { ticket, reasons } = edit(aTicket(), { [field]: 'x' });
      expect(ticket[field]).toEqual(aTicket()[field]);
      expect(reasons).toMatchObject([{ code: 'edit.refused', params: { field, why: 'ours' } }]);
    },
  );

  it('leaves an earlier choice in force', () => {
    const chosen = edit(aTicket(), { category: 'billing' }).ticket;
    const { ticket } = edit(chosen, { category: 'bilings' });
    expect(ticket).toMatchObject({ category: 'billing', overrides: { category: { to: 'billing' } } });
  });
});
