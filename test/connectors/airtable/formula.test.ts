import { describe, expect, it } from 'vitest';
import { isRecordId, rowsById, rowsByKey, rowsChangedSince } from '../../../connectors/airtable/formula.ts';
import { at } from '../../support/builders.ts';

describe('formulas', () => {
  it('asks for rows by their ids', () => {
    expect(rowsById(['recAAAAAAAAAAAAAA', 'recBBBBBBBBBBBBBB'])).toBe(
      "OR(RECORD_ID()='recAAAAAAAAAAAAAA',RECORD_ID()='recBBBBBBBBBBBBBB')",
    );
  });

  it('asks for a row by its key', () => {
    expect(rowsByKey('fldAAAAAAAAAAAAAA', ['01JDKEY'])).toBe("OR({fldAAAAAAAAAAAAAA}='01JDKEY')");
  });

  it('asks for rows that are new, before what a row without changes has no answer to', () => {
    expect(rowsChangedSince(at('2026-11-20T10:00:00Z'), ['fldAAAAAAAAAAAAAA', 'fldBBBBBBBBBBBBBB'])).toBe(
      "IF(IS_AFTER(CREATED_TIME(),DATETIME_PARSE('2026-11-20T10:00:00.000Z')),1," +
        'IS_AFTER(LAST_MODIFIED_TIME({fldAAAAAAAAAAAAAA},{fldBBBBBBBBBBBBBB}),' +
        "DATETIME_PARSE('2026-11-20T10:00:00.000Z')))",
    );
  });

  it.each([
    `x'`,
    `x\\`,
    `x',1)`,
    'x y',
    'x\n',
    '{x}',
    '',
    '=HYPERLINK("https://evil.example")',
    `x'&{Requester}&'x`,
    'RECORD_ID()',
    'x"',
    'x’',
    '＝1+1',
    '\u02bc',
  ])('lets nothing in that could end a text, nor anything that people write: %j', (text) => {
    expect(() => rowsByKey('fldAAAAAAAAAAAAAA', [text])).toThrow(TypeError);
    expect(() => rowsById([text])).toThrow(TypeError);
  });

  it('knows the id of a record from anything else', () => {
    expect(isRecordId('recAAAAAAAAAAAAAA')).toBe(true);
    expect(isRecordId('rec')).toBe(false);
    expect(isRecordId('01JDKEY')).toBe(false);
    expect(isRecordId("recAAAAAAAAAAAAA'")).toBe(false);
  });
});
