import { judgedText, textName } from '../../src/decide/judged-text.ts';
import type { ModelPolicy } from '../../src/decide/policy.ts';
import type { Occasion } from '../../src/domain/occasion.ts';
import type { Advice, Answered, Opinion, Reading } from '../../src/domain/opinion.ts';
import type { Proposal } from '../../src/domain/proposal.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { Classifier } from '../../src/ports/classifier.ts';
import { ALWAYS, MORNING } from './builders.ts';

/** What was learned is sure that it is billing. */
export function anOpinion(overrides: Partial<Opinion> = {}): Opinion {
  return {
    from: 'classifier',
    name: 'learned on 20 November from 1,240 tickets',
    categories: [
      { value: 'billing', confidence: 0.97 },
      { value: 'account', confidence: 0.02 },
    ],
    threshold: 0.93,
    words: ['payment failed', 'charged'],
    nearest: { number: 1007, subject: 'Card charged twice' },
    reading: null,
    ...overrides,
  };
}

/** What was learned is sure that it is urgent. */
export function aProposal(overrides: Partial<Proposal> = {}): Proposal {
  return {
    field: 'priority',
    value: 'high',
    confidence: 0.97,
    threshold: 0.93,
    words: ['charged', 'twice'],
    nearest: { number: 1007, subject: 'Card charged twice' },
    name: 'learned on 20 November from 240 tickets',
    ...overrides,
  };
}

/** What was learned, and says the same of every text unless the test says otherwise. */
export function aClassifier(overrides: Partial<Classifier> = {}): Classifier {
  return { version: 1, opinionOf: () => anOpinion(), proposalsOf: () => [], ...overrides };
}

/** Nothing that anybody could go by. */
export function aReading(overrides: Partial<Reading> = {}): Reading {
  return {
    severity: null,
    product: null,
    language: null,
    sentiment: null,
    frustration: null,
    intent: null,
    reason: 'They write “charged twice”.',
    summary: null,
    fields: {},
    ...overrides,
  };
}

/** Asked when it is unsure, believed at once, and all of its reading is taken over. */
export function aModel(overrides: Partial<ModelPolicy> = {}): ModelPolicy {
  return {
    name: 'gpt-5-mini',
    when: ALWAYS,
    asks: 'when_unsure',
    trust: 1,
    threshold: 0.8,
    takes: ['severity', 'language', 'product', 'fields', 'summary'],
    categories: {},
    products: ['Web shop'],
    intents: {},
    noSummaryOf: [],
    draftsFor: [],
    ...overrides,
  };
}

/** The question about the ticket's text, without an answer yet. */
export function asked(ticket: Ticket): Advice {
  const of = textName(judgedText(ticket));
  return { of, by: null, category: null, askedAt: MORNING, endedAt: null, failure: null };
}

/** What a language model answers about the ticket's text. */
export function advised(ticket: Ticket, answer: Partial<Answered> | { failure: string }): Occasion {
  const said =
    'failure' in answer ? answer : { name: 'gpt-5-mini', category: 'billing', reading: aReading(), ...answer };
  return { kind: 'advised', of: textName(judgedText(ticket)), answer: said, at: MORNING };
}
