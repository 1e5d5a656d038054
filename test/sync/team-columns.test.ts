import { describe, expect, it } from 'vitest';
import { rowAfter } from '../../src/decide/apply.ts';
import type { Cell, Cells } from '../../src/ports/ticket-store.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import {
  emptyTeamCells,
  isNews,
  rowSeen,
  storeColumns,
  teamCells,
  teamColumns,
  teamNews,
} from '../../src/sync/team-columns.ts';
import { aPolicy, aRule } from '../support/builders.ts';
import { fc } from '../support/properties.ts';

const POLICY = aPolicy({
  triage: {
    rules: ['row.Plan', 'row.Contract value'].map((field, index) =>
      aRule(
        { priority: 'high' as const },
        { name: field, when: { kind: 'empty', field, empty: false }, place: `triage.yaml:${index}` },
      ),
    ),
  },
});
const TEAM = teamColumns(POLICY);

/** A look at a row of which we knew what `synced` says of the plan. */
function look(theirs: Cell | undefined, synced?: Cell) {
  const cellsOf = (cell: Cell | undefined): Cells => (cell === undefined ? {} : { 'row.plan': cell });
  const { changed, found } = teamNews(TEAM, { theirs: cellsOf(theirs), synced: cellsOf(synced) });
  return { changed, found };
}

describe('columns of the team’s own', () => {
  it('are read beside ours, and only those that rules ask for', () => {
    expect(TEAM).toEqual([
      expect.objectContaining({
        name: 'row.plan',
        key: 'plan',
        title: 'Plan',
        edits: 'read',
        description: 'Rules ask for it: triage.yaml:0.',
      }),
      expect.objectContaining({ name: 'row.contract value', key: 'contract value', title: 'Contract value' }),
    ]);
    expect(storeColumns(POLICY)).toEqual([...deskColumns(POLICY), ...TEAM]);
    expect(teamColumns(aPolicy())).toEqual([]);
  });

  it('are the same list as long as the config is the same', () => {
    expect(storeColumns(POLICY)).toBe(storeColumns(POLICY));
  });

  it.each<[string, Cell, Cell, Cell]>([
    ['was filled', null, 'Gold', 'Gold'],
    ['was changed', 'Silver', 'Gold', 'Gold'],
    ['was emptied', 'Silver', null, null],
    ['was ticked', false, true, true],
    ['has another list', ['a'], ['b', 'a'], ['b', 'a']],
    ['has a number now', null, 0, 0],
    ['has spaces around it', 'Silver', ' Gold\n', 'Gold'],
  ])('are news when one %s', (_, synced, theirs, expected) => {
    expect(look(theirs, synced)).toEqual({ changed: { plan: expected }, found: {} });
  });

  it.each<[string, Cell, Cell | undefined]>([
    ['is as it was', 'Gold', 'Gold'],
    ['has spaces around it', 'Gold', 'Gold '],
    ['has its list in another order', ['a', 'b'], ['b', 'a']],
    ['is empty in another way', null, ''],
    ['is a list without anything in it', null, [' ']],
    ['is not in the base any more', 'Gold', undefined],
  ])('are no news when one %s', (_, synced, theirs) => {
    expect(look(theirs, synced)).toEqual({ changed: {}, found: {} });
  });

  it('are found, and not changed, where nobody looked before', () => {
    expect(look('Gold')).toEqual({ changed: {}, found: { plan: 'Gold' } });
    expect(look(null)).toEqual({ changed: {}, found: {} });
    expect(look('Gold', null)).toEqual({ changed: { plan: 'Gold' }, found: {} });
  });

  it('begin empty in a row that we make, so that whatever stands there then is a change', () => {
    expect(teamNews(TEAM, { theirs: { 'row.plan': 'Gold' }, synced: emptyTeamCells(TEAM) }).changed).toEqual({
      plan: 'Gold',
    });
  });

  it('are cut where no rule would compare them, and hold nothing that no database keeps', () => {
    const cells = { 'row.plan': `${'x'.repeat(999)}👩`, 'row.contract value': 'a\0b\ud800' };
    expect(rowSeen(TEAM, cells)).toEqual({ plan: 'x'.repeat(999), 'contract value': 'a␀b\ufffd' });
  });

  it('tell the same of a row whether it is looked at once or again and again', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string(), { maxLength: 3 }),
      fc.constant(undefined),
    );
    const row = fc.record({ 'row.plan': cell, 'row.contract value': cell }).map((cells): Cells => {
      return Object.fromEntries(
        Object.entries(cells).flatMap(([name, held]) => (held === undefined ? [] : [[name, held]])),
      );
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        let [synced, seen]: [Cells, Record<string, unknown>] = [{}, {}];
        for (const theirs of rows) {
          const news = teamNews(TEAM, { theirs, synced });
          seen = rowAfter(seen as ReturnType<typeof rowSeen>, { ...news.found, ...news.changed });
          synced = { ...synced, ...news.synced };
          expect(isNews(teamNews(TEAM, { theirs, synced }))).toBe(false);
        }
        const last = Object.assign({}, ...rows) as Cells;
        expect(synced).toEqual(teamCells(TEAM, last));
        expect(seen).toEqual(rowSeen(TEAM, last));
      }),
    );
  });
});
