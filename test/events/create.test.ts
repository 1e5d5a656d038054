import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SubscriptionConfig } from '../../src/config/subscriptions.ts';
import { events, subscriptions } from '../../src/db/schema.ts';
import type { SwitchedOff } from '../../src/domain/ticket-event.ts';
import { createEvents } from '../../src/events/create.ts';
import type { Events } from '../../src/events/index.ts';
import { ask } from '../../src/kit/ask.ts';
import { createIds } from '../../src/kit/new-ids.ts';
import { createLog } from '../../src/kit/log.ts';
import { dueLanes } from '../../src/sweeps/due-lanes.ts';
import { MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aClock } from '../support/pipeline.ts';
import { aSubscription } from '../support/subscriptions.ts';
import { aReceiver, type Receiver } from '../support/webhook-receiver.ts';

type Row = typeof events.$inferInsert;

/** Of the specification, with the first attempt. */
const SCHEDULE = [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

describe.each(ENGINES)('events out, on %s', (engine) => {
  const clock = aClock();
  const held: { subscriptions: SubscriptionConfig[]; shadow: null } = { subscriptions: [], shadow: null };
  const told: SwitchedOff[] = [];
  let database: TestDatabase;
  let receiver: Receiver;
  let other: Receiver;
  let out: Events;

  beforeAll(async () => {
    database = await aDatabase(engine);
    [receiver, other] = [await aReceiver(clock.now), await aReceiver(clock.now)];
  });
  afterAll(async () => {
    await Promise.all([receiver.close(), other.close()]);
    await database.drop();
  });
  beforeEach(async () => {
    await database.empty();
    clock.set(MORNING);
    told.splice(0);
    for (const each of [receiver, other]) {
      each.called.splice(0);
      each.answer((response) => response.writeHead(204).end());
    }
    held.subscriptions = [aSubscription({ url: receiver.address })];
    out = anOut();
  });

  function anOut(): Events {
    return createEvents({
      connection: database.connection,
      config: { current: () => held },
      ask,
      tell: async (off) => void told.push(off),
      newId: createIds(),
      pause: () => new Promise(() => {}),
      now: clock.now,
      log: createLog('silent'),
    });
  }

  async function put(...rows: Partial<Row>[]): Promise<void> {
    const usual = { subscription: 'crm', ticketKey: 't1', type: 'ticket.updated', body: '{}' } as const;
    const times = { createdAt: clock.now(), nextAt: clock.now() };
    await database.connection.queries
      .insert(events)
      .values(rows.map((row, index) => ({ id: `evt_${index}`, ...usual, ...times, ...row })));
  }

  async function run(): Promise<void> {
    await out.run();
    await out.rest();
  }

  const all = () => database.connection.queries.select().from(events).orderBy(events.seq);
  const ids = (each = receiver) => each.called.map(({ id }) => id);
  async function standing() {
    const [row] = await database.connection.queries.select().from(subscriptions);
    return row;
  }

  it('are told once each, signed, and in order for each ticket (A-110)', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({
      id: `evt_${index}`,
      ticketKey: `t${index % 3}`,
      body: `{"n":${index}}`,
    }));
    await put(...rows);
    await run();
    await run();
    expect(receiver.called).toHaveLength(30);
    expect(receiver.called.filter(({ verified }) => verified === undefined)).toEqual([]);
    for (const ticket of [0, 1, 2]) {
      const own = receiver.called.map(({ text }) => Number(text.match(/\d+/)?.[0])).filter((n) => n % 3 === ticket);
      expect(own).toEqual(own.toSorted((one, two) => one - two));
    }
    const [row] = await all();
    expect(row).toMatchObject({ state: 'sent', status: 204, attempts: 1, finishedAt: MORNING, problem: null });
    expect(await standing()).toBeUndefined();
  });

  it('are tried on the schedule, with jitter, then the subscription is switched off and the team told', async () => {
    receiver.answer((response) => response.writeHead(500).end('Out of memory'));
    await put({}, { id: 'evt_1' });
    const waits: number[] = [];
    for (let last = clock.now(); told.length === 0; last = clock.now()) {
      const [first] = await all();
      clock.set(first?.nextAt ?? clock.now());
      waits.push(clock.now().since(last).total('seconds'));
      await run();
    }
    expect(waits).toHaveLength(SCHEDULE.length);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(SCHEDULE[index] ?? 0);
      expect(wait).toBeLessThanOrEqual((SCHEDULE[index] ?? 0) * 1.1);
    }
    expect(new Set(waits.map((wait, index) => wait / (SCHEDULE[index] ?? 1))).size).toBeGreaterThan(5);
    expect(new Set(ids())).toEqual(new Set(['evt_0']));
    expect(told).toMatchObject([{ subscription: 'crm', ticketKey: 't1', to: ['it@example.com'] }]);
    expect(told[0]?.reason).toBe('The receiver answered 500: Out of memory.');
    expect(await all()).toMatchObject([
      { state: 'waiting', nextAt: null, attempts: 10, status: 500, answer: 'Out of memory' },
      { state: 'waiting', attempts: 0 },
    ]);
  });

  it('end at once with 410, and what waits is kept for who switches the subscription on again', async () => {
    receiver.answer((response) => response.writeHead(410).end());
    await put(...['t1', 't2', 't3', 't4', 't5'].map((ticketKey, n) => ({ id: `evt_${n}`, ticketKey })));
    await run();
    expect(told).toHaveLength(1);
    expect((await all()).map(({ state }) => state)).toEqual(Array(5).fill('waiting'));
    expect(await dueLanes(database.connection, clock.now())).not.toContain('events');
    receiver.answer((response) => response.writeHead(204).end());
    await put({ id: 'evt_5' });
    await run();
    expect(receiver.called.length).toBeLessThan(5);
    receiver.called.splice(0);
    await out.switchOn('crm', 'send');
    await out.rest();
    expect(ids().toSorted()).toEqual(['evt_0', 'evt_1', 'evt_2', 'evt_3', 'evt_4', 'evt_5']);
  });

  it('can be left out by who switches the subscription on again', async () => {
    await out.switchOff('crm', 'Ana');
    await put({});
    await run();
    expect([ids(), await standing()]).toMatchObject([[], { offBy: 'Ana', offAt: MORNING }]);
    await out.switchOn('crm', 'leave_out');
    await put({ id: 'evt_new' });
    await run();
    expect(ids()).toEqual(['evt_new']);
    expect(await all()).toMatchObject([{ state: 'dead', problem: { code: 'events.left-out' } }, { state: 'sent' }]);
  });

  it('come back as soon as the receiver says, and not before', async () => {
    receiver.answer((response) => response.writeHead(503, { 'retry-after': '600' }).end());
    await put({}, { id: 'evt_1', ticketKey: 't2' });
    await run();
    const tried = receiver.called.length;
    receiver.answer((response) => response.writeHead(204).end());
    await put({ id: 'evt_2', ticketKey: 't3' });
    clock.forward({ seconds: 599 });
    await run();
    expect(receiver.called).toHaveLength(tried);
    expect(await dueLanes(database.connection, clock.now())).not.toContain('events');
    clock.forward({ seconds: 62 });
    await run();
    expect(new Set(ids())).toEqual(new Set(['evt_0', 'evt_1', 'evt_2']));
    expect(await standing()).toMatchObject({ failures: 0, nextAt: null });
  });

  it('go on past one that is refused for itself; that is given up after ten attempts', async () => {
    receiver.answer((response, { id }) => response.writeHead(id === 'evt_0' ? 500 : 204).end());
    await put({});
    await run();
    for (let n = 1; n <= 9; n += 1) {
      const [first] = await all();
      clock.set(first?.nextAt ?? clock.now());
      await put({ id: `evt_${n}`, ticketKey: 't2' });
      await run();
      clock.forward({ seconds: 6 });
      await run();
    }
    const rows = await all();
    expect(rows.map(({ state }) => state)).toEqual(['dead', ...Array(9).fill('sent')]);
    expect([rows[0]?.attempts, told, (await standing())?.offAt]).toEqual([10, [], null]);
    receiver.answer((response) => response.writeHead(204).end());
    await out.again('evt_0');
    await out.rest();
    expect((await all())[0]).toMatchObject({ state: 'sent', attempts: 1, problem: null });
  });

  it('are told again under the same id after a crash between the answer and its record', async () => {
    await put({});
    const [taken] = await database.connection.queries
      .update(events)
      .set({ attempts: 1, triedAt: clock.now(), nextAt: clock.now().add({ seconds: 60 }) })
      .where(eq(events.id, 'evt_0'))
      .returning();
    receiver.called.push({ id: String(taken?.id), headers: {}, text: '{}', verified: {} });
    await run();
    expect(ids()).toEqual(['evt_0']);
    clock.forward({ seconds: 60 });
    await run();
    expect(ids()).toEqual(['evt_0', 'evt_0']);
  });

  it('are not held up by another receiver that is slow', async () => {
    held.subscriptions.push(aSubscription({ name: 'slow', url: other.address }));
    const { promise: asked, resolve } = Promise.withResolvers<() => void>();
    other.answer((response) => resolve(() => void response.writeHead(204).end()));
    await put({ subscription: 'slow' }, { id: 'evt_1' });
    await out.run();
    const answer = await asked;
    await put({ id: 'evt_2' });
    await out.run();
    await expect.poll(() => ids()).toEqual(['evt_1', 'evt_2']);
    expect((await all())[0]).toMatchObject({ state: 'waiting' });
    answer();
    await out.rest();
    expect((await all())[0]).toMatchObject({ state: 'sent' });
  });

  it('wait while a secret is missing or nobody has that name, and go on when the config has both', async () => {
    held.subscriptions = [aSubscription({ url: receiver.address, secrets: [] })];
    await put({}, { id: 'evt_1', subscription: 'gone' });
    await run();
    expect([ids(), await dueLanes(database.connection, clock.now())]).toEqual([
      [],
      expect.not.arrayContaining(['events']),
    ]);
    held.subscriptions = [aSubscription({ url: receiver.address })];
    await out.follow();
    await run();
    expect(ids()).toEqual(['evt_0']);
  });

  it.each(['http://127.0.0.1', 'https://127.0.0.1', 'https://169.254.169.254/latest', 'http://crm.example'])(
    'never go to %s, unless the subscription is internal',
    async (url) => {
      held.subscriptions = [aSubscription({ url, internal: false })];
      await put({});
      await run();
      expect((await all())[0]).toMatchObject({ status: null, problem: { code: 'webhook.address-refused' } });
    },
  );

  it('follow no redirect into the house', async () => {
    receiver.answer((response) => response.writeHead(302, { location: other.address }).end());
    await put({});
    await run();
    expect([receiver.called.length, other.called.length]).toEqual([1, 0]);
    expect((await all())[0]).toMatchObject({ status: 302, problem: { code: 'webhook.refused' } });
  });

  it('can be tried with a test, which goes out at once and once, whether it is taken or not', async () => {
    await out.switchOff('crm', 'Ana');
    expect(await out.test('crm')).toBe(true);
    receiver.answer((response) => response.writeHead(401).end('Who are you?'));
    expect(await out.test('crm')).toBe(false);
    expect(receiver.called[0]?.verified).toMatchObject({ type: 'test', data: { subscription: 'crm' } });
    expect(await all()).toMatchObject([
      { type: 'test', state: 'sent', status: 204 },
      { type: 'test', state: 'dead', status: 401, answer: 'Who are you?' },
    ]);
    await expect(out.test('erp')).rejects.toMatchObject({ code: 'events.not-found' });
    held.subscriptions = [aSubscription({ secrets: [], missingSecrets: ['CRM_SECRET'] })];
    await expect(out.test('crm')).rejects.toMatchObject({ code: 'events.no-secret' });
  });

  it('are told to nobody once the desk closes', async () => {
    await put({});
    await out.close();
    await run();
    expect(ids()).toEqual([]);
    await database.connection.queries.execute(sql`select 1`);
  });
});
