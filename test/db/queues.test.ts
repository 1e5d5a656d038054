import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { type Lanes, openLanes } from '../../src/db/queues.ts';
import { rowsOf } from '../../src/db/rows-of.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';

/** Work that waits to be let through, and counts how much of it goes on at once. */
function aGatedWork() {
  const gates: (() => void)[] = [];
  const counts = { runs: 0, running: 0, most: 0 };
  return {
    counts,
    async work(): Promise<void> {
      counts.runs += 1;
      counts.running += 1;
      counts.most = Math.max(counts.most, counts.running);
      await new Promise<void>((open) => gates.push(open));
      counts.running -= 1;
    },
    letThrough: () => gates.shift()?.(),
  };
}

/** A lane that nobody wakes does not run before the test is over; one that failed does soon. */
const NOT_BY_CHANCE = { lookSeconds: 3600, watchSeconds: 3600, retryMilliseconds: 300 };

describe.each(ENGINES)('the lanes on %s', (engine) => {
  const errors: Error[] = [];
  let database: TestDatabase;
  let lanes: Lanes;
  beforeAll(async () => {
    database = await aDatabase(engine);
    lanes = await openLanes(database.connection, (error) => errors.push(error), NOT_BY_CHANCE);
  });
  afterAll(async () => {
    await lanes.stop();
    await database.drop();
  });

  it('run at once when woken, and not before', async () => {
    const runs: string[] = [];
    await lanes.serve('inbox', async () => void runs.push('inbox'));
    await lanes.serve('outbox', async () => void runs.push('outbox'));
    await lanes.wake('outbox');
    await expect.poll(() => runs).toEqual(['outbox']);
    await lanes.wake('outbox');
    await expect.poll(() => runs).toEqual(['outbox', 'outbox']);
  });

  it('run for a wake that came before they were served', async () => {
    const runs: string[] = [];
    await lanes.wake('attachments');
    await lanes.serve('attachments', async () => void runs.push('attachments'));
    await expect.poll(() => runs).toEqual(['attachments']);
  });

  it('hold at most one run and one that waits, however often they are woken', async () => {
    const { counts, work, letThrough } = aGatedWork();
    await lanes.serve('pull', work);
    await lanes.wake('pull');
    await expect.poll(() => counts.running).toBe(1);
    await Promise.all(Array.from({ length: 30 }, () => lanes.wake('pull')));
    const waiting = rowsOf<{ state: string; count: number }>(
      await database.connection.queries.execute(
        sql`select state, count(*)::int as count from pgboss.job where name = 'pull' and state <= 'active' group by state order by state`,
      ),
    );
    expect(waiting).toEqual([
      { state: 'created', count: 1 },
      { state: 'active', count: 1 },
    ]);
    letThrough();
    await expect.poll(() => counts.runs).toBe(2);
    letThrough();
    await expect.poll(() => counts.running).toBe(0);
    expect(counts).toEqual({ runs: 2, running: 0, most: 1 });
  });

  it('run again for what came in while they ran, however often they had been woken before', async () => {
    const { counts, work, letThrough } = aGatedWork();
    await lanes.serve('full_pass', work);
    for (let run = 1; run <= 3; run += 1) {
      await lanes.wake('full_pass');
      await expect.poll(() => counts.running).toBe(1);
      await lanes.wake('full_pass');
      await lanes.wake('full_pass');
      letThrough();
      await expect.poll(() => counts.runs).toBe(run * 2);
      letThrough();
      await expect.poll(() => counts.running).toBe(0);
    }
  });

  it('do not wait for each other', async () => {
    const slow = aGatedWork();
    const runs: string[] = [];
    await lanes.serve('flush', slow.work);
    await lanes.wake('flush');
    await expect.poll(() => slow.counts.running).toBe(1);
    await lanes.serve('sweep', async () => void runs.push('sweep'));
    await lanes.wake('sweep');
    await expect.poll(() => runs).toEqual(['sweep']);
    slow.letThrough();
  });

  it('tell of work that fails, and run it again after a while', async () => {
    const runs: number[] = [];
    await lanes.serve('housekeeping', async () => {
      runs.push(runs.length);
      if (runs.length === 1) throw new Error('this once');
    });
    await lanes.wake('housekeeping');
    await expect.poll(() => runs.length).toBe(2);
    expect(errors.map((error) => error.message)).toEqual(['this once']);
  });

  it('are woken surely after a while, when the database fails just then', async () => {
    const runs: string[] = [];
    await lanes.serve('weekly', async () => void runs.push('weekly'));
    await database.connection.script('alter table pgboss.job_common rename to job_gone');
    await lanes.wakeSurely('weekly');
    await database.connection.script('alter table pgboss.job_gone rename to job_common');
    await expect.poll(() => runs).toEqual(['weekly']);
    expect(errors.at(-1)?.message).toContain('job_common');
  });
});

describe('a lane that was woken already', () => {
  it('is not asked for again on the embedded engine, which has nobody else to run it', async () => {
    const database = await aDatabase('pglite');
    const { boss } = database.connection;
    const sent: string[] = [];
    const executeSql: typeof boss.executeSql = (text, values) => {
      if (/insert into pgboss\.job/i.test(text)) sent.push(text);
      return boss.executeSql(text, values);
    };
    const lanes = await openLanes({ ...database.connection, boss: { executeSql } }, () => undefined);
    const { counts, work, letThrough } = aGatedWork();
    await lanes.serve('inbox', work);
    await lanes.wake('inbox');
    await expect.poll(() => counts.running).toBe(1);
    sent.length = 0;
    for (let n = 0; n < 10; n += 1) await lanes.wake('inbox');
    expect(sent).toHaveLength(1);
    letThrough();
    await expect.poll(() => counts.runs).toBe(2);
    await lanes.wake('inbox');
    expect(sent).toHaveLength(2);
    letThrough();
    await expect.poll(() => counts.runs).toBe(3);
    letThrough();
    await lanes.stop();
    await database.drop();
  });
});

describe.each(ENGINES)('a lane on %s', (engine) => {
  it('runs when woken, though it ran when the queue last counted its jobs', async () => {
    const database = await aDatabase(engine);
    const counting = await openLanes(database.connection, () => undefined, { watchSeconds: 1 });
    const { counts, work, letThrough } = aGatedWork();
    await counting.serve('inbox', work);
    await counting.wake('inbox');
    await expect.poll(() => counts.running).toBe(1);
    const counted = sql`select 1 from pgboss.queue where name = 'inbox' and active_count = 1`;
    await expect.poll(async () => rowsOf(await database.connection.queries.execute(counted))).toHaveLength(1);
    letThrough();
    await counting.stop();

    const lanes = await openLanes(database.connection, () => undefined, NOT_BY_CHANCE);
    const runs: string[] = [];
    await lanes.serve('inbox', async () => void runs.push('inbox'));
    await lanes.wake('inbox');
    await expect.poll(() => runs).toEqual(['inbox']);
    await lanes.stop();
    await database.drop();
  });

  it('of another policy, as earlier versions made them, is made anew', async () => {
    const database = await aDatabase(engine);
    await database.connection.script("update pgboss.queue set policy = 'stately', singletons_active = '{null}'");
    const lanes = await openLanes(database.connection, () => undefined, NOT_BY_CHANCE);
    const { counts, work, letThrough } = aGatedWork();
    await lanes.serve('inbox', work);
    for (let run = 1; run <= 2; run += 1) {
      await lanes.wake('inbox');
      await expect.poll(() => counts.runs).toBe(run);
      letThrough();
    }
    await lanes.stop();
    await database.drop();
  });
});

describe('a lane that another process is at', () => {
  it('waits until that is done', async () => {
    const database = await aDatabase('postgres');
    const lanes = await openLanes(database.connection, () => undefined, NOT_BY_CHANCE);
    await database.connection.queries.execute(sql`
      insert into pgboss.job (name, state, policy, group_id, started_on, heartbeat_on, heartbeat_seconds)
      values ('inbox', 'active', 'short', 'inbox', now(), now(), 10)
    `);
    const runs: string[] = [];
    await lanes.serve('inbox', async () => void runs.push('inbox'));
    await lanes.serve('outbox', async () => void runs.push('outbox'));
    await lanes.wake('inbox');
    await lanes.wake('outbox');
    await expect.poll(() => runs).toEqual(['outbox']);
    await database.connection.script("update pgboss.job set state = 'completed' where state = 'active'");
    await lanes.wake('inbox');
    await expect.poll(() => runs).toEqual(['outbox', 'inbox']);
    await lanes.stop();
    await database.drop();
  });
});

describe('work that does not end when the service stops', () => {
  it('is left to the next start, and nobody is told that it failed when the database closed under it', async () => {
    const database = await aDatabase('pglite');
    const errors: Error[] = [];
    const lanes = await openLanes(database.connection, (error) => errors.push(error), {
      ...NOT_BY_CHANCE,
      patienceMilliseconds: 1000,
    });
    const { counts, work, letThrough } = aGatedWork();
    const ends = Promise.withResolvers<void>();
    await lanes.serve('inbox', async () => {
      await work();
      await database.connection.queries.execute(sql`select 1`).finally(ends.resolve);
    });
    await lanes.wake('inbox');
    await expect.poll(() => counts.running).toBe(1);
    await lanes.stop();
    // Another process may not begin it while this one is still at it.
    const { queries } = database.connection;
    expect(rowsOf(await queries.execute(sql`select state from pgboss.job where name = 'inbox'`))).toEqual([
      { state: 'active' },
    ]);
    await database.connection.close();
    letThrough();
    await ends.promise;
    await new Promise((passed) => setImmediate(passed));
    expect(errors).toEqual([]);
    await database.drop();
  });
});

describe('a lane whose process was killed while it ran', () => {
  it('runs at once when the embedded database is opened again', async () => {
    const database = await aDatabase('pglite');
    const first = await openLanes(database.connection, () => undefined);
    await first.stop();
    // What a killed process leaves behind: a run that never ended, with a sign of life from a moment ago.
    await database.connection.queries.execute(sql`
      insert into pgboss.job (name, state, policy, group_id, started_on, heartbeat_on, heartbeat_seconds)
      values ('inbox', 'active', 'short', 'inbox', now(), now(), 10)
    `);
    await database.connection.close();

    const connection = await openDatabase(database.where);
    const lanes = await openLanes(connection, () => undefined, NOT_BY_CHANCE);
    const runs: string[] = [];
    await lanes.serve('inbox', async () => void runs.push('inbox'));
    await lanes.wake('inbox');
    await expect.poll(() => runs).toEqual(['inbox']);
    await lanes.stop();
    await connection.close();
    await database.drop();
  });

  it('is taken over by another on PostgreSQL, once it was silent for ten seconds', async () => {
    const database = await aDatabase('postgres');
    const lanes = await openLanes(database.connection, () => undefined, { watchSeconds: 1 });
    await database.connection.queries.execute(sql`
      insert into pgboss.job (name, state, policy, group_id, started_on, heartbeat_on, heartbeat_seconds)
      values
        ('inbox', 'active', 'short', 'inbox', now(), now() - interval '10 seconds', 10),
        ('outbox', 'active', 'short', 'outbox', now(), now(), 10)
    `);
    const runs: string[] = [];
    await lanes.serve('outbox', async () => void runs.push('outbox'));
    await lanes.serve('inbox', async () => void runs.push('inbox'));
    await Promise.all([lanes.wake('outbox'), lanes.wake('inbox')]);
    await expect.poll(() => runs, { timeout: 8000 }).toEqual(['inbox']);
    await lanes.stop();
    await database.drop();
  });
});
