import { describe, expect, it } from 'vitest';
import { triage } from '../../../src/decide/triage.ts';
import type { Facts } from '../../../src/decide/facts.ts';
import type { Rule, TriageThen } from '../../../src/decide/policy.ts';
import type { Occasion } from '../../../src/domain/occasion.ts';
import { sentenceOf, turnSentence } from '../../../src/domain/sentence.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import {
  aPolicy,
  aRule,
  aTicket,
  aTurn,
  ALWAYS,
  MORNING,
  type PolicyWishes,
  someFacts,
} from '../../support/builders.ts';
import { aModel, advised, anOpinion, aReading, asked } from '../../support/opinions.ts';

const UNSURE = anOpinion({
  categories: [
    { value: 'billing', confidence: 0.61 },
    { value: 'refund', confidence: 0.22 },
  ],
});

function triaged(given: {
  ticket?: Ticket;
  occasion?: Occasion;
  facts?: Partial<Facts>;
  triage?: PolicyWishes['triage'];
}) {
  const { ticket = aTicket(), occasion, facts = {}, triage: wishes = {} } = given;
  const turn = aTurn({
    ticket,
    policy: { ...aPolicy({ triage: wishes }), categories: ['billing', 'refund', 'account'] },
    facts: someFacts(facts),
    ...(occasion === undefined ? {} : { occasion }),
  });
  triage(turn);
  const { reasons, wakeAt } = turn.finish();
  return { ticket: turn.ticket, reasons, wakeAt, why: turnSentence(reasons) };
}

/** A ticket about which the model was asked a moment ago. */
function awaiting(overrides: Partial<Ticket> = {}): Ticket {
  const ticket = aTicket({ needsReview: true, queue: 'review', ...overrides });
  return { ...ticket, advice: asked(ticket) };
}

const ACCOUNTS: Rule<TriageThen> = aRule<TriageThen>({ category: 'account' }, { name: 'Accounts', when: ALWAYS });

describe('what was learned', () => {
  it('gives the category where it is sure and no rule does, and the decision tells how sure', () => {
    const { ticket, reasons, why } = triaged({ facts: { opinions: [anOpinion()] } });
    expect(ticket).toMatchObject({ category: 'billing', confidence: 0.97, needsReview: false });
    expect(ticket.categoryFrom).toEqual({ by: 'classifier', name: 'learned on 20 November from 1,240 tickets' });
    expect(reasons[0]).toMatchObject({
      code: 'triage.category_by_opinion',
      source: { kind: 'model', name: 'learned on 20 November from 1,240 tickets' },
      opinion: { confidence: 0.97, threshold: 0.93, runnerUp: { value: 'account', confidence: 0.02 } },
      params: { nearest: 'T-1007' },
      evidence: [
        { kind: 'text', quote: 'payment failed' },
        { kind: 'text', quote: 'charged' },
      ],
    });
    expect(why).toBe(
      'Billing, 97 % sure by “payment failed” and “charged”, as T-1007 was; 93 % are needed, next is account at 2 %.',
    );
  });

  it('is not heard where a rule says something, and the ticket has no confidence then', () => {
    const ticket = aTicket({ category: 'billing', confidence: 0.97, categoryFrom: { by: 'classifier', name: 'old' } });
    const after = triaged({ ticket, facts: { opinions: [anOpinion()] }, triage: { rules: [ACCOUNTS] } }).ticket;
    expect(after).toMatchObject({
      category: 'account',
      confidence: null,
      categoryFrom: { by: 'rule', name: 'Accounts' },
    });
  });

  it('is what rules further on go by', () => {
    const urgent = aRule<TriageThen>(
      { priority: 'high' },
      { when: { kind: 'is', field: 'category', values: ['billing'] } },
    );
    const { ticket } = triaged({ facts: { opinions: [anOpinion()] }, triage: { rules: [urgent] } });
    expect(ticket).toMatchObject({ category: 'billing', priority: 'high' });
  });

  it('leads to review where it is not sure, with its guesses and what is missing; nothing is routed on it (A-033)', () => {
    const { ticket, reasons } = triaged({ facts: { opinions: [UNSURE] } });
    expect(ticket).toMatchObject({ category: null, confidence: null, needsReview: true });
    const [reason] = reasons;
    expect(reason && sentenceOf(reason)).toBe(
      'A person must look: billing 61 % and refund 22 % are guessed, 93 % are needed.',
    );
    expect(reason?.opinion).toEqual({
      confidence: 0.61,
      threshold: 0.93,
      runnerUp: { value: 'refund', confidence: 0.22 },
    });
  });

  it('never gives a category that the config does not have (A-025)', () => {
    const stale = anOpinion({
      categories: [
        { value: 'legacy', confidence: 0.98 },
        { value: 'refund', confidence: 0.01 },
      ],
    });
    const { ticket } = triaged({ facts: { opinions: [stale] } });
    expect(ticket).toMatchObject({ category: null, needsReview: true });
    expect(ticket.opinions[0]?.categories).toEqual([{ value: 'refund', confidence: 0.01 }]);
  });

  it('moves no category that stands, nor one that a person chose (A-036)', () => {
    const occasion: Occasion = {
      kind: 'edited',
      by: 'Ana',
      at: MORNING,
      changes: [{ field: 'severity', from: null, to: 'low' }],
    };
    const override = { by: 'Ana', at: MORNING, from: null, to: 'refund' };
    for (const overrides of [{}, { category: override }]) {
      const ticket = aTicket({ category: 'refund', overrides });
      expect(triaged({ ticket, occasion, facts: { opinions: [anOpinion()] } }).ticket.category).toBe('refund');
    }
  });
});

describe('a language model', () => {
  const model = aModel();

  it('is asked where nothing else is sure; the ticket waits a minute for it, in review', () => {
    const { ticket, why, wakeAt } = triaged({ facts: { opinions: [UNSURE] }, triage: { model } });
    expect(ticket).toMatchObject({ category: null, needsReview: true, advice: { endedAt: null, by: null } });
    expect(why).toBe(
      'No rule gives a category (billing 61 % or refund 22 % are guessed, 93 % are needed), so gpt-5-mini is asked.',
    );
    expect(wakeAt).toEqual(MORNING.add({ seconds: 60 }));
  });

  it('is not asked where a rule or what was learned gives the category, nor outside its condition', () => {
    const sure = { opinions: [anOpinion()] };
    expect(triaged({ facts: sure, triage: { model } }).ticket.advice).toBeNull();
    expect(triaged({ triage: { model, rules: [ACCOUNTS] } }).ticket.advice).toBeNull();
    const elsewhere = aModel({ when: { kind: 'is', field: 'channel', values: ['slack'] } });
    const { ticket, reasons } = triaged({ triage: { model: elsewhere } });
    expect(ticket.advice).toBeNull();
    expect(reasons[0]?.code).toBe('triage.no_rule_matched');
  });

  it('is asked about every ticket where the config says so, and whoever has it keeps it', () => {
    const { ticket, wakeAt } = triaged({
      facts: { opinions: [anOpinion()] },
      triage: { model: aModel({ asks: 'always' }) },
    });
    expect(ticket).toMatchObject({ category: 'billing', needsReview: false, advice: { endedAt: null } });
    expect(wakeAt).toBeNull();
  });

  it('gives the category as soon as it was right often enough, and the sentence counts', () => {
    const ticket = awaiting();
    const record = { right: 31, known: 32 };
    const { ticket: after, why } = triaged({
      ticket,
      occasion: advised(ticket, {}),
      facts: { record },
      triage: { model: aModel({ trust: 0.5 }) },
    });
    expect(after).toMatchObject({ category: 'billing', needsReview: false });
    expect(after.confidence).toBeCloseTo(33 / 36, 10);
    expect(after.advice).toMatchObject({ by: 'gpt-5-mini', category: 'billing', endedAt: MORNING });
    expect(why).toBe('Billing, 91 % sure, as gpt-5-mini says, right in 31 of 32 such answers; 80 % are needed.');
  });

  it('that was right too seldom leads to review, with what it said (A-033)', () => {
    const ticket = awaiting();
    const { ticket: after, why } = triaged({
      ticket,
      occasion: advised(ticket, {}),
      facts: { record: { right: 3, known: 4 } },
      triage: { model: aModel({ trust: 0.5 }) },
    });
    expect(after).toMatchObject({ category: null, needsReview: true, confidence: null });
    expect(why).toBe(
      'A person must look: gpt-5-mini says billing, which is 62 % sure, right in 3 of 4 such answers; 80 % are needed.',
    );
  });

  it('whose category is none of the config is not believed (A-025)', () => {
    const ticket = awaiting();
    const { ticket: after, why } = triaged({
      ticket,
      occasion: advised(ticket, { category: 'close_it' }),
      triage: { model },
    });
    expect(after).toMatchObject({ category: null, needsReview: true, advice: { category: null } });
    expect(why).toBe('A person must look: gpt-5-mini says that no category fits.');
  });

  it('that says another category than what was learned meanwhile leads to review', () => {
    const ticket = awaiting();
    const { ticket: after, why } = triaged({
      ticket,
      occasion: advised(ticket, { category: 'refund' }),
      facts: { opinions: [anOpinion()] },
      triage: { model },
    });
    expect(after).toMatchObject({ category: null, needsReview: true });
    expect(why).toBe('A person must look: gpt-5-mini says refund, but by what was learned it is billing, 97 % sure.');
  });

  it('that was asked besides, and differs from what was learned, marks the ticket for review where it stands', () => {
    const ticket = awaiting({
      needsReview: false,
      category: 'billing',
      confidence: 0.97,
      categoryFrom: { by: 'classifier', name: 'learned' },
      opinions: [anOpinion()],
    });
    const always = { triage: { model: aModel({ asks: 'always' }) } } as const;
    const occasion = advised(ticket, { category: 'refund' });
    expect(triaged({ ticket, occasion, ...always }).ticket).toMatchObject({ category: 'billing', needsReview: true });
    const override = { by: 'Ana', at: MORNING, from: null, to: 'billing' };
    const chosen = { ...ticket, overrides: { category: override }, categoryFrom: null };
    expect(triaged({ ticket: chosen, occasion, ...always }).ticket).toMatchObject({
      category: 'billing',
      needsReview: false,
    });
  });

  it.each([
    [
      'model.too-slow',
      'A person must look: gpt-5-mini took too long; billing 61 % and refund 22 % are guessed, 93 % are needed.',
    ],
    [
      'model.of-another-day',
      'A person must look: gpt-5-mini gave no answer; billing 61 % and refund 22 % are guessed, 93 % are needed.',
    ],
  ])('that fails with %s leads to review in one sentence', (failure, sentence) => {
    const ticket = awaiting({ opinions: [UNSURE] });
    const { ticket: after, why } = triaged({ ticket, occasion: advised(ticket, { failure }), triage: { model } });
    expect(after).toMatchObject({ category: null, needsReview: true, advice: { failure, endedAt: MORNING } });
    expect(why).toBe(sentence);
  });

  it('is asked once about one text, and anew about another', () => {
    const ticket = awaiting();
    const failed = triaged({
      ticket,
      occasion: advised(ticket, { failure: 'model.too-slow' }),
      triage: { model },
    }).ticket;
    const account: Occasion = {
      kind: 'edited',
      by: 'Ana',
      at: MORNING,
      changes: [{ field: 'severity', from: null, to: 'low' }],
    };
    expect(triaged({ ticket: failed, occasion: account, triage: { model } }).ticket.advice).toEqual(failed.advice);
    const reworded = { ...failed, subject: 'Something else altogether' };
    expect(triaged({ ticket: reworded, occasion: account, triage: { model } }).ticket.advice).toMatchObject({
      endedAt: null,
    });
  });

  it('that answers twice, late, or about another text than the ticket has now, changes nothing more', () => {
    const ticket = awaiting();
    const once = triaged({ ticket, occasion: advised(ticket, {}), triage: { model } }).ticket;
    const again = triaged({ ticket: once, occasion: advised(ticket, { category: 'refund' }), triage: { model } });
    expect(again.ticket).toEqual(once);
    expect(again.reasons).toEqual([]);
    const reworded = awaiting({ subject: 'Something else altogether' });
    expect(triaged({ ticket: reworded, occasion: advised(ticket, {}), triage: { model } }).ticket.advice).toEqual(
      reworded.advice,
    );
  });

  it('that answers after a person chose is remembered, and takes nothing back (A-036)', () => {
    const override = { by: 'Ana', at: MORNING, from: null, to: 'refund' };
    const ticket = awaiting({ category: 'refund', needsReview: false, overrides: { category: override } });
    const { ticket: after, reasons } = triaged({ ticket, occasion: advised(ticket, {}), triage: { model } });
    expect(after).toMatchObject({ category: 'refund', needsReview: false, confidence: null });
    expect(after.advice).toMatchObject({ by: 'gpt-5-mini', category: 'billing' });
    expect(reasons).toEqual([]);
  });

  it('is called off when a person chose, the ticket ended, or the config forgot it', () => {
    const due: Occasion = { kind: 'due' };
    const chosen = awaiting({ category: 'refund', needsReview: false });
    const ended = awaiting({ status: 'resolved', resolvedAt: MORNING });
    for (const ticket of [chosen, ended]) {
      expect(triaged({ ticket, occasion: due, triage: { model } }).ticket.advice?.endedAt).toEqual(MORNING);
    }
    expect(triaged({ ticket: awaiting(), occasion: due }).ticket.advice?.endedAt).toEqual(MORNING);
    expect(triaged({ ticket: awaiting(), occasion: due, triage: { model } }).ticket.advice?.endedAt).toBeNull();
  });

  it('is not heard over a rule that came meanwhile', () => {
    const ticket = awaiting();
    const { ticket: after } = triaged({ ticket, occasion: advised(ticket, {}), triage: { model, rules: [ACCOUNTS] } });
    expect(after).toMatchObject({ category: 'account', confidence: null, needsReview: false });
    expect(after.opinions).toHaveLength(1);
  });

  it('sees its reading in rules: an angry requester raises the priority where a rule says so', () => {
    const angry = aRule<TriageThen>(
      { priority: 'critical' },
      { when: { kind: 'is', field: 'reading.frustration', values: ['angry'] } },
    );
    const ticket = awaiting();
    const reading = aReading({ frustration: 'angry' });
    const { ticket: after } = triaged({
      ticket,
      occasion: advised(ticket, { reading }),
      triage: { model, rules: [angry] },
    });
    expect(after).toMatchObject({ category: 'billing', priority: 'critical' });
  });
});
