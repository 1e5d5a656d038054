import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deskColumns } from '../../src/sync/columns.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aSyncedDesk, POLICY, type SyncedDesk } from './synced-desk.ts';

/** The desk of these tests says "Open" or "Testing" of an open ticket. */
describe('several names for one status', () => {
  let database: TestDatabase;
  let desk: SyncedDesk;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    desk = aSyncedDesk(database.connection);
  });
  afterAll(() => database.drop());
  beforeEach(() => desk.clear());

  it('are all offered, and the first is written', async () => {
    expect(POLICY.desk.statuses.open).toEqual(['Open', 'Testing']);
    const { rowId } = await desk.settled({ status: 'open' });
    expect((await desk.cells(rowId))['status']).toBe('Open');
    const column = deskColumns(POLICY).find(({ name }) => name === 'status');
    expect(column?.type).toMatchObject({ options: expect.arrayContaining(['Open', 'Testing', 'Pending']) });
  });

  it('stay as a person chose them, and are no edit of the ticket (A-077)', async () => {
    const { key, rowId } = await desk.settled({ status: 'open' });
    await desk.hand.editByHand(rowId, { status: 'Testing' }, 'Ana');
    await desk.sync();
    await desk.pipeline.decide(key, { why: 'Because of something else.' });
    await desk.sync();
    expect((await desk.cells(rowId))['status']).toBe('Testing');
    expect(desk.pipeline.edits).toEqual([]);
  });

  it('mean the status, whichever a person chooses (A-077)', async () => {
    const { rowId } = await desk.settled({ status: 'pending' });
    await desk.hand.editByHand(rowId, { status: 'Testing' }, 'Ana');
    await desk.sync();
    expect(desk.pipeline.edits.map(({ edit }) => edit.changes)).toEqual([
      [{ field: 'status', from: 'pending', to: 'open' }],
    ]);
    expect((await desk.cells(rowId))['status']).toBe('Testing');
  });

  it('give way to the first when the ticket comes back to the status', async () => {
    const { key, rowId } = await desk.settled({ status: 'open' });
    await desk.hand.editByHand(rowId, { status: 'Testing' }, 'Ana');
    await desk.sync();
    for (const status of ['pending', 'open'] as const) {
      await desk.pipeline.decide(key, { status });
      await desk.sync();
    }
    expect((await desk.cells(rowId))['status']).toBe('Open');
  });
});
