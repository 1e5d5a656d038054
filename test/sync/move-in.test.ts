import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callsOf, isTrusted, keepCalls } from '../../src/sync/calls.ts';
import { moveIn } from '../../src/sync/move-in.ts';
import { MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aSyncedDesk, type SyncedDesk } from './synced-desk.ts';

describe.each(ENGINES)('a desk on %s that moves to another base', (engine) => {
  let database: TestDatabase;
  let desk: SyncedDesk;
  beforeAll(async () => {
    database = await aDatabase(engine);
    desk = aSyncedDesk(database.connection);
  });
  afterAll(() => database.drop());
  beforeEach(() => desk.clear());

  const move = (place: string) => moveIn({ ...desk, store: { place } });

  /** The new base is another table; here it is the same one, emptied. */
  async function emptyBase(...rowIds: readonly string[]): Promise<void> {
    for (const rowId of rowIds) await desk.hand.deleteByHand(rowId);
  }

  it('stays where it is as long as the config names the same base', async () => {
    await move('embedded');
    const { key, rowId } = await desk.settled();
    expect(await move('embedded')).toBeNull();
    expect(await desk.row(key)).toMatchObject({ rowId, dirtySince: null });
  });

  it('takes every ticket along that is not closed, and reads the new base from its beginning', async () => {
    await move('embedded');
    const open = await desk.settled();
    const closed = await desk.settled({ status: 'closed', resolvedAt: MORNING, closedAt: MORNING });
    expect(await desk.pull.knowsBase()).toBe(true);
    await emptyBase(open.rowId, closed.rowId);
    expect(await move('airtable appA Tickets')).toBe(1);
    await desk.sync();
    const moved = await desk.row(open.key);
    expect(moved).toMatchObject({ detachedAt: null, dirtySince: null });
    expect(moved.rowId).not.toBe(open.rowId);
    expect((await desk.cells(moved.rowId ?? ''))['status']).toBe('New');
    expect(await desk.row(closed.key)).toMatchObject({ rowId: null, dirtySince: null });
    expect(await desk.hand.countRows()).toBe(1);
  });

  it('relies on no call that came from the base before', async () => {
    await move('embedded');
    await keepCalls(desk, { calledAt: MORNING.toString() });
    await move('airtable appA Tickets');
    expect(isTrusted(await callsOf(desk))).toBe(false);
  });

  it('takes a row that bears the key of a ticket for its row, with what people did to it', async () => {
    await move('embedded');
    const { key, rowId } = await desk.settled();
    await move('airtable appA Tickets');
    await desk.hand.editByHand(rowId, { status: 'Pending' }, 'Ana');
    await desk.flush.run();
    expect(await desk.row(key)).toMatchObject({ rowId });
    expect(desk.pipeline.edits.flatMap(({ edit }) => edit.changes)).toMatchObject([{ field: 'status', to: 'pending' }]);
    expect(await desk.hand.countRows()).toBe(1);
  });
});
