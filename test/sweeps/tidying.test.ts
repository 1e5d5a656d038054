import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/db/rows-of.ts';
import { tidy, type TidyingParts } from '../../src/sweeps/tidying.ts';
import { at } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';

const NIGHT = at('2026-11-20T02:23:00Z');
const NEXT_DAY = NIGHT.add({ hours: 9 });
const NEXT_NIGHT = NIGHT.add({ hours: 24 });

describe('tidying the embedded database', () => {
  let database: TestDatabase;
  let now: Temporal.Instant;
  beforeAll(async () => void (database = await aDatabase('pglite')));
  afterAll(() => database.drop());
  beforeEach(async () => {
    // Of rows that were deleted the room stays, which is what these tests are about.
    await database.connection.script('truncate desk_rows, desk_rows_gone');
    await database.empty();
    now = NIGHT.subtract({ hours: 20 });
    await tidy(parts());
    now = NIGHT;
  });

  function parts(given: Partial<TidyingParts> = {}): TidyingParts {
    const { connection } = database;
    return { connection, timeZone: () => 'Europe/Berlin', now: () => now, pause: async () => undefined, ...given };
  }

  /** Every row goes, and another comes for it. */
  async function exchangeRows(): Promise<void> {
    await database.connection.queries.execute(sql`delete from desk_rows`);
    await database.connection.queries.execute(sql`
      insert into desk_rows (cells) select jsonb_build_object('subject', repeat('Printer ', 30)) from generate_series(1, 3000)
    `);
  }

  async function bytes(): Promise<number> {
    const size = sql`select pg_total_relation_size('desk_rows')::int as bytes`;
    return rowsOf<{ bytes: number }>(await database.connection.queries.execute(size))[0]?.bytes ?? 0;
  }

  it('gives the room of rows that are gone to others, so that the files stop growing', async () => {
    await exchangeRows();
    const once = await bytes();
    await exchangeRows();
    const twice = await bytes();
    expect(twice).toBeGreaterThan(1.8 * once);
    expect(await tidy(parts())).toBeGreaterThan(10);
    await exchangeRows();
    expect(await bytes()).toBeLessThan(1.1 * twice);
  });

  it('counts anew what the planner goes by', async () => {
    await exchangeRows();
    await tidy(parts());
    const counted = sql`select reltuples::int as rows from pg_class where relname = 'desk_rows'`;
    expect(rowsOf(await database.connection.queries.execute(counted))).toEqual([{ rows: 3000 }]);
    const target = rowsOf(await database.connection.queries.execute(sql`show default_statistics_target`));
    expect(target).toEqual([{ default_statistics_target: '100' }]);
  });

  it('counts a table that has grown manifold at any hour, once, and leaves small ones for the night', async () => {
    now = NEXT_DAY;
    await exchangeRows();
    expect(await tidy(parts())).toBe(0);
    for (let times = 0; times < 4; times += 1) await exchangeRows();
    expect(await tidy(parts())).toBe(1);
    const counted = sql`select reltuples::int as rows from pg_class where relname = 'desk_rows'`;
    expect(rowsOf(await database.connection.queries.execute(counted))).toEqual([{ rows: 3000 }]);
    expect(await tidy(parts())).toBe(0);
  });

  it('is done once a night, in the night of the desk, after a week at any hour, and not on the first day', async () => {
    await database.empty();
    expect(await tidy(parts())).toBe(0);
    now = NEXT_DAY;
    expect(await tidy(parts())).toBe(0);
    now = NEXT_NIGHT;
    expect(await tidy(parts({ timeZone: () => 'Asia/Tokyo' }))).toBe(0);
    expect(await tidy(parts())).toBeGreaterThan(0);
    expect(await tidy(parts())).toBe(0);
    now = now.add({ hours: 9 });
    expect(await tidy(parts())).toBe(0);
    now = now.add({ hours: 7 * 24 - 8 });
    expect(await tidy(parts())).toBeGreaterThan(0);
  });

  it('waits between tables while senders come, and leaves the rest for another night when they do not stop', async () => {
    let pauses = 0;
    const pause = async () => void (pauses += 1);
    const busy = { ...database.connection, hasSenders: () => true };
    expect(await tidy(parts({ connection: busy, pause }))).toBe(0);
    expect(pauses).toBe(240);
    pauses = 1;
    const letting = { ...database.connection, hasSenders: () => pauses % 2 === 0 };
    expect(await tidy(parts({ connection: letting, pause }))).toBeGreaterThan(10);
  });

  it('is no business of ours on a server', async () => {
    const { connection, drop } = await aDatabase('postgres');
    expect(await tidy(parts({ connection }))).toBe(0);
    await drop();
  });
});
