import { describe, expect, it } from 'vitest';
import { inPieces, piecesOf } from '../../src/kit/in-pieces.ts';
import { fc } from '../support/properties.ts';

describe('a text in pieces', () => {
  it('is broken where a paragraph, a line or a word ends', () => {
    expect(piecesOf('One two.\n\nThree four.', 12)).toEqual(['One two.', 'Three four.']);
    expect(piecesOf('One two three\nfour five', 16)).toEqual(['One two three', 'four five']);
    expect(piecesOf('One two three four', 9)).toEqual(['One two', 'three', 'four']);
    expect(piecesOf('short', 9)).toEqual(['short']);
  });

  it('loses nothing but space, and breaks no character', () => {
    const texts = fc.array(fc.constantFrom('a', ' ', '\n', '🙈', 'word', '\n\n')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.integer({ min: 4, max: 20 }), (text, longest) => {
        const pieces = piecesOf(text, longest);
        for (const piece of pieces) expect(piece.length <= longest && piece.isWellFormed()).toBe(true);
        expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });

  it('goes on where it stopped when it is sent again', async () => {
    const send = inPieces(4);
    const posted: string[] = [];
    const message = { key: 'reply:1', text: 'one two six' };
    const post = (failing: string) => async (text: string) => {
      if (text === failing) throw new Error(text);
      posted.push(text);
      return `id of ${text}`;
    };
    await expect(send(message, post('two'))).rejects.toThrow('two');
    expect(await send(message, post(''))).toEqual(['id of one', 'id of two', 'id of six']);
    expect(posted).toEqual(['one', 'two', 'six']);
  });
});
