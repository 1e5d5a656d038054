import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskColumns } from '../../../src/sync/columns.ts';
import { aPolicy } from '../../support/builders.ts';
import { aDeskBase, type DeskBase } from './desk-base.ts';

describe('a record that its automation tells of', () => {
  let base: DeskBase;
  beforeAll(async () => {
    base = await aDeskBase(deskColumns(aPolicy()));
  });
  afterAll(() => base.close());

  it('is a row by the base and the table as config has them, and by any of its names after a look', async () => {
    const { base: baseId, table } = base.ids;
    const store = base.openStore({ settings: { table: 'Tickets' } });
    expect(store.holds?.([baseId, 'Tickets'])).toBe(true);
    expect(store.holds?.([baseId, table])).toBe(false);
    await store.check();
    expect(store.holds?.([baseId, table, 'Renamed by now'])).toBe(true);
  });

  it('is none of another table or of another base', () => {
    expect(base.store.holds?.([base.ids.base, 'Requests'])).toBe(false);
    expect(base.store.holds?.(['appZZZZZZZZZZZZZZ', base.ids.table])).toBe(false);
    expect(base.store.holds?.([])).toBe(false);
  });
});
