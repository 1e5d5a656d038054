import { describe, expect, it } from 'vitest';
import { createPhraseTree } from '../../../src/decide/conditions/phrase-tree.ts';
import { prepareText, readText } from '../../../src/decide/conditions/prepared-text.ts';

const PHRASE = { written: 'card declined', words: ['card', 'declined'].map((word) => ({ word, prefix: false })) };

function aText(number: number) {
  return { subject: `Order ${number}`, description: 'My card declined twice.' };
}

describe('the texts of a ticket', () => {
  it('are read once for all its turns', () => {
    const phrases = createPhraseTree([PHRASE]);
    const text = readText(aText(1), phrases);
    expect(readText(aText(1), phrases)).toBe(text);
    expect(text.placesOf(PHRASE)).toEqual([3]);
    expect(JSON.stringify(text)).toBe(JSON.stringify(prepareText(aText(1), phrases)));
  });

  it('are read anew for other words, and for other rules', () => {
    const phrases = createPhraseTree([PHRASE]);
    const text = readText(aText(1), phrases);
    expect(readText(aText(2), phrases)).not.toBe(text);
    expect(readText({ ...aText(1), subject: 'Order 1\nMy card declined twice.', description: '' }, phrases)).not.toBe(
      text,
    );
    expect(readText(aText(1), createPhraseTree([])).places.size).toBe(0);
  });

  it('are forgotten in the order in which they were asked for, and long ones at once', () => {
    const phrases = createPhraseTree([PHRASE]);
    const [first, second] = [readText(aText(1), phrases), readText(aText(2), phrases)];
    for (let number = 3; number <= 300; number++) readText(aText(number), phrases);
    expect(readText(aText(1), phrases)).toBe(first);
    readText(aText(301), phrases);
    expect(readText(aText(2), phrases)).not.toBe(second);
    expect(readText(aText(1), phrases)).toBe(first);
    const long = { subject: 'Order', description: 'My card declined. '.repeat(200) };
    expect(readText(long, phrases)).not.toBe(readText(long, phrases));
  });
});
