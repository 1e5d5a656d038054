import { describe, expect, it } from 'vitest';
import { takeFromEarlier } from '../../../src/decide/clarify/remember.ts';
import type { EarlierTicket } from '../../../src/decide/facts.ts';
import type { ClarifyQuestion } from '../../../src/decide/policy.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import { aTicket, aTurn, MORNING, someFacts } from '../../support/builders.ts';

const DAY = 24 * 60;

const PRODUCT: ClarifyQuestion = {
  field: 'product',
  question: 'Which product?',
  choices: ['Shop', 'App'],
  rememberMinutes: 90 * DAY,
};

function before(daysAgo: number, overrides: Partial<EarlierTicket> = {}): EarlierTicket {
  const openedAt = MORNING.subtract({ hours: 24 * daysAgo });
  return { number: 1000 + daysAgo, openedAt, fields: { product: 'App' }, carried: {}, ...overrides };
}

function take(earlier: readonly EarlierTicket[], question = PRODUCT, fields: Record<string, string> = {}) {
  const turn = aTurn({ ticket: aTicket({ fields }), facts: someFacts({ earlier }) });
  takeFromEarlier(turn, question);
  return { product: turn.ticket.fields['product'] ?? null, said: turn.finish().reasons.map(sentenceOf) };
}

describe('what a requester said on another ticket', () => {
  it('is taken over for as long as the config says, and the log names the ticket (A-024)', () => {
    expect(take([before(90)])).toEqual({
      product: 'App',
      said: ['Need not ask for product: on T-1090 the requester said “App”.'],
    });
    expect(take([before(91)]).product).toBe(null);
  });

  it('is asked of each ticket where the config says nothing', () => {
    expect(take([before(1)], { ...PRODUCT, rememberMinutes: null }).product).toBe(null);
  });

  it('is the latest that they said', () => {
    expect(take([before(2, { fields: { product: 'Shop' } }), before(5)]).product).toBe('Shop');
    expect(take([before(2, { fields: { colour: 'red' } }), before(5)]).product).toBe('App');
  });

  it('gives way to what the ticket says itself', () => {
    expect(take([before(2)], PRODUCT, { product: 'Shop' })).toEqual({ product: 'Shop', said: [] });
  });

  it('grows no younger by being taken over', () => {
    const carried = { product: { ticket: 'T-900', saidAt: MORNING.subtract({ hours: 24 * 80 }) } };
    expect(take([before(3, { carried })]).said).toEqual([
      'Need not ask for product: on T-900 the requester said “App”.',
    ]);
    const old = { product: { ticket: 'T-900', saidAt: MORNING.subtract({ hours: 24 * 100 }) } };
    expect(take([before(3, { carried: old })]).product).toBe(null);
  });

  it.each([
    ['Web', null],
    ['app', 'App'],
    [' ', null],
  ])('counts only as one of the choices there are: %j', (said, product) => {
    expect(take([before(1, { fields: { Product: said } })]).product).toBe(product);
  });
});
