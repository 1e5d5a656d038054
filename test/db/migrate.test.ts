import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import pg from 'pg';
import { migrate } from '../../src/db/migrate.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openPostgres } from '../../src/db/postgres.ts';
import { rowsOf } from '../../src/db/rows-of.ts';
import { tickets } from '../../src/db/schema.ts';
import { aTicket } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';

const FILES = readdirSync(join(import.meta.dirname, '../../src/db/migrations')).filter((name) => name.endsWith('.sql'));

describe.each(ENGINES)('migrating on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  afterAll(() => database.drop());

  it('does nothing when all is done', async () => {
    expect(await migrate(database.connection)).toEqual([]);
  });

  it('has noted each file, in the order of its name', async () => {
    const result = await database.connection.queries.execute(sql`select name from migrations order by name`);
    expect(rowsOf<{ name: string }>(result).map((row) => row.name)).toEqual(FILES.sort());
  });

  it('notes of tickets from before hand-offs that they had none', async () => {
    const { handoff: _none, ...ticket } = aTicket();
    const name = '0007-handoffs.sql';
    await database.connection.script(`
      insert into tickets (key, ticket, fingerprint, opened_at, updated_at)
      values ('old', '${JSON.stringify({ ...ticket, key: 'old' })}', 'f', now(), now());
      alter table tickets drop column handoff_key;
      delete from migrations where name = '${name}';
    `);
    expect(await migrate(database.connection)).toEqual([name]);
    const [row] = await database.connection.queries.select({ ticket: tickets.ticket }).from(tickets);
    expect(row?.ticket.handoff).toBeNull();
  });

  it('refuses, last of all, a database of a later version', async () => {
    await database.connection.queries.execute(
      sql`insert into migrations (name, sha256) values ('9999-later.sql', 'x')`,
    );
    await database.connection.close();
    await expect(openDatabase(database.where)).rejects.toMatchObject({
      code: 'database.newer',
      message: 'The database has the migration 9999-later.sql, which this version does not know.',
    });
  });
});

describe('migrating an empty PostgreSQL', () => {
  it('is done once, in full, however many start together', async () => {
    const server = inject('postgresServer');
    const name = `empty_${process.pid}`;
    const admin = new pg.Client({ connectionString: `${server}/postgres` });
    await admin.connect();
    await admin.query(`create database ${name}`);
    await admin.end();

    const instances = Array.from({ length: 4 }, () => openPostgres(`${server}/${name}`));
    const done = await Promise.all(instances.map((instance) => migrate(instance)));
    await Promise.all(instances.map((instance) => instance.close()));
    expect(done.map((files) => files.length).sort((a, b) => a - b)).toEqual([0, 0, 0, FILES.length]);
  });
});
