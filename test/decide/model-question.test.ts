import { describe, expect, it } from 'vitest';
import { modelQuestion } from '../../src/decide/index.ts';
import type { ModelPolicy } from '../../src/decide/policy.ts';
import { aPolicy, aTicket, MORNING } from '../support/builders.ts';

const MODEL: ModelPolicy = {
  name: 'm',
  when: { kind: 'all', of: [] },
  asks: 'when_unsure',
  trust: 0.5,
  threshold: 0.8,
  takes: ['product', 'fields', 'summary'],
  categories: { billing: 'Invoices and refunds.' },
  products: ['Web shop'],
  intents: { 'wants money back': 'A refund.', 'wants to know': '' },
  draftsFor: [],
  noSummaryOf: ['account'],
};

const CLARIFY = {
  name: 'Which product',
  why: 'We need it.',
  owner: 'Ana',
  place: 'intake.yaml:1',
  when: { kind: 'all' as const, of: [] },
  ask: [
    { field: 'order', question: 'Which order is it?', choices: [], rememberMinutes: null },
    { field: 'browser', question: 'Which browser?', choices: ['Firefox', 'Safari'], rememberMinutes: null },
  ],
  template: 'ask',
  remindAfterMinutes: null,
  giveUpAfterMinutes: 60,
  calendar: null,
};

function asked(model: Partial<ModelPolicy> | null, ticket = aTicket({ fields: { browser: 'Safari' } })) {
  const wishes = aPolicy({ triage: { model: model === null ? null : { ...MODEL, ...model } } });
  return modelQuestion(ticket, {
    policy: { ...wishes, intake: { ...wishes.intake, clarify: [CLARIFY] } },
    now: MORNING,
  });
}

describe('what a language model is asked', () => {
  it('is nothing where the config names none', () => {
    expect(asked(null)).toBeNull();
  });

  it('is nothing about tickets that the config keeps from it', () => {
    const when = { kind: 'is' as const, field: 'channel', values: ['website'] };
    expect(asked({ when }, aTicket({ channel: 'chat' }))).toBeNull();
    expect(asked({ when }, aTicket({ channel: 'website' }))).not.toBeNull();
  });

  it('is to choose from the lists of the config, and to answer what nobody said', () => {
    expect(asked({})).toMatchObject({
      categories: [
        { name: 'billing', about: 'Invoices and refunds.' },
        { name: 'technical', about: '' },
        { name: 'account', about: '' },
      ],
      products: ['Web shop'],
      intents: [
        { name: 'wants money back', about: 'A refund.' },
        { name: 'wants to know', about: '' },
      ],
      missing: [{ field: 'order', question: 'Which order is it?', choices: [] }],
    });
  });

  it('asks for no summary of what is too delicate (A-022)', () => {
    expect(asked({})?.summaryFor).toEqual(['billing', 'technical']);
    expect(asked({ takes: [] })).toMatchObject({ summaryFor: [], missing: [], products: [] });
  });

  it('leaves out what the requester only quotes', () => {
    const description = 'Please refund me.\n\nOn Monday, Bo <bo@example.com> wrote:\n> the secret plan\n';
    expect(asked({}, aTicket({ description }))?.text).not.toContain('secret plan');
  });
});
