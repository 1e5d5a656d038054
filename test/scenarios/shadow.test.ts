import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClarifyRule } from '../../src/decide/policy.ts';
import { onlooking, quietConfig } from '../../src/config/shadow.ts';
import type { StaffedConfig } from '../../src/config/staffed.ts';
import { events } from '../../src/db/schema.ts';
import { createLog } from '../../src/kit/log.ts';
import { compareShadow, readShadowWeek } from '../../src/reports/value/shadow-week.ts';
import { readValue } from '../../src/reports/value/value.ts';
import { spanBetween } from '../../src/reports/span.ts';
import { createShadowWatch } from '../../src/sweeps/shadow-watch.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import { onlookingStore } from '../../src/sync/shadow-columns.ts';
import { aDeskBase, type DeskBase } from '../connectors/airtable/desk-base.ts';
import { ALWAYS, aPolicy, aQueue, aRule } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aLiveConfig, type TestConfig } from '../support/live-config.ts';
import { aDesk, aForm, allOutgoing, allTickets, postForm } from '../support/pipeline.ts';
import { aSubscription } from '../support/subscriptions.ts';

/** How often a desk on the plan Team looks for edits, in milliseconds. */
const POLL = 23_000;
const HOUR = 3_600_000;

/** What everybody would be asked before anything is decided. */
const ASKS_FIRST: ClarifyRule = {
  name: 'Which product',
  why: 'Nobody can tell without it.',
  owner: 'Ana',
  place: 'intake.yaml:3',
  when: ALWAYS,
  ask: [{ field: 'product', question: 'Which product?', choices: [], rememberMinutes: null }],
  template: 'clarify',
  remindAfterMinutes: null,
  giveUpAfterMinutes: 1440,
  calendar: null,
};

/** Every request is about billing, and Ana gets it; a question is asked first, and everybody gets an acknowledgement. */
const POLICY = aPolicy({
  categories: ['billing', 'refund'],
  queues: [aQueue({ name: 'billing', members: ['Ana'] }), aQueue({ name: 'review', members: [], method: 'none' })],
  triage: { rules: [aRule({ category: 'billing', priority: 'high' })] },
  routing: { rules: [aRule({ queue: 'billing' })], defaultQueue: 'billing' },
  intake: { acknowledgement: 'acknowledgement', clarify: [ASKS_FIRST] },
  replies: { acknowledgement: aLetter('acknowledgement'), clarify: aLetter('clarify') },
});

function aLetter(name: string) {
  return { name, subject: 'Your request', body: 'We have it.' };
}

describe('a desk in shadow, beside a team that works in Airtable', () => {
  let database: TestDatabase;
  let base: DeskBase;
  let config: TestConfig;
  let desk: ReturnType<typeof aDesk>;
  let ways: ReturnType<typeof between>;

  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    await database.empty();
    base = await aDeskBase(deskColumns(POLICY));
    const until = base.clock.now().add({ hours: 24 });
    config = aLiveConfig({ policy: POLICY, shadow: { until }, subscriptions: [aSubscription()] });
    const inForce = { ...config, ...quietConfig(config as unknown as StaffedConfig, base.clock.now) };
    const standing = { now: base.clock.now, set: () => undefined, forward: () => undefined };
    desk = aDesk(database.connection, { config: inForce, clock: standing });
    ways = between(inForce);
    await ways.pull.run();
    await ways.watch.look();
    await base.clock.pause(1000);
    return () => base.close();
  });

  /** The two ways between the tickets and the base, and who watches over the shadow. */
  function between(inForce: TestConfig) {
    const { connection } = database;
    const { now, pause } = base.clock;
    const [log, meter] = [createLog('silent'), aFreeMeter()];
    const isInShadow = onlooking({ config: inForce, now });
    const store = onlookingStore(base.store, isInShadow);
    const { pipeline } = desk;
    const parts = { connection, store, pipeline, policy: () => POLICY, isInShadow, meter, now, pause, log };
    const lanes = { wake: async () => undefined };
    const watch = createShadowWatch({ connection, config: inForce, lanes, now, log });
    return { pull: createPull(parts), flush: createFlush(parts), watch };
  }

  async function poll(): Promise<void> {
    await base.clock.pause(POLL);
    await ways.pull.run();
    await ways.flush.run();
  }

  /** A request comes in. Returns the id of its row. */
  async function receive(name: string): Promise<string> {
    await postForm(database.connection, aForm(name), { receivedAt: base.clock.now() });
    await desk.pipeline.drainInbox();
    await ways.flush.run();
    const [ticket] = (await allTickets(database.connection)).slice(-1);
    const [row] = await base.store.find([ticket?.key ?? '']);
    return row?.id ?? '';
  }

  async function filled(rowId: string): Promise<readonly string[]> {
    const cells = (await base.byHand.readBack(rowId))?.cells ?? {};
    return Object.keys(cells).filter((name) => cells[name] !== null);
  }

  it('shows each request in its row, decides about it, and leaves everything else to people', async () => {
    const rowId = await receive('Greta');
    expect((await filled(rowId)).toSorted()).toEqual([
      'channel',
      'description',
      'key',
      'memory',
      'number',
      'openedAt',
      'requesterEmail',
      'requesterName',
      'subject',
      'ticket',
    ]);
    const [ticket] = await allTickets(database.connection);
    expect(ticket).toMatchObject({ category: 'billing', priority: 'high', assignee: 'Ana', status: 'new' });
    await base.clock.pause(HOUR);
    await desk.pipeline.wakeDue();
    await poll();
    expect((await filled(rowId)).toSorted()).not.toContain('owner');
  });

  it('sends nothing, asks nobody, and tells no other system; it writes down what it would have sent', async () => {
    const rowId = await receive('Greta');
    await base.byHand.editByHand(rowId, { reply: 'Try again now.', send: true }, 'Ana');
    await poll();
    const outgoing = await allOutgoing(database.connection);
    expect(outgoing.map(({ template, state, problem }) => [template, state, problem?.code])).toContainEqual([
      'acknowledgement',
      'left_out',
      'outbox.shadow',
    ]);
    expect(outgoing.filter(({ state }) => state !== 'left_out')).toEqual([]);
    expect(outgoing.map(({ template }) => template)).not.toContain('reply');
    expect(await database.connection.queries.select().from(events)).toEqual([]);
    const { reply, send } = (await base.byHand.readBack(rowId))?.cells ?? {};
    expect([reply, send]).toEqual(['Try again now.', true]);
  });

  it('tells a person who answers in the console that nothing is sent', async () => {
    await receive('Greta');
    const [ticket] = await allTickets(database.connection);
    await expect(desk.pipeline.reply(ticket?.key ?? '', { by: 'Ana', text: 'Hello.' })).rejects.toMatchObject({
      code: 'shadow.nothing-sent',
    });
  });

  it('learns what people choose, also where they choose the same', async () => {
    const [same, other] = [await receive('Greta'), await receive('Olga')];
    await receive('Nadia');
    await base.clock.pause(HOUR);
    await base.byHand.editByHand(same, { category: 'billing', assignee: 'Ana', priority: 'High' }, 'Ana');
    await base.byHand.editByHand(other, { category: 'refund', assignee: 'Ben' }, 'Ben');
    await poll();
    await base.byHand.editByHand(other, { assignee: 'Ana' }, 'Ben');
    await poll();
    const week = await readShadowWeek(database.connection.queries, base.clock.now());
    expect(week).toMatchObject({ tickets: 3, isOver: false });
    const agreements = week === null ? [] : await compareShadow(database.connection.queries, week);
    expect(
      agreements.map(({ field, chosen, both, same: agreed, differing }) => [field, chosen, both, agreed, differing]),
    ).toEqual([
      ['category', 2, 2, 1, [{ desk: 'billing', people: 'refund', tickets: 1 }]],
      ['priority', 1, 1, 1, []],
      ['queue', 0, 0, 0, []],
      ['assignee', 2, 2, 2, []],
    ]);
    expect(Math.round(agreements[0]?.peopleMinutes ?? 0)).toBe(60);
    expect(agreements[0]?.deskMinutes).toBeLessThan(1);
    const tickets = await allTickets(database.connection);
    expect(tickets.map(({ category }) => category)).toEqual(['billing', 'refund', 'billing']);
  });

  it('is a baseline when it is over: how often people gave a ticket to somebody else', async () => {
    const [one, other] = [await receive('Greta'), await receive('Olga')];
    await base.byHand.editByHand(one, { assignee: 'Ana' }, 'Ana');
    await base.byHand.editByHand(other, { assignee: 'Ana' }, 'Ana');
    await poll();
    await base.byHand.editByHand(other, { assignee: 'Ben' }, 'Ana');
    await poll();
    const now = base.clock.now();
    const day = now.toZonedDateTimeISO('UTC').toPlainDate().toString();
    const span = spanBetween(day, day, 'UTC');
    if (span === null) throw new Error('no day');
    const { comparisons } = await readValue(database.connection.queries, {
      span,
      now,
      settings: config.current().reports.value,
    });
    const reassigned = comparisons.find(({ figure }) => figure.id === 'reassignments');
    expect(reassigned?.before).toMatchObject({ by: 'shadow', value: 0.5, tickets: 2 });
  });

  it('acts from its end on: rows of open tickets get what they lacked, and those that are done stay as they are', async () => {
    const [open, done] = [await receive('Greta'), await receive('Olga')];
    await base.byHand.editByHand(done, { status: 'Resolved', assignee: 'Ben' }, 'Ben');
    await poll();
    await base.clock.pause(25 * HOUR);
    await ways.watch.look();
    await desk.pipeline.reviewAll();
    for (let time = 0; time < 3; time += 1) await poll();
    expect((await base.byHand.readBack(open))?.cells).toMatchObject({
      category: 'billing',
      assignee: 'Ana',
      priority: 'High',
    });
    expect((await base.byHand.readBack(done))?.cells).toMatchObject({ category: null, assignee: 'Ben', owner: null });
    const letters = (await allOutgoing(database.connection)).filter(({ state }) => state !== 'left_out');
    expect(letters.filter(({ template }) => template === 'acknowledgement')).toEqual([]);
    const week = await readShadowWeek(database.connection.queries, base.clock.now());
    expect(week?.isOver).toBe(true);
    const next = await receive('Nadia');
    await poll();
    expect(await filled(next)).toContain('owner');
  });
});
