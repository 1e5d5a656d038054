import { readdirSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FlushCount } from '../../src/db/durable-files.ts';
import { openPglite } from '../../src/db/pglite.ts';
import { rowsOf } from '../../src/db/rows-of.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';

describe('flushes of the embedded engine', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  afterAll(() => database.drop());

  function flushes(): FlushCount {
    return { ...(database.connection.flushes ?? { wal: 0, data: 0 }) };
  }

  function note(name: string) {
    return database.connection.queries.execute(sql`insert into marks (name, value) values (${name}, '1')`);
  }

  it('are on, and PostgreSQL knows it', async () => {
    const result = await database.connection.queries.execute(sql`
      select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
        current_setting('full_page_writes') as pages, current_setting('wal_sync_method') as method
    `);
    expect(rowsOf(result)).toEqual([{ fsync: 'on', commit: 'on', pages: 'on', method: 'fsync' }]);
  });

  it('come once with each commit, before it returns', async () => {
    for (const name of ['one', 'two', 'three']) {
      const before = flushes();
      await note(name);
      expect(flushes().wal - before.wal).toBe(1);
    }
  });

  it('come once with a transaction of many statements', async () => {
    const before = flushes();
    await database.connection.queries.transaction(async (tx) => {
      for (let n = 0; n < 20; n += 1) {
        await tx.execute(sql`insert into marks (name, value) values (${`many-${n}`}, '1')`);
      }
      expect(flushes()).toEqual(before);
    });
    expect(flushes().wal - before.wal).toBe(1);
  });

  it('do not come with reading, or with what is rolled back', async () => {
    const before = flushes();
    await database.connection.queries.execute(sql`select count(*) from marks`);
    await database.connection.queries
      .transaction(async (tx) => {
        await tx.execute(sql`insert into marks (name, value) values ('undone', '1')`);
        throw new Error('undo');
      })
      .catch(() => undefined);
    expect(flushes()).toEqual(before);
  });

  it('reach the data, and the folder of new files, with a checkpoint', async () => {
    await note('before the checkpoint');
    const before = flushes();
    await database.connection.script('checkpoint');
    expect(flushes().data - before.data).toBeGreaterThan(0);
  });
});

describe('an embedded engine that died', () => {
  it('is started again by the next query, with all that was flushed, and leaves no open files behind', async () => {
    const { connection: template, where, drop } = await aDatabase('pglite');
    await template.close();
    const disk = { isBroken: false };
    function flush(): void {
      if (disk.isBroken) throw Object.assign(new Error('EIO'), { code: 'EIO' });
    }
    const connection = await openPglite(where.dataFolder, { flushFile: flush, flushFolder: flush });
    const note = (name: string) =>
      connection.queries.execute(sql`insert into marks (name, value) values (${name}, '1')`);
    await note('flushed');
    const openFiles = readdirSync('/proc/self/fd').length;

    disk.isBroken = true;
    await expect(note('not flushed')).rejects.toMatchObject({ cause: { code: 'database.stopped', retry: 'later' } });
    await expect(note('neither')).rejects.toMatchObject({ cause: { code: 'database.stopped' } });
    disk.isBroken = false;
    const alive = () =>
      note('again')
        .then(() => 'alive')
        .catch(() => 'dead');
    await expect.poll(alive, { timeout: 30_000 }).toBe('alive');

    const names = rowsOf<{ name: string }>(await connection.queries.execute(sql`select name from marks`));
    expect(names.map((row) => row.name)).toEqual(expect.arrayContaining(['flushed', 'again']));
    expect(names.map((row) => row.name)).not.toContain('neither');
    expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(openFiles + 5);
    await connection.close();
    await drop();
  }, 60_000);
});
