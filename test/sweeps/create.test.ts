import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Lane, openLanes } from '../../src/db/queues.ts';
import { inbox, marks, outbox, tickets } from '../../src/db/schema.ts';
import { createLog } from '../../src/kit/log.ts';
import { createSweeps } from '../../src/sweeps/create.ts';
import type { Tick } from '../../src/sweeps/schedule.ts';
import { aTicket, MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';

/** Minutes before the moment at which everything happens here. */
function ago(minutes: number): Temporal.Instant {
  return MORNING.subtract({ minutes });
}

/** Ticks when it is told to. */
function aScheduler() {
  const ticks = new Map<string, Tick>();
  return {
    ticks,
    schedule: (tick: Tick) => {
      ticks.set(tick.name, tick);
      return () => void ticks.delete(tick.name);
    },
    tick: async (name: string) => ticks.get(name)?.work(),
  };
}

describe.each(ENGINES)('the sweeps on %s', (engine) => {
  let database: TestDatabase;
  const woken: [Lane, number | null][] = [];
  const lanes = {
    wake: async (lane: Lane, when?: { onceInSeconds: number }) => void woken.push([lane, when?.onceInSeconds ?? null]),
  };
  function sweepsWith(
    scheduler: ReturnType<typeof aScheduler>,
    given: Partial<Parameters<typeof createSweeps>[0]> = {},
  ) {
    return createSweeps({
      connection: database.connection,
      lanes,
      schedule: scheduler.schedule,
      timeZone: 'Europe/Berlin',
      now: () => MORNING,
      log: createLog('silent'),
      ...given,
    });
  }

  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.empty();
    await putMark('pull', { nextAt: MORNING.add({ hours: 1 }) });
    woken.splice(0);
  });

  it('ticks in the time of the desk, until it is stopped', () => {
    const scheduler = aScheduler();
    const sweeps = sweepsWith(scheduler);
    expect(scheduler.ticks.size).toBe(0);
    sweeps.start();
    expect([...scheduler.ticks.values()].map(({ name, cron, timeZone }) => [name, cron, timeZone])).toEqual([
      ['due', '*/5 * * * * *', 'Europe/Berlin'],
      ['full_pass', '0 17 3 * * *', 'Europe/Berlin'],
      ['compare', '0 37 3 * * *', 'Europe/Berlin'],
      ['learn', '0 57 3 * * *', 'Europe/Berlin'],
      ['housekeeping', '0 23 * * * *', 'Europe/Berlin'],
    ]);
    sweeps.stop();
    expect(scheduler.ticks.size).toBe(0);
  });

  it('wakes nobody while nothing is due', async () => {
    await putTicket({ wakeAt: MORNING.add({ seconds: 1 }) });
    await putMessage({ nextAt: MORNING.add({ seconds: 1 }) });
    expect(await afterTick('due')).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>, Lane]>([
    ['a ticket is to be looked at', () => putTicket({ wakeAt: MORNING }), 'sweep'],
    ['a message is to be sent', () => putMessage({ nextAt: MORNING }), 'outbox'],
    ['a row is owed', () => putTicket({ dirtySince: MORNING }), 'flush'],
    ['a request waits that nobody was woken for', () => putRequest(), 'inbox'],
  ])('wakes who has to act when %s', async (_, put, lane) => {
    await put();
    expect(await afterTick('due')).toEqual([[lane, null]]);
  });

  it('lets a flush rest until its rest is over', async () => {
    await putTicket({ dirtySince: MORNING });
    await putMark('rest:flush', { until: MORNING.add({ seconds: 1 }) });
    expect(await afterTick('due')).toEqual([]);
    await putMark('rest:flush', { until: MORNING });
    expect(await afterTick('due')).toEqual([['flush', null]]);
  });

  it.each([
    ['when its time has come', MORNING, [['pull', 5]]],
    ['a moment early rather than a look late', MORNING.add({ milliseconds: 2500 }), [['pull', 5]]],
    ['not before', MORNING.add({ milliseconds: 2501 }), []],
  ])('asks the base %s, once for all instances', async (_, nextAt, expected) => {
    await putMark('pull', { nextAt });
    expect(await afterTick('due')).toEqual(expected);
  });

  it('asks the base sooner when a ticket was opened meanwhile, as somebody begins to work', async () => {
    await putMark('pull', { nextAt: MORNING.add({ hours: 1 }), nextIfOpenAt: MORNING });
    expect(await afterTick('due')).toEqual([]);
    await putTicket({});
    expect(await afterTick('due')).toEqual([['pull', 5]]);
  });

  it('asks the base at once when that was never done, unless it rests', async () => {
    await database.connection.queries.execute(sql`delete from marks`);
    expect(await afterTick('due')).toEqual([['pull', 5]]);
    woken.splice(0);
    await putMark('rest:pull', { until: MORNING.add({ seconds: 1 }) });
    expect(await afterTick('due')).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, Temporal.Instant | null>>, readonly unknown[]]>([
    ['ten minutes after the last correction', { firstNewsAt: ago(11), newsAt: ago(10) }, [['learn', null]]],
    ['not while people go on correcting', { firstNewsAt: ago(50), newsAt: ago(9) }, []],
    ['an hour after the first, though they go on', { firstNewsAt: ago(60), newsAt: ago(1) }, [['learn', null]]],
    ['not twice within an hour', { triedAt: ago(59), endedAt: ago(58), firstNewsAt: ago(57), newsAt: ago(50) }, []],
    ['an hour after the last time', { triedAt: ago(60), endedAt: ago(59), newsAt: ago(50) }, [['learn', null]]],
    ['not without anything new', { triedAt: ago(600), endedAt: ago(599) }, []],
    ['an hour after it broke off', { triedAt: ago(60) }, [['learn', null]]],
    ['not sooner after it broke off', { triedAt: ago(59), endedAt: null }, []],
  ])('has it learned %s', async (_, mark, expected) => {
    await putMark('learning', mark);
    expect(await afterTick('due')).toEqual(expected);
  });

  it.each<[string, Lane, number]>([
    ['full_pass', 'full_pass', 60],
    ['compare', 'compare', 60],
    ['learn', 'learn', 60],
    ['housekeeping', 'housekeeping', 60],
  ])('wakes %s once for all instances', async (tick, lane, seconds) => {
    expect(await afterTick(tick)).toEqual([[lane, seconds]]);
  });

  it('goes on ticking when the database does not answer', async () => {
    const scheduler = aScheduler();
    sweepsWith(scheduler, { lanes: { wake: () => Promise.reject(new Error('gone')) } }).start();
    await expect(scheduler.tick('housekeeping')).resolves.toBeUndefined();
  });

  async function afterTick(name: string) {
    const scheduler = aScheduler();
    sweepsWith(scheduler).start();
    await scheduler.tick(name);
    return woken;
  }

  async function putMark(name: string, value: Readonly<Record<string, Temporal.Instant | null>>) {
    await database.connection.queries
      .insert(marks)
      .values({ name, value })
      .onConflictDoUpdate({ target: marks.name, set: { value } });
  }

  async function putTicket(row: Partial<typeof tickets.$inferInsert>, number = 1042) {
    const ticket = aTicket({ number });
    const { key, openedAt } = ticket;
    await database.connection.queries
      .insert(tickets)
      .values({ key, ticket, fingerprint: key, openedAt, updatedAt: openedAt, ...row });
    return key;
  }

  async function putMessage(row: { nextAt: Temporal.Instant }) {
    await database.connection.queries.insert(outbox).values({
      key: 'ack:1',
      ticketKey: await putTicket({}, 1043),
      kind: 'message',
      recipient: 'greta@example.com',
      subject: 'Subject',
      text: 'Text',
      template: 'acknowledgement',
      createdAt: MORNING,
      ...row,
    });
  }

  async function putRequest() {
    await database.connection.queries.insert(inbox).values({
      id: 'request',
      channel: 'website',
      deliveryId: 'request',
      receivedAt: MORNING,
      headers: {},
      body: Buffer.from('a=b'),
    });
  }
});

describe('a tick of several instances', () => {
  it('wakes a lane once', async () => {
    const { connection, drop } = await aDatabase('postgres');
    const errors: Error[] = [];
    const instances = [];
    for (let count = 0; count < 2; count += 1) {
      instances.push(await openLanes(connection, (error) => void errors.push(error)));
    }
    for (const { wake } of instances) await wake('pull', { onceInSeconds: 3600 });
    await connection.script(`update pgboss.job set state = 'completed' where name = 'pull'`);
    for (const { wake } of instances) await wake('pull', { onceInSeconds: 3600 });
    const { rows } = (await connection.queries.execute(
      sql`select count(*)::int as jobs from pgboss.job where name = 'pull'`,
    )) as { rows: { jobs: number }[] };
    for (const lanes of instances) await lanes.stop();
    await drop();
    expect([rows, errors]).toEqual([[{ jobs: 1 }], []]);
  });
});
