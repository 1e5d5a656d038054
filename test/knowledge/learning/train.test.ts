import { describe, expect, it } from 'vitest';
import { type Example, unpackModel } from '../../../src/knowledge/classifier/index.ts';
import { guessToday } from '../../../src/knowledge/learning/learned-guess.ts';
import { train } from '../../../src/knowledge/learning/train.ts';
import { createChance } from '../../support/chance.ts';
import { KNOWN_CATEGORIES, knownExamples } from '../../support/known-requests.ts';
import { meaningOf } from '../../support/stand-in-embedder.ts';

const NAMES = { categories: KNOWN_CATEGORIES, renamed: {} };

function learned(examples: readonly Example[]) {
  const trained = train(examples, { promise: 0.9, names: NAMES, older: [] });
  if (trained.kind !== 'learned') throw new Error(`It ended as ${trained.kind}.`);
  return trained;
}

/** Every label is that of the next category: whoever learns from it is wrong of everything. */
function mislabelled(examples: readonly Example[]): readonly Example[] {
  return examples.map((example, index) => ({
    ...example,
    category: KNOWN_CATEGORIES[(index + 1) % KNOWN_CATEGORIES.length] ?? 'billing',
  }));
}

describe('learning', () => {
  it('gives the same bytes for the same tickets', () => {
    const [one, other] = [learned(knownExamples(60)), learned(knownExamples(60))];
    expect(Buffer.from(one.bytes).equals(one.bytes) && Buffer.compare(one.bytes, other.bytes)).toBe(0);
  });

  it('gives a corrected ticket its corrected category (A-099)', () => {
    const examples = knownExamples(120);
    // Beds were filed under product until people said that they are a matter of delivery.
    const corrected = Array.from({ length: 20 }, (_, index) => ({
      ticket: 200 + index,
      text: `About bed number ${index}\nThe bed came without its mattress, who brings it?`,
      category: 'delivery',
      isCorrected: true,
    }));
    const model = unpackModel(learned([...examples, ...corrected]).bytes);
    const right = corrected.filter(
      ({ text }) => guessToday(model, { text }, NAMES).categories[0]?.category === 'delivery',
    );
    expect(right.length / corrected.length).toBeGreaterThanOrEqual(0.95);
  });

  it('says what is missing where there is too little', () => {
    expect(train(knownExamples(29), { promise: 0.9, names: NAMES, older: [] })).toMatchObject({
      kind: 'missing',
      missing: { tickets: 29, ticketsNeeded: 30 },
    });
  });

  it('keeps an older model that does better on tickets that neither has seen', () => {
    const good = learned(knownExamples(80));
    // The labels of late are mixed up, but those of the newest tenth are right.
    const late = knownExamples(300).slice(80);
    const examples = [...knownExamples(80), ...mislabelled(late.slice(0, 190)), ...late.slice(190)];
    const trained = train(examples, {
      promise: 0.9,
      names: NAMES,
      older: [{ version: 7, bytes: good.bytes, joined: null }],
    });
    expect(trained).toMatchObject({ kind: 'kept', version: 7, comparison: { tickets: 30, isOlderBetter: true } });
  });

  it('takes a newer model that does as well, and says how both did', () => {
    const older = [{ version: 1, bytes: learned(knownExamples(80)).bytes, joined: null }];
    const trained = train(knownExamples(240), { promise: 0.9, names: NAMES, older });
    expect(trained).toMatchObject({ kind: 'learned', comparison: { tickets: 24, isOlderBetter: false } });
  });

  it('compares with nothing where the older model knows the newest tickets, or cannot be read', () => {
    const examples = knownExamples(60);
    const older = [
      { version: 2, bytes: new Uint8Array([1, 2, 3]), joined: null },
      { version: 1, bytes: learned(examples).bytes, joined: null },
    ];
    expect(train(examples, { promise: 0.9, names: NAMES, older })).toMatchObject({ kind: 'learned', comparison: null });
  });
});

describe('what was learned', () => {
  const model = unpackModel(learned(knownExamples(80)).bytes);
  const text = 'My invoice is wrong\nThe payment failed and the refund has not arrived.';

  it('is sure of what it knows', () => {
    expect(guessToday(model, { text }, NAMES)).toMatchObject({
      categories: [{ category: 'billing' }, {}, {}],
      isSure: true,
    });
  });

  it('says a category by the name that it has now, also where two became one', () => {
    const names = { categories: ['money', 'account'], renamed: { billing: 'money', product: 'money' } };
    const { categories, isSure } = guessToday(model, { text }, names);
    expect(categories.map(({ category }) => category)).toContain('money');
    expect([categories.length < 3, categories[0]?.category, isSure]).toEqual([true, 'money', true]);
  });

  it('is not sure of anything where its first guess is a category that is gone', () => {
    const names = { categories: ['delivery', 'account', 'product'], renamed: { billing: 'bills' } };
    const { categories, isSure, words, nearest } = guessToday(model, { text }, names);
    expect(categories.map(({ category }) => category)).not.toContain('billing');
    expect({ isSure, words, nearest }).toEqual({ isSure: false, words: [], nearest: null });
  });
});

describe('learning with vectors', () => {
  const examples = knownExamples(60);
  const meant = examples.map((example) => ({ ...example, vector: meaningOf(example.text) }));
  const curriculum = { promise: 0.9, names: NAMES, older: [], space: 'tests' };

  it('says what they are worth beside the words, which are learned as they are without', () => {
    const trained = train(meant, curriculum);
    expect(trained).toMatchObject({ kind: 'learned', vectors: { tickets: 60, dimensions: 48, isUsed: true } });
    if (trained.kind !== 'learned') return;
    expect(Buffer.compare(trained.bytes, learned(examples).bytes)).toBe(0);
    expect(trained.joined).not.toBeNull();
  });

  it('leaves out those that say nothing', () => {
    const chance = createChance(3);
    // Three words each, or the words would outweigh whatever is beside them.
    const noise = examples.map(({ text, ...example }) => ({
      ...example,
      text: text.split(/\s/).slice(2, 5).join(' '),
      vector: Int8Array.from({ length: 48 }, () => 254 * chance() - 127),
    }));
    expect(train(noise, curriculum)).toMatchObject({ joined: null, vectors: { tickets: 60, isUsed: false } });
    const meaning = noise.map((example) => ({ ...example, vector: meaningOf(example.text) }));
    expect(train(meaning, curriculum)).toMatchObject({ vectors: { tickets: 60, isUsed: true } });
  });

  it('goes by words alone where fewer than nine in ten tickets have one', () => {
    const some = meant.map(({ vector, ...example }, index) => (index < 7 ? example : { ...example, vector }));
    expect(train(some, curriculum)).toMatchObject({ joined: null, vectors: { tickets: 53, joined: null } });
    const most = meant.map(({ vector, ...example }, index) => (index < 6 ? example : { ...example, vector }));
    expect(train(most, curriculum)).toMatchObject({ report: { tickets: 54 }, vectors: { tickets: 54, isUsed: true } });
  });
});
