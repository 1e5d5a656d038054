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

  it.each([
    '=HYPERLINK("http://evil.example","Refund")',
    "=cmd|' /C calc'!A0",
    '+1-555',
    '-2+3',
    '@SUM(A1:A9)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u00a0=1',
    '"=1+1"',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    "Hello;=cmd|' /C calc'!A0;x",
    'Hello; "=1+1"',
    'Hello\n=1+1',
    'Hello, you\r\n@SUM(A1)',
    'Hello;\r=1',
    ';;=1;\n;-1',
  ])('lets no spreadsheet calculate %j, by whatever it parts cells', (text) => {
    const line = csvLine(['first', text, 'last']);
    const begins = [',', ';', '\t'].flatMap((delimiter) => cellsIn(line, delimiter));
    expect(begins.filter((cell) => /^[\s"]*[=+\-@＝＋－＠]/u.test(cell))).toEqual([]);
  });

  it.each(['a = b', 'one-two', 'Anna; Ben', '3 < 4', 'a@b.example', 'It is\n  set in'])(
    'leaves %j as it is',
    (text) => {
      expect(csvLine([text]).replaceAll('"', '')).toBe(`${text}\r\n`);
    },
  );

  it('leaves numbers below zero as they are', () => {
    expect(csvLine([-5, 'x'])).toBe('-5,x\r\n');
  });
});

/** The cells of a line as a program reads them that parts them so: quotes are such only where a cell begins with one. */
function cellsIn(line: string, delimiter: string): readonly string[] {
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^${delimiter}\\r\\n]*))[^${delimiter}\\r\\n]*(?:${delimiter}|[\\r\\n]|$)`,
    'gy',
  );
  return [...line.matchAll(cell)].map(([, quoted, plain = '']) => quoted ?? plain);
}
