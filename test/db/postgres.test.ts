import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOutage } from '../../src/db/outage.ts';
import { openPostgres } from '../../src/db/postgres.ts';
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
      const error = await cut.catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'database.unreachable', retry: 'later' });
      expect(isOutage(error)).toBe(true);
    }
    expect(await queries.transaction(async () => 'work')).toBe('work');
  });

  it('say so where no server listens', async () => {
    const nobody = openPostgres('postgres://tabledesk@127.0.0.1:1/tabledesk');
    const error = await nobody.queries.transaction(async () => 'work').catch((thrown: unknown) => thrown);
    await nobody.close();
    const message = 'PostgreSQL cannot be reached: connect ECONNREFUSED 127.0.0.1:1.';
    expect(error).toMatchObject({ code: 'database.unreachable', message, retry: 'later' });
  });
});
