import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import { fitRows, fitterOf } from '../../../src/kit/store/fit-rows.ts';
import type { Column, RowWrite, WriteOutcome } from '../../../src/ports/ticket-store.ts';

const STATUS: Column = { name: 'status', title: 'Status', type: { kind: 'line' }, edits: 'taken', description: '' };
const FIELD = { id: 'f1', name: 'Status', type: 'text' };
const WAIT = new Problem({ code: 'paper.not-fitted', message: 'Not yet.', fix: 'Wait.' });

function aRow(cells: RowWrite['cells']): RowWrite {
  return { id: null, key: 'k1', cells };
}

/** A base that keeps so many characters of a status, and nothing else. */
function keeping(length: number) {
  const bound = new Map([['status', { column: STATUS, field: FIELD }]]);
  return fitterOf({ bound }, (_, cell) => (typeof cell === 'string' ? cell.slice(0, length) : cell));
}

function fitted(row: RowWrite, now: number, before: number | null) {
  const outcomes = new Map<string, WriteOutcome>();
  const rows = fitRows([row], {
    now: keeping(now),
    before: before === null ? null : keeping(before),
    outcomes,
    notFitted: () => WAIT,
  });
  return { sent: rows.map(({ cells }) => cells), outcomes: [...outcomes.values()] };
}

describe('rows that are about to be written', () => {
  it('hold what their base will hold, and no column that it does not have', () => {
    expect(fitted(aRow({ status: 'Open', queue: 'billing' }), 9, 9)).toEqual({
      sent: [{ status: 'Open' }],
      outcomes: [],
    });
  });

  it('are sent when what is left out was told before', () => {
    expect(fitted(aRow({ status: 'Opened' }), 4, 4).sent).toEqual([{ status: 'Open' }]);
  });

  it('wait when their base holds something else than was told before', () => {
    const waits = { sent: [], outcomes: [{ key: 'k1', postponed: WAIT }] };
    expect(fitted(aRow({ status: 'Opened' }), 4, 9)).toEqual(waits);
    expect(fitted(aRow({ status: 'Opened' }), 4, null)).toEqual(waits);
  });
});
