import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tickets } from '../../src/db/schema.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { LockedColumn, RowWrite, TicketStore, WriteOutcome } from '../../src/ports/ticket-store.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { anEmbeddedStore } from '../connectors/embedded/desk-rows.ts';
import { aTicket } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aSyncedDesk, POLICY, type SyncedDesk } from './synced-desk.ts';

const LOST = new Problem({ code: 'airtable.unreachable', message: 'No answer.', fix: 'Wait.', retry: 'later' });

/** A base that keeps us out of columns, and which we know only by being refused. */
function aGuarded(store: TicketStore) {
  const shut = new Set<string>();
  const known = new Map<string, LockedColumn>();
  return {
    shut,
    abilities: { ...store.abilities, writeBatch: 10 },
    async write(writes: readonly RowWrite[]): Promise<readonly WriteOutcome[]> {
      const open = writes.map(({ cells, ...write }) => {
        const kept = Object.entries(cells).filter(([name]) => !shut.has(name));
        return { ...write, cells: Object.fromEntries(kept) };
      });
      const outcomes = await store.write(open);
      for (const name of new Set(writes.flatMap(({ cells }) => Object.keys(cells)))) {
        if (shut.has(name))
          known.set(name, { name, message: `"${name}" is locked.`, fix: 'Open it.', isToBeTried: false });
        else known.delete(name);
      }
      return outcomes.map((outcome, index) => {
        const left = Object.keys(writes[index]?.cells ?? {}).filter((name) => shut.has(name));
        return left.length === 0 ? outcome : { ...outcome, left };
      });
    },
    locked: (): readonly LockedColumn[] => [...known.values()],
    /** As after a look at the columns: each is tried once more. */
    look: () => known.forEach((column) => void known.set(column.name, { ...column, isToBeTried: true })),
    clear() {
      shut.clear();
      known.clear();
    },
  };
}

describe.each(ENGINES)('columns that the base does not let us write, on %s', (engine) => {
  let database: TestDatabase;
  let desk: SyncedDesk;
  let base: ReturnType<typeof aGuarded>;

  beforeAll(async () => {
    database = await aDatabase(engine);
    base = aGuarded(anEmbeddedStore(database.connection, deskColumns(POLICY)));
    const { write, locked, abilities } = base;
    desk = aSyncedDesk(database.connection, { write, locked, abilities });
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    base.clear();
    await desk.clear();
  });

  it('are left out, and the rest of the row is written', async () => {
    const { key, rowId } = await desk.settled();
    base.shut.add('priority');
    await desk.pipeline.decide(key, { priority: 'high', category: 'billing' });
    await desk.flush.run();
    expect(await desk.cells(rowId)).toMatchObject({ priority: 'Medium', category: 'billing' });
    expect(await desk.row(key)).toMatchObject({ dirtySince: null, withheld: ['priority'] });
  });

  it('are no edit of a person’s when the row is read', async () => {
    const { key } = await desk.settled();
    base.shut.add('priority');
    await desk.pipeline.decide(key, { priority: 'high' });
    await desk.sync();
    await desk.pull.compareAll();
    expect(desk.pipeline.edits).toEqual([]);
    expect((await desk.row(key)).ticket.priority).toBe('high');
  });

  it('are asked for nothing while they are locked', async () => {
    const { key } = await desk.settled();
    base.shut.add('priority');
    await desk.pipeline.decide(key, { priority: 'high' });
    await desk.flush.run();
    desk.store.forget();
    await desk.flush.run();
    await desk.pipeline.decide(key, { priority: 'critical' });
    await desk.flush.run();
    expect(desk.store.calls).toEqual([]);
    expect(await desk.row(key)).toMatchObject({ dirtySince: null, withheld: ['priority'] });
  });

  it('get what they are owed once they are open, and only rows that are behind are written', async () => {
    const rows = [await desk.settled(), await desk.settled(), await desk.settled()];
    base.shut.add('priority');
    for (const { key } of rows.slice(1)) await desk.pipeline.decide(key, { priority: 'high' });
    await desk.flush.run();
    base.shut.clear();
    desk.store.forget();
    await desk.flush.run();
    expect(await desk.writesOf()).toEqual([]);
    base.look();
    await desk.flush.run();
    expect(await desk.writesOf()).toEqual([{ priority: 'High' }, { priority: 'High' }]);
    expect((await desk.row(rows[1]?.key ?? '')).withheld).toEqual([]);
  });

  it('are tried with one request after the base was looked at, and no more while they stay locked', async () => {
    for (let count = 0; count < 25; count += 1) await desk.settled();
    base.shut.add('priority');
    for (const { key } of await desk.connection.queries.select().from(tickets)) {
      await desk.pipeline.decide(key, { priority: 'high' });
    }
    await desk.flush.run();
    base.look();
    desk.store.forget();
    await desk.flush.run();
    await desk.flush.run();
    expect(desk.store.calls.filter(({ call }) => call === 'write').map(({ writes }) => writes.length)).toEqual([10]);
    expect((await desk.connection.queries.select().from(tickets)).every(({ withheld }) => withheld.length === 1)).toBe(
      true,
    );
  });

  it('may still be changed by people', async () => {
    const { key, rowId } = await desk.settled();
    base.shut.add('priority');
    await desk.pipeline.decide(key, { priority: 'high' });
    await desk.flush.run();
    await desk.hand.editByHand(rowId, { priority: 'Critical' }, 'Ana');
    await desk.pull.run();
    expect(desk.pipeline.edits.map(({ edit }) => edit.changes)).toEqual([
      [{ field: 'priority', from: 'high', to: 'critical' }],
    ]);
  });

  it('get the text that is written but once, unless somebody has written there', async () => {
    base.shut.add('description');
    const [one, two] = [await desk.settled({ description: 'One' }), await desk.settled({ description: 'Two' })];
    expect((await desk.cells(one.rowId))['description']).toBeUndefined();
    await desk.hand.editByHand(two.rowId, { description: 'Mine' }, 'Ana');
    base.shut.clear();
    base.look();
    await desk.flush.run();
    await desk.flush.run();
    expect((await desk.cells(one.rowId))['description']).toBe('One');
    expect((await desk.cells(two.rowId))['description']).toBe('Mine');
    expect((await desk.row(two.key)).withheld).toEqual([]);
  });

  it('are not taken for emptied when the answer to the making of a row was lost', async () => {
    base.shut.add('priority');
    const ticket = aTicket({ category: 'billing' });
    await desk.pipeline.receive(ticket);
    desk.store.failNext('write', 'after', LOST);
    await desk.flush.run();
    desk.clock.at = desk.clock.at.add({ minutes: 1 });
    await desk.flush.run();
    expect(desk.pipeline.edits).toEqual([]);
    expect(await desk.hand.countRows()).toBe(1);
    expect((await desk.row(ticket.key)).ticket.priority).toBe('medium');
  });

  it('let a row be begun with its key alone: nobody has emptied it then, and it gets all', async () => {
    const ticket = aTicket({ category: 'billing', description: 'It broke.' });
    await desk.pipeline.receive(ticket);
    for (const { name } of deskColumns(POLICY)) base.shut.add(name);
    desk.store.failNext('write', 'after', LOST);
    await desk.flush.run();
    base.clear();
    desk.clock.at = desk.clock.at.add({ minutes: 1 });
    await desk.flush.run();
    await desk.flush.run();
    expect(desk.pipeline.edits).toEqual([]);
    const { rowId } = await desk.row(ticket.key);
    expect(await desk.cells(rowId ?? '')).toMatchObject({
      status: 'New',
      category: 'billing',
      priority: 'Medium',
      description: 'It broke.',
    });
    expect(await desk.hand.countRows()).toBe(1);
  });

  it('cost nothing where ticket and row agree by now', async () => {
    const { key } = await desk.settled();
    await desk.connection.queries
      .update(tickets)
      .set({ withheld: ['priority'] })
      .where(eq(tickets.key, key));
    await desk.flush.run();
    expect(desk.store.calls).toEqual([]);
    expect((await desk.row(key)).withheld).toEqual([]);
  });
});
