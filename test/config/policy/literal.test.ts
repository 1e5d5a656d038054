import { describe, expect, it } from 'vitest';
import { literalOf } from '../../../src/config/policy/literal.ts';
import { compilePattern } from '../../../src/config/policy/pattern.ts';
import { fc } from '../../support/properties.ts';

describe('the literal of a pattern', () => {
  it.each([
    ['INV-\\d+', 'inv-'],
    ['\\bpart-7-\\d{4}\\b', 'part-7-'],
    ['order (no|number)\\.? \\d+', 'order '],
    ['(order|invoice) number', ' number'],
    ['colou?r of paint', 'r of paint'],
    ['ab+cd', 'cd'],
    ['a{2}bc', 'bc'],
    ['[Rr]efund', 'efund'],
    ['[]x]yes', 'yes'],
    ['[^]x]yes', 'yes'],
    ['[[:digit:]x]yes', 'yes'],
    ['[\\]x]yes', 'yes'],
    ['3\\.5\\(a', '3.5(a'],
    ['(?i)yes', 'yes'],
    ['Straße', 'stra'],
  ])('%s is %j', (pattern, literal) => {
    expect(literalOf(pattern)).toBe(literal);
  });

  it.each(['refund|chargeback', '(refund)', '\\d+', '[abc]', 'a?', '\\x41bc', '\\pLabc', '\\Qa.b\\E', 'a(?i)*', ''])(
    '%s has none that is sure',
    (pattern) => {
      expect(literalOf(pattern)).toBeNull();
    },
  );

  it('is in every text that the pattern matches', () => {
    const piece = fc.constantFrom(
      ...['a', 'B', 's', 'k', '-', '.', '*', '+', '?', '{2}', '{0,1}', '{', '}', '|', '(', ')', '(?:', '(?i)'],
      ...['[ab]', '[^a]', '[]a]', '[a\\]]', '[[:alpha:]b]', '\\b', '\\d', '\\.', '\\x61', '\\', '^', '$', 'ß'],
    );
    const pattern = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(''));
    const text = fc.string({ unit: fc.constantFrom(...'aAbBsSkK-.1{}()|]ßſ\u212A'), maxLength: 8 });
    let matched = 0;
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 10, maxLength: 10 }), (written, texts) => {
        const compiled = compilePattern(written);
        if ('fault' in compiled) return;
        const literal = literalOf(written) ?? '';
        for (const given of texts.filter((each) => compiled.find(each) !== null)) {
          matched++;
          expect(given.toLowerCase().replaceAll('ſ', 's')).toContain(literal);
        }
      }),
      { numRuns: 3000 },
    );
    expect(matched).toBeGreaterThan(500);
  });
});
