import { describe, expect, it } from 'vitest';
import { guess, learn, type LearnedModel, packModel, unpackModel } from '../../../src/knowledge/classifier/index.ts';
import { joinVectors, meanOf } from '../../../src/knowledge/classifier/joined-rows.ts';
import { rowOf } from '../../../src/knowledge/classifier/sparse-rows.ts';
import { knownExamples } from '../../support/known-requests.ts';
import { meaningOf } from '../../support/stand-in-embedder.ts';

const EXAMPLES = knownExamples(100).map((example) => ({ ...example, vector: meaningOf(example.text) }));

/** Words that nobody used so far, for what everybody wrote of. */
const OTHER_WORDS: readonly [string, string][] = [
  ['remittance', 'billing'],
  ['reimbursement', 'billing'],
  ['consignment', 'delivery'],
  ['haulier', 'delivery'],
  ['passphrase', 'account'],
  ['membership', 'account'],
  ['luminaire', 'product'],
  ['sideboard', 'product'],
];

function learned(space?: string): LearnedModel {
  const learning = learn(EXAMPLES, { promise: 0.9, ...(space !== undefined && { space }) });
  if (learning.kind === 'missing') throw new Error('Nothing was learned.');
  return learning.model;
}

describe('words and vectors side by side', () => {
  const words = learned();
  const joined = learned('tests');

  it('know a text of words that were never seen by what they mean, where words alone guess', () => {
    const said = OTHER_WORDS.map(([word, category]) => ({ text: `It concerns ${word} trouble`, category }));
    const right = (model: LearnedModel) =>
      said.filter(({ text, category }) => guess(model, text, meaningOf(text)).categories[0]?.category === category);
    expect(right(joined).length).toBe(said.length);
    expect(right(words).length).toBeLessThan(6);
  });

  it('guess the same after they were packed, but for a hundredth', () => {
    const again = unpackModel(packModel(joined));
    expect(again.vectors).toEqual(joined.vectors);
    for (const { text, vector } of EXAMPLES.slice(0, 40)) {
      const [before, after] = [guess(joined, text, vector), guess(again, text, vector)];
      expect(after.categories[0]?.category).toBe(before.categories[0]?.category);
      const difference = (after.categories[0]?.confidence ?? 0) - (before.categories[0]?.confidence ?? 0);
      expect(Math.abs(difference)).toBeLessThan(0.01);
    }
  });

  it('leave what words alone say as it was, whether or not a vector is there', () => {
    const [{ text, vector } = { text: '' }] = EXAMPLES;
    expect(guess(words, text, vector)).toEqual(guess(words, text));
    expect(words.vectors).toBeNull();
  });

  it('name the nearest ticket by its words, as surely as without', () => {
    const [{ text, vector } = { text: '' }] = EXAMPLES;
    const [beside, alone] = [guess(joined, text, vector).nearest, guess(words, text).nearest];
    expect(beside?.ticket).toBe(alone?.ticket);
    expect(beside?.likeness).toBeCloseTo(alone?.likeness ?? 0, 5);
  });
});

describe('a row with a vector', () => {
  const row = rowOf({ features: Int32Array.of(1, 4), values: Float32Array.of(0.6, 0.8) }, 5);

  it('is of length 1, half of it words, with what all vectors have in common taken off', () => {
    const vectors = [Int8Array.of(100, 50), Int8Array.of(100, -50)];
    const mean = meanOf(vectors);
    expect([...mean].map((each) => Number(each.toFixed(3)))).toEqual([0.894, 0]);
    const { width, features, values, dimensions } = joinVectors(row, vectors.slice(1), mean);
    expect({ width, features: [...features], dimensions }).toEqual({ width: 7, features: [1, 4, 5, 6], dimensions: 2 });
    expect([...values].map((each) => Number((each ** 2).toFixed(2)))).toEqual([0.18, 0.32, 0, 0.5]);
  });

  it('has its words alone where the vector is just what all have in common', () => {
    const mean = meanOf([Int8Array.of(100, 0)]);
    const { values } = joinVectors(row, [Int8Array.of(100, 0)], mean);
    expect([...values].slice(2)).toEqual([0, 0]);
  });
});
