import { describe, expect, it } from 'vitest';
import { csvLine } from '../../src/kit/csv-line.ts';

describe('a line of CSV', () => {
  it('has commas between its cells, and nothing for what is not known', () => {
    expect(csvLine(['a', 1.5, null, true, 'b'])).toBe('a,1.5,,true,b\r\n');
  });

  it.each([
    ['a comma', 'one, two', '"one, two"'],
    ['quotes', 'the "best"', '"the ""best"""'],
    ['lines', 'one\r\ntwo', '"one\r\ntwo"'],
  ])('keeps text with %s together', (_what, text, written) => {
    expect(csvLine([text])).toBe(`${written}\r\n`);
  });

  it.each(['=HYPERLINK("http://evil.example","Refund")', '+1-555', '-2+3', '@SUM(A1:A9)', '\t=1', '\r=1', '＝1+1'])(
    'lets no spreadsheet calculate %j',
    (text) => {
      expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it('leaves numbers below zero as they are', () => {
    expect(csvLine([-5, 'x'])).toBe('-5,x\r\n');
  });
});
