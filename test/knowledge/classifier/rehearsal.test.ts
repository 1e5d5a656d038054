import { describe, expect, it } from 'vitest';
import { type Material, type Rehearsed, rehearse } from '../../../src/knowledge/classifier/rehearsal.ts';
import { rowOfKnown } from '../../../src/knowledge/classifier/sparse-rows.ts';
import { wordsOf } from '../../../src/knowledge/classifier/text-features.ts';
import { rowsOf, vocabularyOf, weigh } from '../../../src/knowledge/classifier/vocabulary.ts';
import { knownExamples } from '../../support/known-requests.ts';

/** Where the numbers of a text say how much of it there is: the logarithm of one more than its features. */
const LENGTH = 4;

function materialOf(texts: readonly { text: string; category: string }[]): Material {
  const words = texts.map(({ text }) => wordsOf(text));
  const vocabulary = vocabularyOf(words);
  const categories = [...new Set(texts.map(({ category }) => category))].sort();
  return {
    words,
    vocabulary,
    rows: rowsOf(words, vocabulary),
    classOf: Int32Array.from(texts, ({ category }) => categories.indexOf(category)),
    classes: categories.length,
    counts: new Float32Array(texts.length).fill(1),
  };
}

function featuresOf({ numbers }: Rehearsed): number {
  return Math.round(Math.exp(numbers[LENGTH] ?? 0)) - 1;
}

describe('a rehearsal', () => {
  const known = knownExamples(60);
  const strange = { text: 'Где моя посылка', category: 'billing' };
  const rehearsed = rehearse(materialOf([...known, strange]));

  it('asks about every text once, and about those of hidden classes once more', () => {
    const asked = rehearsed.filter(({ isHidden }) => !isHidden).map(({ text }) => text);
    expect(asked.toSorted((one, other) => one - other)).toEqual([...known, strange].map((_, text) => text));
    expect(rehearsed.length).toBeGreaterThan(asked.length);
  });

  it('asks about a text as of a new one, without what only that text made known', () => {
    const ofStrange = rehearsed.filter(({ text }) => text === known.length);
    expect(ofStrange.map(featuresOf)).toEqual(ofStrange.map(() => 0));
    expect(rehearsed.filter(({ text }) => text < known.length).every((each) => featuresOf(each) > 0)).toBe(true);
  });
});

describe('a row of what is known', () => {
  const words = [wordsOf('The parcel is late'), wordsOf('The parcel is lost')];
  const vocabulary = vocabularyOf(words);
  const rows = rowsOf(words, vocabulary);
  const isKnown = (place: number) => place % 3 !== 0;

  it('is what the text would be with the other features unheard of', () => {
    const places = new Map([...vocabulary.places].filter(([, place]) => isKnown(place)));
    const expected = weigh(words[1] ?? [], { ...vocabulary, places });
    const row = rowOfKnown({ rows, row: 1 }, isKnown);
    expect(row.features).toEqual(expected.features);
    expect(row.values.length).toBe(expected.values.length);
    row.values.forEach((value, at) => expect(value).toBeCloseTo(expected.values[at] ?? Number.NaN, 6));
  });

  it('keeps the vector of the text as it is', () => {
    const withVector = { ...rowsOf(words, vocabulary), dimensions: 2 };
    const [end, next] = [(withVector.starts[2] ?? 0) - 2, withVector.starts[2] ?? 0];
    const row = rowOfKnown({ rows: withVector, row: 1 }, isKnown);
    expect(row.features.slice(-2)).toEqual(withVector.features.slice(end, next));
    expect(row.values.slice(-2)).toEqual(withVector.values.slice(end, next));
  });

  it('is empty where nothing is known', () => {
    expect(rowOfKnown({ rows, row: 0 }, () => false).values).toHaveLength(0);
  });
});
