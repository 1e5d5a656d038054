import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Condition } from '../../src/decide/condition.ts';
import type { Policy } from '../../src/decide/policy.ts';
import { createLog } from '../../src/kit/log.ts';
import type { Cell } from '../../src/ports/ticket-store.ts';
import { createFlush, type Flush } from '../../src/sync/flush.ts';
import { moveIn } from '../../src/sync/move-in.ts';
import { createPull, type Pull } from '../../src/sync/pull.ts';
import { storeColumns } from '../../src/sync/team-columns.ts';
import { createEmbeddedStore } from '../../connectors/embedded/store.ts';
import { rowDatabase } from '../../src/db/row-database.ts';
import { byHand } from '../connectors/embedded/desk-rows.ts';
import { aPolicy, aRule, MORNING } from '../support/builders.ts';
import { aDatabase, emptyTables, ENGINES, type TestDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aLiveConfig, type TestConfig } from '../support/live-config.ts';
import { aClock, aForm, allDecisions, allTickets, aDesk, postForm } from '../support/pipeline.ts';
import { aWatchedStore, type WatchedStore } from '../support/watched-store.ts';

function policyAsking(field: string, version = 'a1b2c3d4'): Policy {
  const when: Condition = { kind: 'is', field, values: ['Gold'] };
  const first = aRule({ category: 'billing' });
  return aPolicy({
    version,
    triage: { rules: [first, aRule({ priority: 'high' }, { name: 'Gold goes first', when })] },
  });
}

const POLICY = policyAsking('row.Plan');

describe.each(ENGINES)('columns of the team’s own, on %s', (engine) => {
  let database: TestDatabase;
  let hand: ReturnType<typeof byHand>;
  let config: TestConfig;
  let store: WatchedStore;
  let flush: Flush;
  let pull: Pull;
  let drain: () => Promise<void>;
  const clock = aClock();
  beforeAll(async () => {
    database = await aDatabase(engine);
    hand = byHand(database.connection, storeColumns(POLICY));
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.empty();
    clock.set(MORNING);
    open();
    await pull.run();
  });

  function open(): void {
    const { connection } = database;
    config = aLiveConfig({ policy: POLICY });
    const { pipeline } = aDesk(connection, { clock, config });
    const policy = () => config.current().policy;
    const given = { rows: rowDatabase(connection), now: clock.now, columns: () => storeColumns(policy()) };
    // A base that keeps what only the row remembers, as one that is not in our database does.
    store = aWatchedStore(createEmbeddedStore({}, given), { fit: (_, cell: Cell) => cell });
    const parts = {
      connection,
      store,
      pipeline,
      policy,
      meter: aFreeMeter(),
      now: clock.now,
      pause: async (milliseconds: number) => clock.forward({ milliseconds }),
      log: createLog('silent'),
    };
    [flush, pull] = [createFlush(parts), createPull(parts)];
    drain = () => pipeline.drainInbox();
  }

  async function sync(): Promise<void> {
    await pull.run();
    await flush.run();
    await pull.run();
  }

  async function aRow(): Promise<string> {
    await postForm(database.connection, aForm('Greta'));
    await drain();
    await sync();
    const { rows } = await store.changesSince(null);
    store.forget();
    return rows[0]?.id ?? '';
  }

  async function theTicket() {
    const [ticket] = await allTickets(database.connection);
    if (ticket === undefined) throw new Error('There is no ticket.');
    return ticket;
  }

  it('change the priority by a rule one look after a person filled one, and say why', async () => {
    const id = await aRow();
    expect(await theTicket()).toMatchObject({ priority: 'medium', row: {} });
    await hand.editByHand(id, { 'row.plan': 'Gold' }, 'Ana');
    // What may have changed by itself is no edit for which the base should have called.
    expect(await pull.run()).toMatchObject({ taken: 0 });
    const why = 'Priority high, because Plan in the row is Gold (rule Gold goes first).';
    expect(await theTicket()).toMatchObject({ priority: 'high', row: { plan: 'Gold' }, why });
    expect((await allDecisions(database.connection)).at(-1)).toMatchObject({
      sentence: why,
      evidence: [{ kind: 'field', name: 'row.Plan', value: 'Gold' }],
    });
    await flush.run();
    expect((await hand.readBack(id))?.cells).toMatchObject({ priority: 'High', why, Plan: 'Gold' });
  });

  it('are never written, and one that no rule minds costs no write at all', async () => {
    const id = await aRow();
    await hand.editByHand(id, { 'row.plan': 'Silver' }, 'Ana');
    await sync();
    expect(store.calls.filter(({ call }) => call === 'write')).toEqual([]);
    await hand.editByHand(id, { 'row.plan': 'Gold' }, 'Ana');
    await sync();
    const written = store.calls.flatMap(({ writes }) => writes.flatMap(({ cells }) => Object.keys(cells)));
    expect(written).toContain('priority');
    expect(written.filter((name) => name.startsWith('row'))).toEqual([]);
  });

  it('leave alone what a person chose in the same edit or before (A-036)', async () => {
    const id = await aRow();
    await hand.editByHand(id, { 'row.plan': 'Gold', priority: 'Low' }, 'Ana');
    await sync();
    expect(await theTicket()).toMatchObject({ priority: 'low', row: { plan: 'Gold' } });
    await hand.editByHand(id, { 'row.plan': 'Silver' }, 'Ana');
    await hand.editByHand(id, { 'row.plan': 'Gold' }, 'Ana');
    await sync();
    expect(await theTicket()).toMatchObject({ priority: 'low' });
  });

  it('count for a row that a person typed, from the start (A-015)', async () => {
    await hand.addByHand({ subject: 'By phone', 'row.plan': 'Gold' }, 'Ana');
    await pull.run();
    expect(await theTicket()).toMatchObject({ priority: 'high', row: { plan: 'Gold' } });
    const before = await allDecisions(database.connection);
    await sync();
    expect(await allDecisions(database.connection)).toEqual(before);
  });

  it('count for a row that we made and that somebody filled before we looked again', async () => {
    await postForm(database.connection, aForm('Greta'));
    await drain();
    await flush.run();
    const { rows } = await store.changesSince(null);
    await hand.editByHand(rows[0]?.id ?? '', { 'row.plan': 'Gold' }, 'Ana');
    await pull.run();
    expect(await theTicket()).toMatchObject({ priority: 'high' });
  });

  it('count for a row of whose making we never heard', async () => {
    await postForm(database.connection, aForm('Greta'));
    await drain();
    store.failNext('write', 'after', new Error('the answer was lost'));
    await expect(flush.run()).rejects.toThrow('the answer was lost');
    const { rows } = await store.changesSince(null);
    await hand.editByHand(rows[0]?.id ?? '', { 'row.plan': 'Gold' }, 'Ana');
    clock.forward({ minutes: 10 });
    await sync();
    expect(await theTicket()).toMatchObject({ priority: 'high', row: { plan: 'Gold' } });
    expect(await hand.countRows()).toBe(1);
  });

  it('stay through a restart, the nightly comparison and the loss of our database', async () => {
    const id = await aRow();
    await hand.editByHand(id, { 'row.plan': 'Gold' }, 'Ana');
    await sync();
    const before = await theTicket();
    const decided = (await allDecisions(database.connection)).length;
    open();
    await pull.compareAll();
    expect([await theTicket(), (await allDecisions(database.connection)).length]).toEqual([before, decided]);
    await emptyTables(database.connection, { except: ['desk_rows', 'desk_rows_gone'] });
    open();
    await pull.run();
    expect(await theTicket()).toMatchObject({ key: before.key, priority: 'high', row: { plan: 'Gold' } });
    const restored = await allDecisions(database.connection);
    await sync();
    expect(await allDecisions(database.connection)).toEqual(restored);
  });

  it('are found by the nightly comparison when a rule asks for another, and triage nothing anew', async () => {
    const id = await aRow();
    await hand.editByHand(id, { Tier: 'Gold', tier: 'Silver' }, 'Ana');
    await sync();
    const before = await allDecisions(database.connection);
    config.change(policyAsking('row.tier', 'e5f6a7b8'));
    await pull.compareAll();
    expect(await theTicket()).toMatchObject({ priority: 'medium', row: { tier: 'Silver' } });
    expect(await allDecisions(database.connection)).toEqual(before);
    await hand.editByHand(id, { tier: 'Gold' }, 'Ana');
    await pull.run();
    expect(await theTicket()).toMatchObject({ priority: 'high', row: { tier: 'Gold' } });
  });

  it('of an old base count no longer in a new one', async () => {
    const { connection } = database;
    const move = (place: string) => moveIn({ connection, store: { place }, now: clock.now, log: createLog('silent') });
    await move('embedded');
    const id = await aRow();
    await hand.editByHand(id, { 'row.plan': 'Gold' }, 'Ana');
    await sync();
    await hand.deleteByHand(id);
    await move('airtable appA Tickets');
    await sync();
    expect(await theTicket()).toMatchObject({ priority: 'high', row: {} });
  });
});
