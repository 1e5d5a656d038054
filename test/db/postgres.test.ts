import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/db/rows-of.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';

/** More than the pool has connections. */
const MANY = 12;

describe('the connections to PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase('postgres');
  });
  afterAll(() => database.drop());

  it('are given back by a transaction that could not begin', async () => {
    const { queries } = database.connection;
    for (let round = 0; round < MANY; round += 1) {
      const begun = queries.transaction(async () => 'work', { isolationLevel: 'no such level' as 'serializable' });
      await expect(begun).rejects.toThrow('begin');
    }
    expect(await queries.transaction(async () => 'work')).toBe('work');
  });

  it('are given back by a transaction whose connection the server cut', async () => {
    const { queries } = database.connection;
    for (let round = 0; round < MANY; round += 1) {
      const cut = queries.transaction(async (tx) => {
        const [own] = rowsOf<{ pid: number }>(await tx.execute(sql`select pg_backend_pid() as pid`));
        await queries.execute(sql`select pg_terminate_backend(${own?.pid})`);
        await tx.execute(sql`select 1`);
      });
      await expect(cut).rejects.toThrow('rollback');
    }
    expect(await queries.transaction(async () => 'work')).toBe('work');
  });
});
