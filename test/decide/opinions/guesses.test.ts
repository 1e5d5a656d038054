import { expect, it } from 'vitest';
import { guessesFor } from '../../../src/decide/opinions/guesses.ts';
import { anOpinion } from '../../support/opinions.ts';

const LEARNED = anOpinion({
  categories: [
    { value: 'billing', confidence: 0.6 },
    { value: 'refund', confidence: 0.3 },
  ],
});
const MODEL = anOpinion({ from: 'language_model', name: 'tiny', categories: [{ value: 'refund', confidence: 0.8 }] });
const CATEGORIES = ['billing', 'refund', 'bug', 'account'];

it('puts what is shown first, then the likeliest of all opinions, each once', () => {
  const opinions = [LEARNED, MODEL];
  expect(guessesFor({ category: null, confidence: null, opinions }, CATEGORIES)).toEqual([
    { value: 'refund', confidence: 0.8 },
    { value: 'billing', confidence: 0.6 },
  ]);
  expect(guessesFor({ category: 'bug', confidence: null, opinions }, CATEGORIES)).toEqual([
    { value: 'bug', confidence: null },
    { value: 'refund', confidence: 0.8 },
    { value: 'billing', confidence: 0.6 },
  ]);
});

it('offers nothing that the config has no more', () => {
  expect(guessesFor({ category: 'gone', confidence: 1, opinions: [LEARNED] }, ['refund'])).toEqual([
    { value: 'refund', confidence: 0.3 },
  ]);
});
