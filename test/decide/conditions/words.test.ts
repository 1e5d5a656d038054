import { describe, expect, it } from 'vitest';
import { addWords, fold, noWords, numberOf, phraseOf } from '../../../src/decide/conditions/words.ts';
import { fc } from '../../support/properties.ts';

function placesOf(text: string): readonly (readonly [number, number])[] {
  const words = noWords();
  addWords(text, words);
  return words.starts.map((start, index) => [start, words.ends[index] ?? -1]);
}

function wordsOf(text: string): readonly string[] {
  return placesOf(text).map(([start, end]) => fold(text.slice(start, end)));
}

describe('the words of a text', () => {
  it('stand where they were written', () => {
    expect(placesOf("I Can't pay 3.5!")).toEqual([
      [0, 1],
      [2, 7],
      [8, 11],
      [12, 13],
      [14, 15],
    ]);
  });

  it.each([
    ["n't", ['nt']],
    ["can'T", ['cant']],
    ["can'tx", ['can', 'tx']],
    ["cat's", ['cat', 's']],
    ["can'", ['can']],
    ['', []],
    [' - ', []],
  ])('of %j are %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('have the numbers of what they are folded to, and of its first three letters', () => {
    const words = noWords();
    addWords("Isn't it", words);
    addWords('ÜBERWEISUNG', words);
    expect(words.numbers).toEqual(['isnt', 'it', 'uberweisung'].map((word) => numberOf(word)));
    expect(words.beginnings).toEqual(['isn', 'it', 'ube'].map((word) => numberOf(word)));
  });

  it('are the same in plain ASCII as they would be beside a letter that is not', () => {
    const ascii = fc.string({ unit: fc.constantFrom(..."aN nT't-_.5\nzZ@[`{"), maxLength: 30 });
    fc.assert(
      fc.property(ascii, (text) => {
        const [words, beside] = [noWords(), noWords()];
        addWords(text, words);
        addWords(`${text} é`, beside);
        const { starts, ends, numbers, beginnings } = beside;
        expect(words).toEqual({
          starts: starts.slice(0, -1),
          ends: ends.slice(0, -1),
          numbers: numbers.slice(0, -1),
          beginnings: beginnings.slice(0, -1),
        });
      }),
    );
  });
});

describe('a phrase', () => {
  it('is its words, of which a star leaves the ending open', () => {
    expect(phraseOf("Can't log* in").words).toEqual([
      { word: 'cant', prefix: false },
      { word: 'log', prefix: true },
      { word: 'in', prefix: false },
    ]);
    expect(phraseOf('?!').words).toEqual([]);
  });
});
