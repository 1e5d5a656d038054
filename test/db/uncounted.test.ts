import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/db/connection.ts';
import { rowsOf } from '../../src/db/rows-of.ts';
import { openContacts, readContacts } from '../../src/pipeline/customers/contacts.ts';
import { dueLanes } from '../../src/sweeps/due-lanes.ts';
import { aPolicy, aTicket, at } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aPlainPipeline } from '../support/plain-pipeline.ts';
import { anEmbeddedStore } from '../connectors/embedded/desk-rows.ts';

/** As many as a busy day brings before the night in which the engine counts. */
const TICKETS = 3000;

/** The embedded engine counts at night only, and till then its planner believes anything of a table. */
describe('a table that nobody has counted yet', () => {
  let database: TestDatabase;
  const plans: string[] = [];
  let explained: Connection;

  beforeAll(async () => {
    database = await aDatabase('pglite');
    const { connection } = database;
    await aPlainPipeline(connection, { policy: () => aPolicy(), now: () => at('2026-11-23T09:00:00Z') }).receive(
      aTicket({ number: 1001, description: 'It does not print. '.repeat(60) }),
    );
    await connection.queries.execute(sql`
      insert into tickets (key, ticket, fingerprint, due_at, opened_at, updated_at, wake_at, dirty_since)
      select key || '-' || n, ticket || jsonb_build_object('key', key || '-' || n, 'number', 2000 + n), fingerprint || n,
        opened_at, opened_at, updated_at, opened_at + interval '1 year', opened_at
      from tickets, generate_series(1, ${TICKETS}::int) as n
    `);
    await connection.queries.execute(sql`
      insert into desk_rows (id, key, cells, created_at)
      select 'row-' || number, key, ticket, opened_at from tickets
    `);
    await connection.queries.execute(sql`
      insert into identities (kind, value, requester_id)
      select 'email', 'person-' || number || '@example.com', key from tickets
    `);
    explained = explaining(connection, plans);
  });
  afterAll(() => database.drop());

  it('is not read from end to end to learn what is due', async () => {
    await dueLanes(explained, at('2026-11-23T10:00:00Z'));
    expect(readWhole(plans)).toEqual([]);
    expect(plans.join('\n')).toContain('tickets_dirty');
  });

  it('is not read from end to end for a page of changes', async () => {
    const { watermark } = await anEmbeddedStore(database.connection, []).changesSince(null);
    await anEmbeddedStore(explained, []).changesSince(watermark);
    expect(readWhole(plans)).toEqual([]);
    expect(plans.join('\n')).toContain('desk_rows_revision');
    // Of all, and of each table by itself: what comes after the page is neither read nor sorted.
    expect(plans.filter((line) => line.includes('Limit'))).toHaveLength(3);
  });

  it('is not read from end to end to know who writes', async () => {
    await readContacts(openContacts(), [{ kind: 'email', value: 'person-2001@example.com' }], explained.queries);
    expect(readWhole(plans)).toEqual([]);
    expect(plans.join('\n')).toContain('identities_of_requester');
  });
});

/** Plans every question instead of asking it. */
function explaining(connection: Connection, plans: string[]): Connection {
  const note = (lines: readonly string[]) => void plans.splice(0, plans.length, ...lines);
  return {
    ...connection,
    queries: new Proxy(connection.queries, {
      get: (queries, name) =>
        name === 'execute'
          ? async (question: ReturnType<typeof sql>) => {
              const plan = await queries.execute(sql`explain ${question}`);
              note(rowsOf<Record<'QUERY PLAN', string>>(plan).map((row) => row['QUERY PLAN']));
              return { rows: [] };
            }
          : Reflect.get(queries, name),
    }),
    boss: {
      async executeSql(text, values) {
        const { rows } = await connection.boss.executeSql(`explain ${text}`, values);
        note(rows.map((row) => String(row['QUERY PLAN'])));
        return { rows: [] };
      },
    },
  };
}

/** Tables with thousands of rows that a plan reads from end to end. */
function readWhole(plans: readonly string[]): readonly string[] {
  return plans.filter((line) => /Seq Scan on (?:tickets|desk_rows|identities)\b/.test(line));
}
