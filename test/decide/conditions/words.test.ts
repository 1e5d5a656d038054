import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWords, phraseOf, type Words } from '../../../src/decide/conditions/words.ts';

function wordsOf(text: string): Words {
  const words: Words = { words: [], starts: [], ends: [] };
  addWords(text, words);
  return words;
}

describe('the words of a text', () => {
  it('stand where they were written, folded', () => {
    expect(wordsOf("I Can't pay 3.5!")).toEqual({
      words: ['i', 'cant', 'pay', '3', '5'],
      starts: [0, 2, 8, 12, 14],
      ends: [1, 7, 11, 13, 15],
    });
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
    expect(wordsOf(text).words).toEqual(words);
  });

  it('are the same in plain ASCII as they would be beside a letter that is not', () => {
    const ascii = fc.string({ unit: fc.constantFrom(..."aN nT't-_.5\nzZ@[`{"), maxLength: 30 });
    fc.assert(
      fc.property(ascii, (text) => {
        const beside = wordsOf(`${text} é`);
        expect(wordsOf(text)).toEqual({
          words: beside.words.slice(0, -1),
          starts: beside.starts.slice(0, -1),
          ends: beside.ends.slice(0, -1),
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
