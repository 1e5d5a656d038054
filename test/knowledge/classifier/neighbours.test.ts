import { describe, expect, it } from 'vitest';
import { keepTexts, nearest, neighboursOf } from '../../../src/knowledge/classifier/neighbours.ts';
import { type SparseRows } from '../../../src/knowledge/classifier/sparse-rows.ts';
import { wordsOf } from '../../../src/knowledge/classifier/text-features.ts';
import { rowsOf, vocabularyOf } from '../../../src/knowledge/classifier/vocabulary.ts';
import { helpTickets } from '../../support/help-texts.ts';

function likenessOf(rows: SparseRows, one: number, other: number): number {
  const entries = (row: number) => {
    const [start, end] = [rows.starts[row] ?? 0, rows.starts[row + 1] ?? 0];
    return new Map(
      Array.from(rows.features.subarray(start, end), (feature, at) => [feature, rows.values[start + at] ?? 0]),
    );
  };
  const [mine, theirs] = [entries(one), entries(other)];
  return [...mine].reduce((sum, [feature, value]) => sum + value * (theirs.get(feature) ?? 0), 0);
}

describe('the texts most like one', () => {
  const texts = helpTickets(80).map(({ text }) => wordsOf(text.slice(0, 24)));
  const rows = rowsOf(texts, vocabularyOf(texts));
  const neighbours = neighboursOf(keepTexts(rows, Int32Array.from(texts.keys())), rows.width);

  it('are those with the highest product, the text itself first', () => {
    const found = nearest(neighbours, { rows, row: 17 }, 4);
    const all = [...texts.keys()].map((text) => likenessOf(rows, 17, text)).sort((one, other) => other - one);
    expect(found[0]?.likeness).toBeCloseTo(1, 4);
    expect(found.map(({ likeness }) => Number(likeness.toFixed(4)))).toEqual(
      all.slice(0, 4).map((likeness) => Number(likeness.toFixed(4))),
    );
  });

  it('are the same when asked again', () => {
    expect(nearest(neighbours, { rows, row: 5 }, 3)).toEqual(nearest(neighbours, { rows, row: 5 }, 3));
  });
});
