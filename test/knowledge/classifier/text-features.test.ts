import { describe, expect, it } from 'vitest';
import { eachFeature, LONGEST_TEXT, wordsOf } from '../../../src/knowledge/classifier/text-features.ts';

function featuresOf(text: string): readonly number[] {
  const found: number[] = [];
  eachFeature(wordsOf(text), (feature) => found.push(feature));
  return found;
}

describe('the words of a text', () => {
  it('are small letters and digits, with an apostrophe inside', () => {
    expect(wordsOf('I can’t log in — ERROR 42!')).toEqual(['i', "can't", 'log', 'in', 'error', '42']);
  });

  it('are the same however their signs were typed', () => {
    expect(wordsOf('ｒｅｆｕｎｄ ﬁle cafe\u0301')).toEqual(['refund', 'file', 'café']);
  });

  it('are read no further than 2,000 characters', () => {
    expect(wordsOf('a '.repeat(5_000))).toHaveLength(LONGEST_TEXT / 2);
  });
});

describe('the features of words', () => {
  it('are the word, its pair with the next, and two to four letters in a row with its edges', () => {
    // " ab ": the word; " a", " ab", " ab ", "ab", "ab ", "b ".
    expect(featuresOf('ab')).toHaveLength(1 + 6);
    expect(featuresOf('ab ab')).toHaveLength(2 * (1 + 6) + 1);
  });

  it('are mostly the same for a word with a slip', () => {
    const right = new Set(featuresOf('subscription'));
    const shared = new Set(featuresOf('subscrption').filter((feature) => right.has(feature)));
    expect(shared.size).toBeGreaterThan(right.size / 2);
  });

  it('tell a word from the same letters inside another', () => {
    const [word] = featuresOf('ab');
    expect(featuresOf('cabd')).not.toContain(word);
  });

  it('tell in which word each lies', () => {
    const words: number[] = [];
    eachFeature(['no', 'go'], (_, word) => words.push(word));
    expect(words.filter((word) => word === 0)).toHaveLength(1 + 6 + 1);
    expect(words.filter((word) => word === 1)).toHaveLength(1 + 6);
  });
});
