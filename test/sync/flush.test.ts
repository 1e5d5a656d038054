import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decisions } from '../../src/db/schema.ts';
import { Problem } from '../../src/domain/problem.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { restOf } from '../../src/sync/rest.ts';
import { aTicket, at } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aSyncedDesk, type SyncedDesk } from './synced-desk.ts';

const BUSY = new Problem({
  code: 'airtable.rate',
  message: 'Too many requests.',
  fix: 'Wait.',
  retry: { afterSeconds: 30 },
});
const SPENT = { code: 'airtable.month', message: 'The month’s requests are spent.', fix: 'Wait, or change the plan.' };
const LOST = new Problem({ code: 'airtable.unreachable', message: 'No answer.', fix: 'Wait.', retry: 'later' });
const LOCKED = new Problem({ code: 'airtable.token', message: 'The token is refused.', fix: 'Make a new one.' });

describe.each(ENGINES)('flush on %s', (engine) => {
  let database: TestDatabase;
  let desk: SyncedDesk;
  beforeAll(async () => {
    database = await aDatabase(engine);
    desk = aSyncedDesk(database.connection);
  });
  afterAll(() => database.drop());
  beforeEach(() => desk.clear());

  it('writes a new ticket once, as a row with its key and what is filled in', async () => {
    const ticket = aTicket({ category: 'billing', assignee: 'Ana', tags: ['vip'] });
    await desk.pipeline.receive(ticket);
    expect(await desk.flush.run()).toEqual({ written: 1, refused: 0 });
    const { rowId } = await desk.row(ticket.key);
    expect(await desk.hand.readBack(rowId ?? '')).toEqual({
      key: ticket.key,
      cells: {
        ticket: 'T-1042 Payment failed twice',
        number: 1042,
        subject: 'Payment failed twice',
        description: 'My payment failed twice and my card was charged.',
        requesterName: 'Greta Holm',
        requesterEmail: 'greta@example.com',
        channel: 'website',
        category: 'billing',
        priority: 'Medium',
        status: 'New',
        queue: 'support',
        assignee: 'Ana',
        owner: 'Ana',
        tags: ['vip'],
        openedAt: '2026-11-20T10:00:00.000Z',
        lastCustomerMessageAt: '2026-11-20T10:00:00.000Z',
        reopenCount: 0,
        contactCount: 1,
      },
    });
    expect(await desk.flush.run()).toEqual({ written: 0, refused: 0 });
    expect(desk.store.calls).toHaveLength(1);
  });

  it('shows the queue as the owner while nobody has the ticket (A-048)', async () => {
    const { rowId } = await desk.settled({ assignee: null, queue: 'review' });
    expect((await desk.cells(rowId))['owner']).toBe('review');
  });

  it('writes many tickets in one call', async () => {
    for (let number = 1000; number < 1025; number += 1) await desk.pipeline.receive(aTicket({ number }));
    expect(await desk.flush.run()).toEqual({ written: 25, refused: 0 });
    expect(desk.store.calls.map(({ call, writes }) => [call, writes.length])).toEqual([['write', 25]]);
  });

  it('ends with the round under way when the process is told to stop, and leaves the rest to the next', async () => {
    for (let number = 1000; number < 1030; number += 1) await desk.pipeline.receive(aTicket({ number }));
    const stopping = createFlush({ ...desk, isStopping: () => desk.store.calls.length === 1 });
    expect(await stopping.run()).toEqual({ written: 25, refused: 0 });
    expect(await desk.flush.run()).toEqual({ written: 5, refused: 0 });
  });

  it('writes only the cells that changed', async () => {
    const { key } = await desk.settled();
    await desk.pipeline.decide(key, { priority: 'high', resolutionDueAt: at('2026-11-23T10:00:00Z') });
    await desk.flush.run();
    expect(await desk.writesOf()).toEqual([{ priority: 'High', resolutionDueAt: '2026-11-23T10:00:00.000Z' }]);
  });

  it('spends no request on a ticket that changed in nothing the base shows', async () => {
    const { key } = await desk.settled();
    await desk.pipeline.decide(key, { fields: { colour: 'red' } });
    expect(await desk.flush.run()).toEqual({ written: 0, refused: 0 });
    expect([desk.store.calls, (await desk.row(key)).dirtySince]).toEqual([[], null]);
  });

  it('reads a row before it writes only where a person could have edited', async () => {
    const { key } = await desk.settled();
    await desk.pipeline.decide(key, { slaState: 'warning', why: 'Due in an hour.' });
    await desk.flush.run();
    await desk.pipeline.decide(key, { status: 'open' });
    await desk.flush.run();
    expect(desk.store.calls.map(({ call }) => call)).toEqual(['write', 'read', 'write']);
  });

  it('believes no row that was read before the other way saw it anew', async () => {
    const { key, rowId } = await desk.settled();
    await desk.hand.editByHand(rowId, { status: 'Resolved' }, 'Ana');
    await desk.pipeline.decide(key, { priority: 'critical' });
    desk.store.meanwhile('read', 'after', async () => {
      await desk.hand.editByHand(rowId, { status: 'Closed' }, 'Ana');
      await desk.pull.run();
    });
    await desk.flush.run();
    await desk.flush.run();
    expect(await desk.cells(rowId)).toMatchObject({ status: 'Closed', priority: 'Critical' });
    expect(desk.pipeline.edits.map(({ edit }) => edit.changes.map(({ to }) => to))).toEqual([['closed']]);
  });

  it('never writes over what a person did since the row was last read', async () => {
    const { key, rowId } = await desk.settled();
    await desk.pipeline.decide(key, { priority: 'critical', status: 'open' });
    await desk.hand.editByHand(rowId, { priority: 'Low' }, 'Ana');
    await desk.flush.run();
    expect(await desk.cells(rowId)).toMatchObject({ priority: 'Low', status: 'Open' });
    expect((await desk.row(key)).ticket).toMatchObject({ priority: 'low', status: 'open' });
  });

  it('shows the latest fifty decisions, newest first, in the time of the desk', async () => {
    const { key, rowId } = await desk.settled();
    for (let minute = 0; minute < 52; minute += 1) {
      await database.connection.queries.insert(decisions).values({
        id: `${key}-${minute}`,
        ticketKey: key,
        at: at('2026-11-20T10:00:00Z').add({ minutes: minute }),
        stage: 'triage',
        code: 'test',
        params: {},
        sentence: `Sentence ${minute}.`,
        evidence: [],
        source: { kind: 'default' },
        configVersion: 'a1b2c3d4',
      });
    }
    await desk.pipeline.decide(key, { why: 'Sentence 51.' });
    await desk.flush.run();
    const lines = String((await desk.cells(rowId))['activity']).split('\n');
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([
      50,
      '2026-11-20 11:51  Sentence 51.',
      '2026-11-20 11:02  Sentence 2.',
    ]);
  });

  it('cuts a text that no cell can hold, and says so', async () => {
    const { rowId } = await desk.settled({ description: '👩‍🚀'.repeat(30_000) });
    const shown = String((await desk.cells(rowId))['description']);
    expect(shown.length).toBeLessThanOrEqual(100_000);
    expect(shown.endsWith('… (cut to fit; the whole text is in Tabledesk)')).toBe(true);
    expect(shown.isWellFormed()).toBe(true);
  });

  describe('when something breaks', () => {
    it('repeats a write whose record was lost, and makes no second row (A-002)', async () => {
      const ticket = aTicket();
      await desk.pipeline.receive(ticket);
      desk.store.failNext('write', 'after', new Error('killed'));
      await expect(desk.flush.run()).rejects.toThrow('killed');
      expect((await desk.row(ticket.key)).rowId).toBeNull();
      desk.clock.at = desk.clock.at.add({ seconds: 1 });
      expect((await desk.flush.run()).refused).toBe(0);
      expect(await desk.hand.countRows()).toBe(1);
      expect(await desk.row(ticket.key)).toMatchObject({ dirtySince: null, rowId: expect.any(String) });
    });

    it('never writes over what people did to a row whose making was not confirmed', async () => {
      const ticket = aTicket();
      await desk.pipeline.receive(ticket);
      desk.store.failNext('write', 'after', new Error('killed'));
      await expect(desk.flush.run()).rejects.toThrow('killed');
      const [made] = await desk.store.find([ticket.key]);
      const rowId = made?.id ?? '';
      await desk.hand.editByHand(rowId, { requesterName: 'Ines Duarte', subject: null, status: 'Pending' }, 'Ana');
      desk.clock.at = desk.clock.at.add({ seconds: 1 });
      await desk.flush.run();
      expect(await desk.cells(rowId)).toMatchObject({ requesterName: 'Ines Duarte', status: 'Pending' });
      expect(desk.pipeline.edits.map(({ edit }) => edit)).toMatchObject([
        {
          changes: [
            { field: 'subject', to: '' },
            { field: 'status', to: 'pending' },
          ],
          requester: { name: 'Ines Duarte' },
        },
      ]);
      expect(await desk.hand.countRows()).toBe(1);
    });

    it('takes its own lost write for no edit of a person, even when the ticket has moved on', async () => {
      const { key, rowId } = await desk.settled();
      await desk.pipeline.decide(key, { status: 'open' });
      desk.store.failNext('write', 'after', LOST);
      await desk.flush.run();
      await desk.pipeline.decide(key, { status: 'pending' });
      await desk.pull.run();
      expect(desk.pipeline.edits).toEqual([]);
      desk.clock.at = desk.clock.at.add({ seconds: 1 });
      await desk.flush.run();
      expect((await desk.cells(rowId))['status']).toBe('Pending');
    });

    it('takes a lost creation for its own, too', async () => {
      const ticket = aTicket();
      await desk.pipeline.receive(ticket);
      desk.store.failNext('write', 'after', LOST);
      await desk.flush.run();
      await desk.pipeline.decide(ticket.key, { status: 'open', assignee: 'Ana' });
      await desk.pull.run();
      desk.clock.at = desk.clock.at.add({ seconds: 1 });
      await desk.flush.run();
      expect([desk.pipeline.edits, await desk.hand.countRows()]).toEqual([[], 1]);
      const { rowId } = await desk.row(ticket.key);
      expect(await desk.cells(rowId ?? '')).toMatchObject({ status: 'Open', assignee: 'Ana' });
    });

    it('takes what a person brings back for an edit, though it is what we made the row with', async () => {
      const { key } = aTicket();
      await desk.pipeline.receive(aTicket());
      desk.store.failNext('write', 'after', LOST);
      await desk.flush.run();
      const [made] = await desk.store.find([key]);
      for (const status of ['Pending', 'New']) {
        await desk.hand.editByHand(made?.id ?? '', { status }, 'Ana');
        await desk.pull.run();
      }
      expect(desk.pipeline.edits.map(({ edit }) => edit.changes.map(({ to }) => to))).toEqual([['pending'], ['new']]);
    });

    it('takes what a person brings back for an edit, though it is what we wrote before', async () => {
      const { key, rowId } = await desk.settled();
      await desk.pipeline.decide(key, { status: 'open' });
      desk.store.failNext('write', 'after', LOST);
      await desk.flush.run();
      await desk.pull.run();
      for (const status of ['Pending', 'Open']) {
        await desk.hand.editByHand(rowId, { status }, 'Ana');
        await desk.pull.run();
      }
      expect(desk.pipeline.edits.map(({ edit }) => edit.changes.map(({ to }) => to))).toEqual([['pending'], ['open']]);
    });

    it('keeps owing a ticket that changed while it was being written', async () => {
      const { key, rowId } = await desk.settled();
      await desk.pipeline.decide(key, { priority: 'high' });
      desk.store.meanwhile('write', 'before', () => desk.pipeline.decide(key, { priority: 'critical' }));
      expect(await desk.flush.run()).toEqual({ written: 2, refused: 0 });
      expect((await desk.cells(rowId))['priority']).toBe('Critical');
    });

    it('keeps owing a row in which it was found, during the write, that something is to be put back', async () => {
      const { key, rowId } = await desk.settled();
      await desk.pipeline.decide(key, { why: 'Something of ours.' });
      desk.store.meanwhile('write', 'before', async () => {
        await desk.hand.editByHand(rowId, { number: 7 }, 'Ana');
        await desk.pull.run();
      });
      await desk.flush.run();
      expect(await desk.cells(rowId)).toMatchObject({ number: 1000, why: 'Something of ours.' });
    });

    it('rests as long as the base asks, and then goes on', async () => {
      await desk.pipeline.receive(aTicket());
      desk.store.failNext('write', 'before', BUSY);
      await desk.flush.run();
      desk.clock.at = desk.clock.at.add({ seconds: 29 });
      expect(await desk.flush.run()).toEqual({ written: 0, refused: 0 });
      expect(desk.store.calls).toHaveLength(1);
      desk.clock.at = desk.clock.at.add({ seconds: 1 });
      expect(await desk.flush.run()).toEqual({ written: 1, refused: 0 });
      expect(await restOf(database.connection, 'flush')).toBeNull();
    });

    it('asks nothing for an hour of a base whose month is spent, neither to write nor to read', async () => {
      const spent = { ...SPENT, retry: { afterSeconds: 3600 } };
      await desk.pipeline.receive(aTicket());
      desk.store.failNext('write', 'before', new Problem(spent));
      desk.store.failNext('changesSince', 'before', new Problem(spent));
      for (let minute = 0; minute < 60; minute += 5) {
        await desk.flush.run();
        await desk.pull.run();
        desk.clock.at = desk.clock.at.add({ minutes: 5 });
      }
      expect(desk.store.calls.map(({ call }) => call)).toEqual(['write', 'changesSince']);
      expect(await desk.flush.run()).toEqual({ written: 1, refused: 0 });
    });

    it('rests longer after each failure, up to a minute', async () => {
      await desk.pipeline.receive(aTicket());
      const pauses = [];
      for (let failure = 0; failure < 8; failure += 1) {
        desk.store.failNext('write', 'before', LOST);
        await desk.flush.run();
        const rest = await restOf(database.connection, 'flush');
        pauses.push(rest?.until.since(desk.clock.at).total('seconds'));
        desk.clock.at = rest?.until ?? desk.clock.at;
      }
      expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    });

    it('looks again after five minutes at what only a person can mend, and says what that is', async () => {
      await desk.pipeline.receive(aTicket());
      desk.store.failNext('write', 'before', LOCKED);
      await desk.flush.run();
      const rest = await restOf(database.connection, 'flush');
      expect(rest?.until).toEqual(desk.clock.at.add({ minutes: 5 }));
      expect(rest?.problem).toEqual({
        code: 'airtable.token',
        message: 'The token is refused.',
        fix: 'Make a new one.',
      });
    });

    it('records what was written before the base gave up', async () => {
      for (const number of [1000, 1001, 1002]) await desk.pipeline.receive(aTicket({ number }));
      const inner = desk.store;
      const half = aSyncedDesk(database.connection, {
        async write(writes) {
          const done = await inner.write(writes.slice(0, 2));
          return [...done, ...writes.slice(2).map(({ key }) => ({ key, postponed: BUSY }))];
        },
      });
      expect(await half.flush.run()).toEqual({ written: 2, refused: 0 });
      expect((await restOf(database.connection, 'flush'))?.problem.code).toBe('airtable.rate');
      desk.clock.at = desk.clock.at.add({ seconds: 30 });
      expect(await desk.flush.run()).toEqual({ written: 1, refused: 0 });
      expect(await desk.hand.countRows()).toBe(3);
    });

    it('leaves a refused row in peace until its ticket changes, and writes the others', async () => {
      const refusal = new Problem({ code: 'airtable.option', message: 'No option "billing".', fix: 'Add it.' });
      const picky = aSyncedDesk(database.connection, {
        async write(writes) {
          const fine = writes.filter(({ cells }) => cells['category'] !== 'billing');
          const refused = writes.filter((write) => !fine.includes(write));
          return [...(await desk.store.write(fine)), ...refused.map(({ key }) => ({ key, refused: refusal }))];
        },
      });
      const bad = aTicket({ number: 1001, category: 'billing' });
      await desk.pipeline.receive(bad);
      await desk.pipeline.receive(aTicket({ number: 1002 }));
      expect(await picky.flush.run()).toEqual({ written: 1, refused: 1 });
      expect((await desk.row(bad.key)).rowProblem).toMatchObject({ message: 'No option "billing".' });
      expect(await picky.flush.run()).toEqual({ written: 0, refused: 0 });
      await desk.pipeline.decide(bad.key, { category: 'technical' });
      expect(await picky.flush.run()).toEqual({ written: 1, refused: 0 });
      expect((await desk.row(bad.key)).rowProblem).toBeNull();
    });

    it('tries refused rows again when told that the base was mended', async () => {
      const refusal = new Problem({ code: 'airtable.option', message: 'No option.', fix: 'Add it.' });
      const picky = aSyncedDesk(database.connection, {
        write: async (writes) => writes.map(({ key }) => ({ key, refused: refusal })),
      });
      await desk.pipeline.receive(aTicket());
      await picky.flush.run();
      expect(await desk.flush.retryRefused()).toBe(1);
      expect(await desk.flush.run()).toEqual({ written: 1, refused: 0 });
    });

    it('detaches a ticket whose row was deleted, and never makes the row anew', async () => {
      const { key, rowId } = await desk.settled();
      await desk.hand.deleteByHand(rowId);
      await desk.pipeline.decide(key, { why: 'Something of ours.' });
      await desk.flush.run();
      await desk.pipeline.decide(key, { status: 'open' });
      await desk.flush.run();
      expect(await desk.row(key)).toMatchObject({ detachedAt: desk.clock.at, dirtySince: null });
      expect(await desk.hand.countRows()).toBe(0);
    });
  });
});
