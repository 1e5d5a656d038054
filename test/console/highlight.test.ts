import { describe, expect, it } from 'vitest';
import { highlighted } from '../../src/console/highlight.ts';
import { textOf } from '../../src/console/markup.ts';
import { fc } from '../support/properties.ts';

function marked(text: string, ...quotes: string[]): string {
  return textOf(
    highlighted(
      text,
      quotes.map((quote) => ({ quote, because: 'a rule' })),
    ),
  );
}

describe('marking the evidence', () => {
  it('marks the quoted words where they stand first', () => {
    expect(marked('My payment failed, payment failed!', 'payment failed')).toBe(
      'My <mark title="a rule">payment failed</mark>, payment failed!',
    );
  });

  it('finds them whatever their case and their line breaks', () => {
    expect(marked('PAYMENT\nFAILED', 'payment failed')).toBe('<mark title="a rule">PAYMENT\nFAILED</mark>');
  });

  it('escapes inside and outside of a mark', () => {
    expect(marked('<b>1</b> & <i>', '1</b>')).toBe(
      '&#60;b&#62;<mark title="a rule">1&#60;/b&#62;</mark> &#38; &#60;i&#62;',
    );
  });

  it('marks the longer of two quotes that overlap', () => {
    expect(marked('the card was charged twice', 'card was', 'card was charged')).toBe(
      'the <mark title="a rule">card was charged</mark> twice',
    );
  });

  it('leaves a text alone in which the words are not', () => {
    expect(marked('Nothing of the kind', 'payment', '', '  ')).toBe('Nothing of the kind');
  });

  it('loses and adds no character, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'grapheme' })), (text, quotes) => {
        const plain = marked(text, ...quotes).replaceAll(/<\/?mark[^>]*>/g, '');
        expect(plain.replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))).toBe(text);
      }),
    );
  });
});
