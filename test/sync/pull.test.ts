import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { pullPlace } from '../../src/sync/place.ts';
import { aHandoff, aTicket } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aSyncedDesk, type SyncedDesk } from './synced-desk.ts';

const NOTHING = { taken: 0, adopted: 0, restored: 0, detached: 0, unknown: 0 };
const LOST = new Problem({ code: 'airtable.unreachable', message: 'No answer.', fix: 'Wait.', retry: 'later' });

describe.each(ENGINES)('pull on %s', (engine) => {
  let database: TestDatabase;
  let desk: SyncedDesk;
  beforeAll(async () => {
    database = await aDatabase(engine);
    desk = aSyncedDesk(database.connection);
  });
  afterAll(() => database.drop());
  beforeEach(() => desk.clear());

  it('hears nothing in its own echoes, and then neither side has anything to say', async () => {
    await desk.settled();
    expect(await desk.pull.run()).toEqual(NOTHING);
    await desk.flush.run();
    expect(desk.store.calls.map(({ call }) => call)).toEqual(['changesSince']);
  });

  it('takes over what a person changed, with the name of who did (A-036)', async () => {
    const { key, rowId } = await desk.settled();
    await desk.hand.editByHand(rowId, { status: 'Pending', tags: ['vip'], assignee: 'Ben' }, 'Ana');
    expect(await desk.pull.run()).toEqual({ ...NOTHING, taken: 1 });
    expect(desk.pipeline.edits).toMatchObject([
      {
        ticketKey: key,
        edit: {
          by: 'Ana',
          at: desk.clock.at,
          changes: [
            { field: 'status', from: 'new', to: 'pending' },
            { field: 'assignee', from: null, to: 'Ben' },
            { field: 'tags', from: [], to: ['vip'] },
          ],
        },
      },
    ]);
    await desk.flush.run();
    expect(await desk.cells(rowId)).toMatchObject({ status: 'Pending', tags: ['vip'], owner: 'Ben' });
  });

  it('lets both sides keep what they changed in different fields', async () => {
    const { key, rowId } = await desk.settled();
    await desk.pipeline.decide(key, { priority: 'critical' });
    await desk.hand.editByHand(rowId, { status: 'Open' }, 'Ana');
    await desk.sync();
    expect((await desk.row(key)).ticket).toMatchObject({ priority: 'critical', status: 'open' });
    expect(await desk.cells(rowId)).toMatchObject({ priority: 'Critical', status: 'Open' });
  });

  it('puts back a column of ours that a person changed', async () => {
    const { rowId } = await desk.settled();
    await desk.hand.editByHand(rowId, { number: 7, why: 'Because I say so' }, 'Ana');
    await desk.sync();
    expect(desk.pipeline.edits).toEqual([]);
    expect(await desk.cells(rowId)).toMatchObject({ number: 1000, why: null });
  });

  it('puts back a status that does not exist, once the judgement has refused it', async () => {
    const { rowId } = await desk.settled();
    await desk.hand.editByHand(rowId, { status: 'Waiting for Godot' }, 'Ana');
    await desk.sync();
    expect(desk.pipeline.edits[0]?.edit.changes).toMatchObject([{ field: 'status', to: 'Waiting for Godot' }]);
    expect((await desk.cells(rowId))['status']).toBe('New');
  });

  it('writes the key again that a person cleared', async () => {
    const { key, rowId } = await desk.settled();
    await database.connection.script(`update desk_rows set key = null where id = '${rowId}'`);
    await desk.sync();
    expect((await desk.hand.readBack(rowId))?.key).toBe(key);
    expect(desk.pipeline.adopted).toEqual([]);
  });

  it('takes over a corrected requester', async () => {
    const { key, rowId } = await desk.settled();
    await desk.hand.editByHand(rowId, { requesterEmail: 'Holm@Example.com' }, 'Ana');
    await desk.sync();
    expect((await desk.row(key)).ticket.requester).toMatchObject({ name: 'Greta Holm', email: 'holm@example.com' });
  });

  describe('Reply and Send', () => {
    it('sends what was written when Send is ticked, once, and clears both (A-089)', async () => {
      const { key, rowId } = await desk.settled();
      await desk.hand.editByHand(rowId, { reply: 'We refund you.' }, 'Ana');
      await desk.sync();
      expect([desk.pipeline.replies, (await desk.cells(rowId))['reply']]).toEqual([[], 'We refund you.']);
      await desk.hand.editByHand(rowId, { send: true }, 'Ana');
      await desk.sync();
      await desk.sync();
      expect(desk.pipeline.replies).toEqual([{ ticketKey: key, by: 'Ana', text: 'We refund you.' }]);
      expect(await desk.cells(rowId)).toMatchObject({ reply: null, send: false });
    });

    it('sends the same words a second time when a person ticks a second time', async () => {
      const { rowId } = await desk.settled();
      for (let time = 0; time < 2; time += 1) {
        await desk.hand.editByHand(rowId, { reply: 'Any news?', send: true }, 'Ana');
        await desk.sync();
      }
      expect(desk.pipeline.replies.map(({ text }) => text)).toEqual(['Any news?', 'Any news?']);
    });

    it('sends once though it crashes between sending and remembering', async () => {
      const { key, rowId } = await desk.settled();
      await desk.hand.editByHand(rowId, { reply: 'We refund you.', send: true }, 'Ana');
      const { watermark } = await pullPlace(desk);
      await desk.pull.run();
      await database.connection.script(`
        update tickets set synced = synced - 'send' - 'reply', reply_key = null where key = '${key}';
        update marks set value = jsonb_set(value, '{watermark}', '"${watermark}"') where name = 'pull';
      `);
      await desk.sync();
      expect(desk.pipeline.replies).toHaveLength(1);
    });

    it('keeps the next answer that somebody has begun before the tick was cleared', async () => {
      const { rowId } = await desk.settled();
      await desk.hand.editByHand(rowId, { reply: 'We refund you.', send: true }, 'Ana');
      await desk.pull.run();
      await desk.hand.editByHand(rowId, { reply: 'And one more thing' }, 'Ana');
      await desk.sync();
      expect(await desk.cells(rowId)).toMatchObject({ reply: 'And one more thing', send: false });
      expect(desk.pipeline.replies).toHaveLength(1);
    });

    it('unticks Send when there is nothing to send', async () => {
      const { rowId } = await desk.settled();
      await desk.hand.editByHand(rowId, { send: true }, 'Ana');
      await desk.sync();
      expect([desk.pipeline.replies, (await desk.cells(rowId))['send']]).toEqual([[], false]);
    });

    it('answers before it resolves, when a person does both in one go', async () => {
      const { rowId } = await desk.settled();
      const order: string[] = [];
      const { edit, reply } = desk.pipeline;
      desk.pipeline.edit = (...given) => (order.push('edit'), edit(...given));
      desk.pipeline.reply = (...given) => (order.push('reply'), reply(...given));
      await desk.hand.editByHand(rowId, { status: 'Pending', reply: 'Done.', send: true }, 'Ana');
      await desk.pull.run();
      Object.assign(desk.pipeline, { edit, reply });
      expect(order).toEqual(['reply', 'edit']);
    });
  });

  describe('Hand off to and Hand-off reason', () => {
    const asked = () => desk.pipeline.edits.map(({ edit: { by, handoff } }) => [by, handoff?.to, handoff?.reason]);
    const cellsOf = async (rowId: string) => {
      const { handoffTo, handoffReason } = await desk.cells(rowId);
      return [handoffTo ?? null, handoffReason ?? null];
    };

    it('asks once when the queue is chosen, with the reason, and clears both (A-050)', async () => {
      const { rowId } = await desk.settled();
      await desk.hand.editByHand(rowId, { handoffReason: 'needs a log file' }, 'Ana');
      await desk.sync();
      expect([asked(), await cellsOf(rowId)]).toEqual([[], [null, 'needs a log file']]);
      await desk.hand.editByHand(rowId, { handoffTo: 'review' }, 'Ana');
      await desk.sync();
      await desk.sync();
      expect(asked()).toEqual([['Ana', 'review', 'needs a log file']]);
      expect(await cellsOf(rowId)).toEqual([null, null]);
    });

    it('asks again when the same is chosen again', async () => {
      const { rowId } = await desk.settled();
      for (let time = 0; time < 2; time += 1) {
        await desk.hand.editByHand(rowId, { handoffTo: 'review', handoffReason: 'An odd one' }, 'Ana');
        await desk.sync();
      }
      const keys = desk.pipeline.edits.map(({ edit }) => edit.handoff?.key);
      expect([keys.length, new Set(keys).size]).toEqual([2, 2]);
    });

    it('takes a reason along that is typed while the queue is being taken, and clears it (A-050)', async () => {
      const { key, rowId } = await desk.settled();
      await desk.hand.editByHand(rowId, { handoffTo: 'review' }, 'Ana');
      await desk.pull.run();
      const handoff = aHandoff({ at: desk.clock.at });
      await desk.pipeline.decide(key, { queue: 'review', handoff });
      await desk.hand.editByHand(rowId, { handoffReason: 'needs a log file' }, 'Ana');
      // The flush looks at the row again before it clears the cells.
      await desk.flush.run();
      expect(asked()).toEqual([
        ['Ana', 'review', null],
        ['Ana', null, 'needs a log file'],
      ]);
      await desk.sync();
      expect(await cellsOf(rowId)).toEqual([null, null]);
    });

    it('leaves a reason in its cell that is typed for the next hand-off', async () => {
      const { key, rowId } = await desk.settled();
      const handoff = aHandoff({ at: desk.clock.at });
      await desk.pipeline.decide(key, { queue: 'review', handoff });
      desk.clock.at = desk.clock.at.add({ hours: 2 });
      await desk.hand.editByHand(rowId, { handoffReason: 'not ours' }, 'Cy');
      await desk.sync();
      expect([asked(), await cellsOf(rowId)]).toEqual([[], [null, 'not ours']]);
    });

    it('tells of it in the same go as of other edits, so that one look judges them together', async () => {
      const { rowId } = await desk.settled();
      await desk.hand.editByHand(rowId, { handoffTo: 'review', assignee: 'Ben', status: 'Open' }, 'Ana');
      await desk.pull.run();
      expect(desk.pipeline.edits).toHaveLength(1);
      expect(desk.pipeline.edits[0]?.edit).toMatchObject({
        changes: [{ field: 'status' }, { field: 'assignee' }],
        handoff: { to: 'review', reason: null },
      });
    });

    it('hears the same asking under the same key, though a write came in between', async () => {
      const { key, rowId } = await desk.settled();
      await desk.hand.editByHand(rowId, { handoffTo: 'review' }, 'Ana');
      const { edit } = desk.pipeline;
      desk.pipeline.edit = async (...given) => {
        desk.pipeline.edit = edit;
        await edit(...given);
        await database.connection.script(
          `update tickets set synced_seq = nextval('tickets_synced_seqs') where key = '${key}'`,
        );
      };
      await desk.pull.run();
      await desk.sync();
      const [first, second, ...more] = desk.pipeline.edits.map((each) => each.edit.handoff?.key);
      expect([first === second, more]).toEqual([true, []]);
      expect(await cellsOf(rowId)).toEqual([null, null]);
    });

    it('is done at once in a row that a person typed', async () => {
      const rowId = await desk.hand.addByHand({ subject: 'Called', handoffTo: 'review', handoffReason: 'Odd' }, 'Ana');
      await desk.sync();
      expect(asked()).toEqual([['Ana', 'review', 'Odd']]);
      expect(await cellsOf(rowId)).toEqual([null, null]);
    });
  });

  describe('rows that a person typed', () => {
    it('become tickets, with what was filled in, and get their number and key (A-015)', async () => {
      const rowId = await desk.hand.addByHand(
        { subject: 'Called: router is dead', requesterEmail: 'Tom@Example.com', priority: 'high', tags: ['phone'] },
        'Ana',
      );
      expect(await desk.pull.run()).toEqual({ ...NOTHING, adopted: 1 });
      expect(desk.pipeline.adopted).toMatchObject([
        {
          by: 'Ana',
          rowId,
          subject: 'Called: router is dead',
          requester: { name: 'tom@example.com', email: 'tom@example.com' },
          chosen: { priority: 'high', tags: ['phone'] },
        },
      ]);
      await desk.sync();
      const found = await desk.hand.readBack(rowId);
      expect(found?.key).toMatch(/^[0-9A-Z]{26}$/);
      expect(found?.cells).toMatchObject({
        number: 9001,
        subject: 'Called: router is dead',
        status: 'New',
        priority: 'High',
      });
      expect([desk.pipeline.edits, await desk.hand.countRows()]).toEqual([[], 1]);
    });

    it('wait until they say something', async () => {
      const rowId = await desk.hand.addByHand({}, 'Ana');
      expect(await desk.pull.run()).toEqual(NOTHING);
      await desk.hand.editByHand(rowId, { description: 'The router is dead.\nAgain.' }, 'Ana');
      expect(await desk.pull.run()).toEqual({ ...NOTHING, adopted: 1 });
      expect(desk.pipeline.adopted[0]?.subject).toBe('The router is dead.');
    });

    it('have their subject from the title where a person wrote nothing else', async () => {
      const rowId = await desk.hand.addByHand({ ticket: 'Router is dead' }, 'Ana');
      expect(await desk.pull.run()).toEqual({ ...NOTHING, adopted: 1 });
      expect(desk.pipeline.adopted[0]?.subject).toBe('Router is dead');
      await desk.sync();
      const found = await desk.hand.readBack(rowId);
      expect(found?.cells).toMatchObject({ ticket: 'T-9001 Router is dead', subject: 'Router is dead' });
    });

    it('are adopted once, though it crashes in between', async () => {
      await desk.hand.addByHand({ subject: 'Once' }, 'Ana');
      await desk.pull.run();
      await database.connection.script(`delete from marks; update tickets set synced = '{}', synced_seq = 0`);
      await desk.sync();
      expect([desk.pipeline.adopted.length, await desk.hand.countRows()]).toEqual([1, 1]);
    });

    it('hear why a value was put back', async () => {
      const rowId = await desk.hand.addByHand({ subject: 'Called', status: 'Waiting for Godot' }, 'Ana');
      await desk.sync();
      expect(desk.pipeline.edits.map(({ edit }) => edit.changes)).toEqual([
        [{ field: 'status', from: 'new', to: 'Waiting for Godot' }],
      ]);
      expect((await desk.cells(rowId))['status']).toBe('New');
    });

    it('send their first answer at once when Send is ticked', async () => {
      await desk.hand.addByHand({ subject: 'Called', reply: 'As I said on the phone.', send: true }, 'Ana');
      await desk.sync();
      expect(desk.pipeline.replies.map(({ text }) => text)).toEqual(['As I said on the phone.']);
    });
  });

  describe('rows that were deleted', () => {
    it('leave their ticket, detached, and are never made anew', async () => {
      const { key, rowId } = await desk.settled();
      await desk.hand.deleteByHand(rowId);
      expect(await desk.pull.run()).toEqual({ ...NOTHING, detached: 1 });
      await desk.pipeline.decide(key, { status: 'open' });
      await desk.flush.run();
      expect([(await desk.row(key)).detachedAt, await desk.hand.countRows()]).toEqual([desk.clock.at, 0]);
    });

    it('are attached again when they come back', async () => {
      const { key, rowId } = await desk.settled();
      await database.connection.script(`create table kept as select * from desk_rows`);
      await desk.hand.deleteByHand(rowId);
      await desk.pull.run();
      await desk.pipeline.decide(key, { status: 'open' });
      await database.connection.script(`insert into desk_rows select * from kept; drop table kept`);
      await desk.sync();
      expect((await desk.row(key)).detachedAt).toBeNull();
      expect((await desk.cells(rowId))['status']).toBe('Open');
    });

    it('are found by the full compare in a base that does not tell of them (pain 12)', async () => {
      const silent = aSyncedDesk(database.connection, {
        changesSince: async (watermark) => ({ ...(await desk.store.changesSince(watermark)), deletedIds: [] }),
      });
      const { rowId } = await desk.settled();
      await desk.settled();
      await desk.hand.deleteByHand(rowId);
      expect((await silent.pull.run()).detached).toBe(0);
      expect(await silent.pull.compareAll()).toEqual({ ...NOTHING, detached: 1 });
    });
  });

  it('finds in the full compare what reading changes has missed (pain 12)', async () => {
    const { key, rowId } = await desk.settled();
    await desk.hand.editByHand(rowId, { status: 'Open' }, 'Ana');
    const { watermark } = await desk.store.changesSince(null);
    await database.connection.script(
      `update marks set value = jsonb_set(value, '{watermark}', '"${watermark}"') where name = 'pull'`,
    );
    expect(await desk.pull.run()).toEqual(NOTHING);
    expect(await desk.pull.compareAll()).toEqual({ ...NOTHING, taken: 1 });
    expect((await desk.row(key)).ticket.status).toBe('open');
  });

  it('adopts a copy that a person made of a row, and leaves a row alone that the base made twice', async () => {
    const { key, rowId } = await desk.settled();
    const original = (await desk.store.read([rowId]))[0];
    if (original === undefined) throw new Error('no row');
    const cells = { ...original.cells, subject: 'Same again' };
    const twin = { ...original, id: 'twin', createdAt: original.createdAt.add({ seconds: 20 }) };
    const copy = { ...original, id: 'copy', createdAt: original.createdAt.add({ hours: 2 }), cells };
    const doubled = aSyncedDesk(database.connection, {
      changesSince: async () => ({ rows: [twin, copy], deletedIds: [], watermark: 'later', more: false }),
    });
    expect(await doubled.pull.run()).toEqual({ ...NOTHING, unknown: 1, adopted: 1 });
    expect(doubled.pipeline.adopted.map((row) => [row.rowId, row.subject])).toEqual([['copy', 'Same again']]);
    expect((await desk.row(key)).rowId).toBe(rowId);
  });

  it('takes what a person wrote into the column of the key for no key', async () => {
    await desk.store.write([{ id: null, key: 'mine', cells: { subject: 'By phone' } }]);
    expect(await desk.pull.run()).toEqual({ ...NOTHING, adopted: 1 });
    await desk.sync();
    const { rows } = (await database.connection.queries.execute('select key from desk_rows')) as { rows: object[] };
    expect(rows).toEqual([{ key: expect.stringMatching(/^[0-9A-Z]{26}$/) }]);
  });

  describe('when something breaks', () => {
    it('takes an old view of a row for no edit, when a write came in between', async () => {
      const { key, rowId } = await desk.settled();
      await desk.hand.editByHand(rowId, { tags: ['vip'] }, 'Ana');
      await desk.pipeline.decide(key, { why: 'First of ours.' });
      desk.store.meanwhile('changesSince', 'after', async () => {
        await desk.pipeline.decide(key, { priority: 'critical', why: 'Second of ours.' });
        await desk.flush.run();
      });
      await desk.pull.run();
      await desk.sync();
      expect((await desk.row(key)).ticket).toMatchObject({ priority: 'critical', tags: ['vip'] });
      expect(desk.pipeline.edits.flatMap(({ edit }) => edit.changes.map(({ field }) => field))).toEqual(['tags']);
    });

    it('remembers no old view of a row over a newer one', async () => {
      const { key, rowId } = await desk.settled();
      await desk.hand.editByHand(rowId, { tags: ['vip'] }, 'Ana');
      const { edit } = desk.pipeline;
      desk.pipeline.edit = async (...given) => {
        desk.pipeline.edit = edit;
        await desk.pipeline.decide(key, { priority: 'critical' });
        await desk.flush.run();
        await desk.pipeline.decide(key, { priority: 'low' });
        await edit(...given);
      };
      await desk.pull.run();
      await desk.sync();
      expect((await desk.row(key)).ticket).toMatchObject({ priority: 'low', tags: ['vip'] });
      expect(await desk.cells(rowId)).toMatchObject({ priority: 'Low', tags: ['vip'] });
    });

    it('goes on from where it was after a base that did not answer', async () => {
      const { key, rowId } = await desk.settled();
      await desk.hand.editByHand(rowId, { status: 'Open' }, 'Ana');
      desk.store.failNext('changesSince', 'after', LOST);
      expect(await desk.pull.run()).toEqual(NOTHING);
      desk.clock.at = desk.clock.at.add({ seconds: 1 });
      expect(await desk.pull.run()).toEqual({ ...NOTHING, taken: 1 });
      expect((await desk.row(key)).ticket.status).toBe('open');
    });

    it('takes in the other rows when one cannot be taken in, and tries that one again', async () => {
      const [one, other] = [await desk.settled(), await desk.settled({ number: 2000 })];
      const { edit } = desk.pipeline;
      desk.pipeline.edit = (key, given) => (key === one.key ? Promise.reject(new Error('no')) : edit(key, given));
      for (const { rowId } of [one, other]) await desk.hand.editByHand(rowId, { status: 'Open' }, 'Ana');
      expect(await desk.pull.run()).toEqual({ ...NOTHING, taken: 1 });
      expect((await pullPlace(desk)).again).toEqual({ [one.rowId]: 1 });
      desk.pipeline.edit = edit;
      await desk.pull.run();
      expect((await desk.row(one.key)).ticket.status).toBe('open');
      expect((await pullPlace(desk)).again).toEqual({});
    });
  });

  it('reads many rows page by page', async () => {
    for (let number = 1000; number < 1520; number += 1) await desk.pipeline.receive(aTicket({ number }));
    await desk.flush.run();
    await database.connection.script(`
      update desk_rows set edited_by = 'Ana';
      update desk_rows set cells = cells || '{"status": "Open"}' where cells ->> 'number' = '1519'`);
    expect(await desk.pull.run()).toEqual({ ...NOTHING, taken: 1 });
    expect(desk.store.calls.filter(({ call }) => call === 'changesSince').length).toBeGreaterThan(1);
  });
});
