import { describe, expect, it } from 'vitest';
import { createPhraseTree, type Readable } from '../../../src/decide/conditions/phrase-tree.ts';
import { BEGINNING, numberOf, phraseOf } from '../../../src/decide/conditions/words.ts';

/** A text of these words. */
function reading(words: string): Readable {
  const list = words.split(' ');
  return {
    numbers: list.map((word) => numberOf(word)),
    beginnings: list.map((word) => numberOf(word.slice(0, BEGINNING))),
    wordAt: (index) => list[index] ?? '',
  };
}

/** Where phrases stand in a text of these words, by what they were written as. */
function places(phrases: readonly string[], text: Readable): Readonly<Record<string, readonly number[]>> {
  const found = createPhraseTree(phrases.map(phraseOf)).placesIn(text);
  return Object.fromEntries([...found].map(([{ written }, at]) => [written, at]));
}

describe('a tree of phrases', () => {
  it('finds each phrase wherever it stands, and none that does not', () => {
    const phrases = ['card', 'card failed', 'card failed twice', 'failed', 'refund'];
    expect(places(phrases, reading('my card failed and a card'))).toEqual({
      card: [1, 5],
      'card failed': [1],
      failed: [2],
    });
  });

  it('finds words with an ending left open, however short the beginning', () => {
    const phrases = ['pay*', 'paym* fail*', 'p* failed', 'fa* f*', 'payments*'];
    expect(places(phrases, reading('payment failed pa'))).toEqual({
      'pay*': [0],
      'paym* fail*': [0],
      'p* failed': [0],
    });
  });

  it('takes two words of the same number for the two that they are', () => {
    const [one, other] = ['costarring', 'liquid'];
    expect(numberOf(one)).toBe(numberOf(other));
    expect(places([one, `${other} paint`], reading(`${one} paint ${other} paint`))).toEqual({
      costarring: [0],
      'liquid paint': [2],
    });
  });

  it('knows its phrases, and finds none without words', () => {
    const [known, empty] = [phraseOf('card'), phraseOf('?')];
    const tree = createPhraseTree([known, empty]);
    expect([tree.has(known), tree.has(empty), tree.has(phraseOf('card'))]).toEqual([true, true, false]);
    expect(tree.placesIn(reading('card')).size).toBe(1);
  });
});
