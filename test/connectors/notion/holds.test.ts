import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskColumns } from '../../../src/sync/columns.ts';
import { aPolicy } from '../../support/builders.ts';
import { aDeskBase, type DeskBase } from './desk-base.ts';

describe('a page that an automation tells of', () => {
  let base: DeskBase;
  beforeAll(async () => {
    base = await aDeskBase(deskColumns(aPolicy()));
  });
  afterAll(() => base.close());

  it('is a row by its data source, however it is written, and by its database after a look', async () => {
    const { database, dataSource } = base.ids;
    const store = base.openStore();
    expect(store.holds?.([dataSource])).toBe(true);
    expect(store.holds?.([dataSource.replaceAll('-', '').toUpperCase()])).toBe(true);
    expect(store.holds?.([database])).toBe(false);
    await store.check();
    expect(store.holds?.([database])).toBe(true);
  });

  it('is none of another database', () => {
    expect(base.store.holds?.(['1c6e2a37-9a3f-8077-9ab1-c1d1d1d1d1d1'])).toBe(false);
    expect(base.store.holds?.([])).toBe(false);
  });
});
