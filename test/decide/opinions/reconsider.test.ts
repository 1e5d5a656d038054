import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/decide/index.ts';
import { applyEffect } from '../../../src/decide/apply.ts';
import type { Policy } from '../../../src/decide/policy.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import type { Opinion } from '../../../src/domain/opinion.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { aPolicy, aTicket, MORNING, someFacts } from '../../support/builders.ts';
import { aModel, anOpinion, asked } from '../../support/opinions.ts';

const POLICY: Policy = { ...aPolicy(), categories: ['billing', 'account'] };
const WITH_MODEL: Policy = { ...aPolicy({ triage: { model: aModel() } }), categories: ['billing', 'account'] };
const UNSURE = anOpinion({
  categories: [
    { value: 'billing', confidence: 0.61 },
    { value: 'account', confidence: 0.2 },
  ],
});

/** What is said of a ticket that is judged again, with what was learned since. */
function reconsidered(
  ticket: Ticket,
  given: { why?: 'learned' | 'other_model'; opinion?: Opinion; policy?: Policy } = {},
) {
  const { why = 'learned', opinion, policy = POLICY } = given;
  const facts = someFacts({ opinions: opinion === undefined ? [] : [opinion] });
  const { effects, reasons, isTriaged } = decide(
    ticket,
    { kind: 'reconsidered', why, at: MORNING },
    { policy, facts, now: MORNING },
  );
  const after = effects.reduce((each, effect) => applyEffect(each, effect, MORNING), ticket);
  return { after, isTriaged, sentences: reasons.filter(({ stage }) => stage === 'triage').map(sentenceOf) };
}

describe('a ticket that waits for a review and is judged again', () => {
  const waiting = aTicket({ needsReview: true, opinions: [UNSURE] });

  it('gets its category from what was learned since, and says that it is judged again and why', () => {
    const { after, sentences, isTriaged } = reconsidered(waiting, { opinion: anOpinion() });
    expect(after).toMatchObject({ category: 'billing', needsReview: false, confidence: 0.97 });
    expect(sentences).toContain(
      'Judged again, as more was learned: billing, 97 % sure by “payment failed” and “charged”, as T-1007 was; 93 % are needed, next is account at 2 %.',
    );
    expect(isTriaged).toBe(true);
  });

  it('stays where it is, with the guesses that it had, while nothing is surer than it was', () => {
    const opinion = anOpinion({
      name: 'learned on 21 November from 1,300 tickets',
      categories: [
        { value: 'billing', confidence: 0.65 },
        { value: 'account', confidence: 0.15 },
      ],
    });
    const { after, sentences } = reconsidered(waiting, { opinion });
    expect(after.opinions).toEqual([UNSURE]);
    expect([after.needsReview, sentences]).toEqual([true, []]);
  });

  it.each([
    ['another category is likelier', [{ value: 'account', confidence: 0.61 }]],
    [
      'it is much surer, if not sure enough',
      [UNSURE.categories[0], UNSURE.categories[1]].map((each, index) => ({
        value: each?.value ?? '',
        confidence: index === 0 ? 0.8 : 0.2,
      })),
    ],
  ])('shows new guesses where %s', (_, categories) => {
    const { after } = reconsidered(waiting, { opinion: anOpinion({ categories }) });
    expect(after.opinions[0]?.categories).toEqual(categories);
    expect(after.needsReview).toBe(true);
  });

  it('keeps what a person chose, and a review that a person asked for', () => {
    const chosen = { by: 'Ana', at: MORNING, from: null, to: 'account' };
    const byHand = aTicket({ category: 'account', needsReview: true, overrides: { category: chosen } });
    expect(reconsidered(byHand, { opinion: anOpinion() }).after).toMatchObject({
      category: 'account',
      needsReview: true,
    });
    const ruled = aTicket({ category: 'account', needsReview: true, categoryFrom: { by: 'rule', name: 'Cards' } });
    expect(reconsidered(ruled, { opinion: anOpinion() }).after).toMatchObject({
      category: 'account',
      needsReview: true,
    });
  });

  it('is asked about by a language model that is new to the desk, and says so', () => {
    const { after, sentences } = reconsidered(waiting, { why: 'other_model', policy: WITH_MODEL });
    expect(after.advice).toMatchObject({ askedAt: MORNING, endedAt: null });
    expect(sentences).toEqual([
      'Judged again: nothing gave a category (billing 61 % or account 20 % are guessed, 93 % are needed), so gpt-5-mini is asked.',
    ]);
  });

  it('is asked about once more by another model, and not by one that has answered', () => {
    const by = (name: string) => ({ ...waiting, advice: { ...asked(waiting), by: name, endedAt: MORNING } });
    const again = (ticket: Ticket) => reconsidered(ticket, { why: 'other_model', policy: WITH_MODEL }).after.advice;
    expect(again(by('gpt-4o-mini'))).toMatchObject({ by: null, endedAt: null });
    expect(again(by('gpt-5-mini'))).toMatchObject({ by: 'gpt-5-mini', endedAt: MORNING });
  });

  it('is not asked about because more was learned', () => {
    expect(reconsidered(waiting, { policy: WITH_MODEL }).after.advice).toBeNull();
  });
});
