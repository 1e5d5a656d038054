import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Queries } from '../../src/db/connection.ts';
import { openPglite } from '../../src/db/pglite.ts';
import { openPostgres } from '../../src/db/postgres.ts';
import { rowsOf } from '../../src/db/rows-of.ts';
import { aCommandLine, type CommandLine } from '../support/command-line.ts';
import { NO_FLUSH } from '../support/no-flush.ts';
import { aRunningDesk, type RunningDesk } from '../support/running-desk.ts';

describe('moving from the embedded database to PostgreSQL', () => {
  let desk: RunningDesk;
  let line: CommandLine;
  let dataFolder: string;
  let url: string;

  beforeAll(async () => {
    desk = await aRunningDesk();
    ({ dataFolder } = desk);
    for (const subject of ['Payment failed twice', 'Wo ist „mein“ Paket? 📦', 'Nothing works \\ "at all"'])
      await desk.post({
        name: 'Greta Holm',
        email: 'greta@example.com',
        subject,
        message: `${subject}\r\n\tPlease help.`,
      });
    await desk.settled();
    line = await aCommandLine({});
    url = await anEmptyDatabase();
  });
  afterAll(async () => {
    await line.remove();
    await desk.remove();
  });

  async function anEmptyDatabase(): Promise<string> {
    const name = `move_${randomUUID().replaceAll('-', '')}`;
    const client = new pg.Client(`${inject('postgresServer')}/postgres`);
    await client.connect();
    await client.query(`create database ${name}`);
    await client.end();
    return `${inject('postgresServer')}/${name}`;
  }

  function move(to: string) {
    return line.run(['move', '--to', to], { TABLEDESK_DATA: dataFolder });
  }

  it('is refused while a service has the folder, and says to stop it', async () => {
    expect(await move(url)).toMatchObject({ code: 1, err: expect.stringContaining('Stop the service, run this') });
  });

  it('brings every row with every value along, and the next number of everything that counts', async () => {
    await desk.stop();
    const moved = await move(url);
    expect(moved).toMatchObject({ code: 0, err: '' });
    expect(moved.out).toMatch(/^Moving: [\d,]+ rows of \d+ tables, all counted on both sides\./);
    const from = await openPglite(dataFolder, NO_FLUSH);
    const to = openPostgres(url);
    const [before, after] = [await everythingIn(from.queries), await everythingIn(to.queries)];
    await Promise.all([from.close(), to.close()]);
    expect(before.get('tickets')?.length).toBe(3);
    expect([...before.keys()].length).toBeGreaterThan(20);
    expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before));
  });

  it('is refused where there is something already, which stays as it was', async () => {
    const again = await move(url);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('There is something in that PostgreSQL already: the table');
  });

  it('is refused before a start of this version has brought the tables up to date', async () => {
    const from = await openPglite(dataFolder, NO_FLUSH);
    const last = rowsOf<{ name: string }>(
      await from.queries.execute(
        sql`delete from migrations where name = (select max(name) from migrations) returning *`,
      ),
    );
    await from.close();
    expect(last).toHaveLength(1);
    const refused = await move(await anEmptyDatabase());
    expect(refused.err).toContain('was last used by an earlier version than this one');
  });

  it('says what is missing: a database in the folder, or an address that is one', async () => {
    expect((await line.run(['move', '--to', url])).err).toContain('has no embedded database');
    expect(await move('mysql://localhost/desk')).toMatchObject({
      code: 2,
      err: expect.stringContaining('It is written as postgres://user:password@host/database.'),
    });
  });
});

/** All rows of all tables but the list of migrations, as text, and where each sequence stands. */
async function everythingIn(queries: Queries): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await queries.execute(
    sql`select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migrations'`,
  );
  const found = new Map<string, readonly string[]>();
  for (const { name } of rowsOf<{ name: string }>(tables)) {
    const rows = await queries.execute(
      sql`select to_jsonb(each)::text as written from ${sql.identifier(name)} as each order by 1`,
    );
    found.set(
      name,
      rowsOf<{ written: string }>(rows).map(({ written }) => written),
    );
  }
  const sequences = await queries.execute(
    sql`select sequencename || ' ' || coalesce(last_value, 0) as written from pg_sequences where schemaname = 'public'
      order by 1`,
  );
  return found.set(
    'sequences',
    rowsOf<{ written: string }>(sequences).map(({ written }) => written),
  );
}
