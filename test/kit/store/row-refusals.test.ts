import { describe, expect, it } from 'vitest';
import { longText, rowGone, rowName, shownCell } from '../../../src/kit/store/row-refusals.ts';
import type { Column, ColumnType, RowWrite } from '../../../src/ports/ticket-store.ts';

function aColumn(type: ColumnType): Column {
  return { name: 'note', title: 'Note', type, edits: 'taken', description: '' };
}

function aRow(cells: RowWrite['cells']): RowWrite {
  return { id: null, key: 'k1', cells };
}

describe('a row that is refused', () => {
  it('is told by the number of its ticket, or else by its key', () => {
    expect(rowName(aRow({ number: 1042 }))).toBe('ticket 1042');
    expect(rowName(aRow({}))).toBe('the ticket with the key k1');
    expect(rowGone(aRow({ number: 7 }), 'the table')).toMatchObject({
      code: 'store.row-gone',
      message: 'The row of ticket 7 is no longer in the table.',
    });
  });

  it('shows no words of customers', () => {
    expect(shownCell(aRow({ note: 'my card 4111' }), aColumn({ kind: 'text' }))).toBe('the text');
    expect(shownCell(aRow({ note: 3 }), aColumn({ kind: 'number', decimals: 0 }))).toBe('the value 3');
  });

  it.each([
    ['a text that just fits', { note: 'xxxx' }, null],
    ['a text that is longer', { note: 'xxxxx' }, 'store.value-refused'],
    ['a tag that is longer', { note: ['x', 'xxxxx'] }, 'store.value-refused'],
    ['a long text in a column that the base does not have', { other: 'xxxxx' }, null],
  ])('counts %s', (_, cells, code) => {
    const bound = new Map([
      ['note', { column: aColumn({ kind: 'text' }), field: { id: 'f1', name: 'Note', type: 'text' } }],
    ]);
    expect(longText(aRow(cells), { bound }, 4)?.code ?? null).toBe(code);
  });
});
