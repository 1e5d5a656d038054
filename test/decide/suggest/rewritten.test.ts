import { describe, expect, it } from 'vitest';
import { shareRewritten } from '../../../src/decide/suggest/rewritten.ts';
import { fc } from '../../support/properties.ts';

const DRAFT = 'Hello Greta,\n\nwe refund the whole amount within five working days.\n\nHelp desk';

const words = fc.array(fc.constantFrom('we', 'refund', 'the', 'amount', 'today'), { maxLength: 12 });

describe('the share of words that an agent changed (A-097)', () => {
  it.each([
    ['nothing', DRAFT, 0],
    ['only lines, commas and capitals', DRAFT.toUpperCase().replaceAll('\n', ' ').replaceAll(',', ' -'), 0],
    ['one word of 13', DRAFT.replace('five', 'three'), 1 / 13],
    ['two words more', DRAFT.replace('Help desk', 'Help desk of Bramble'), 2 / 15],
    ['three words less', DRAFT.replace('within five working days', 'today'), 4 / 13],
    ['everything', 'Sorry, no.', 1],
    ['all of it taken out', '', 1],
  ])('is that of %s', (_, answer, share) => {
    expect(shareRewritten(DRAFT, answer)).toBeCloseTo(share, 5);
  });

  it('is between 0 and 1, the same both ways, and 0 only for the same words', () => {
    fc.assert(
      fc.property(words, words, (one, other) => {
        const share = shareRewritten(one.join(' '), other.join(' '));
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(shareRewritten(other.join(' '), one.join(' '))).toBe(share);
        expect(share === 0).toBe(one.join(' ') === other.join(' '));
      }),
    );
  });

  it('takes no longer for a book than for a long letter', () => {
    const book = Array.from({ length: 200_000 }, (_, index) => `word${index}`).join(' ');
    expect(shareRewritten(book, book.replaceAll('word', 'other'))).toBe(1);
  });
});
