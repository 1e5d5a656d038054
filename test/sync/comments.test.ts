import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messages } from '../../src/db/schema.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { StoreComments, StoredComment } from '../../src/ports/ticket-store.ts';
import { dueLanes } from '../../src/sweeps/due-lanes.ts';
import { type Comments, createComments } from '../../src/sync/comments.ts';
import { MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aSyncedDesk, type SyncedDesk } from './synced-desk.ts';

const CLOSED = { status: 'closed', resolvedAt: MORNING, closedAt: MORNING } as const;

/** Looks a minute of the base here: three in each half. */
const LOOKS = 6;

describe.each(ENGINES)('comments beside rows, on %s', (engine) => {
  let database: TestDatabase;
  let desk: SyncedDesk;
  let comments: Comments;
  let beside: Map<string, StoredComment[]>;
  let asked: { rowId: string; isAwaited: boolean }[];
  let refusal: 'not_allowed' | 'no_room' | null;
  let failure: Problem | null;
  let woken: number;

  beforeAll(async () => {
    database = await aDatabase(engine);
    desk = aSyncedDesk(database.connection);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await desk.clear();
    beside = new Map();
    asked = [];
    [refusal, failure] = [null, null];
    comments = start();
  });

  const store: StoreComments = {
    looksPerMinute: LOOKS,
    calledOf: () => null,
    async read(rowId, { isAwaited }) {
      asked.push({ rowId, isAwaited });
      if (failure !== null) throw failure;
      return refusal ?? beside.get(rowId) ?? [];
    },
  };

  /** As at the start of a process. */
  function start(): Comments {
    const wake = async () => void (woken += 1);
    woken = 1;
    return createComments({ ...desk, now: () => desk.clock.at, store: { ...desk.store, comments: store }, wake });
  }

  function write(rowId: string, text: string, given: Partial<StoredComment> = {}): void {
    const all = beside.get(rowId) ?? [];
    beside.set(rowId, [...all, { id: `${rowId}-${all.length}`, text, by: 'Ana', createdAt: desk.clock.at, ...given }]);
  }

  function pass(time: Temporal.DurationLike): void {
    desk.clock.at = desk.clock.at.add(time);
  }

  /** Every half minute, as the lane does. Returns how many rows were looked at. */
  async function live(minutes: number): Promise<number> {
    const before = asked.length;
    for (let half = 0; half < minutes * 2; half += 1) {
      const isDue = (await dueLanes(database.connection, desk.clock.at)).includes('comments');
      if (isDue || woken > 0) await comments.run();
      woken = 0;
      pass({ seconds: 30 });
    }
    return asked.length - before;
  }

  async function notes(key: string): Promise<[string, string][]> {
    const rows = await database.connection.queries
      .select()
      .from(messages)
      .where(eq(messages.ticketKey, key))
      .orderBy(asc(messages.at));
    expect(rows.every(({ visibility }) => visibility === 'internal')).toBe(true);
    return rows.map(({ authorName, text }) => [authorName, text]);
  }

  it('become notes of the ticket, each once, within two minutes though nothing tells of them', async () => {
    const { key, rowId } = await desk.settled();
    await comments.run();
    await live(1);
    write(rowId, 'Called the customer.');
    write(rowId, 'Waits for the invoice.', { by: null });
    await live(2);
    const told = [
      ['Ana', 'Called the customer.'],
      ['Somebody in the base', 'Waits for the invoice.'],
    ];
    expect(await notes(key)).toEqual(told);
    await live(10);
    expect(await notes(key)).toEqual(told);
  });

  it('are noted once though the process was killed before it recorded that it had looked', async () => {
    const { key, rowId } = await desk.settled();
    write(rowId, 'Called the customer.');
    await desk.pipeline.note(key, {
      by: 'Ana',
      text: 'Called the customer.',
      comment: { id: `comment-${rowId}-0`, at: MORNING },
    });
    pass({ minutes: 2 });
    comments = start();
    expect(await comments.run()).toBe(0);
    expect(await notes(key)).toEqual([['Ana', 'Called the customer.']]);
  });

  it('that were written while the service was down are found after the start', async () => {
    const { key, rowId } = await desk.settled();
    await comments.run();
    await comments.hear(rowId);
    await comments.run();
    pass({ hours: 3 });
    write(rowId, 'While you slept.');
    comments = start();
    expect(await comments.run()).toBe(1);
    expect(await notes(key)).toEqual([['Ana', 'While you slept.']]);
  });

  it('that are corrected correct their note', async () => {
    const { key, rowId } = await desk.settled();
    write(rowId, 'Tomorow.');
    await live(3);
    beside.set(
      rowId,
      (beside.get(rowId) ?? []).map((comment) => ({ ...comment, text: 'Tomorrow.' })),
    );
    await live(3);
    expect(await notes(key)).toEqual([['Ana', 'Tomorrow.']]);
  });

  it('that are resolved or deleted stay notes', async () => {
    const { key, rowId } = await desk.settled();
    write(rowId, 'Called the customer.');
    await live(3);
    beside.clear();
    await live(3);
    expect(await notes(key)).toEqual([['Ana', 'Called the customer.']]);
  });

  it('of one minute stay in their order, and none is later than now', async () => {
    const { key, rowId } = await desk.settled();
    const createdAt = desk.clock.at.add({ minutes: 30 });
    for (const text of ['One', 'Two', 'Three']) write(rowId, text, { createdAt });
    pass({ minutes: 2 });
    await comments.run();
    expect((await notes(key)).map(([, text]) => text)).toEqual(['One', 'Two', 'Three']);
    const [first] = await database.connection.queries.select().from(messages).orderBy(asc(messages.at));
    expect(first?.at).toEqual(desk.clock.at);
  });

  it('hold no sign that our database cannot keep', async () => {
    const { key, rowId } = await desk.settled();
    write(rowId, 'a\0b\ud800');
    await live(3);
    await live(3);
    expect(await notes(key)).toEqual([['Ana', 'a\u2400b\ufffd']]);
  });

  it('are looked for in open tickets in turn, no more often than the base bears', async () => {
    for (let count = 0; count < 30; count += 1) await desk.settled();
    expect(await live(5)).toBe(LOOKS * 5 - LOOKS);
    expect(new Set(asked.map(({ rowId }) => rowId)).size).toBe(asked.length);
    expect(asked.every(({ isAwaited }) => !isAwaited)).toBe(true);
  });

  it('are not looked for in tickets that are settled, or whose row is gone', async () => {
    await desk.settled(CLOSED);
    const { rowId } = await desk.settled();
    await desk.hand.deleteByHand(rowId);
    await desk.sync();
    expect(await live(5)).toBe(0);
  });

  describe('of which the base calls', () => {
    it('are read at once, with one look for many calls', async () => {
      const { key, rowId } = await desk.settled(CLOSED);
      write(rowId, 'The customer rang again.');
      for (let call = 0; call < 5; call += 1) await comments.hear(rowId);
      expect(woken).toBe(1 + 5);
      await comments.run();
      expect(asked).toEqual([{ rowId, isAwaited: true }]);
      expect(await notes(key)).toEqual([['Ana', 'The customer rang again.']]);
    });

    it('are read again when a call comes while they are being read', async () => {
      const { key, rowId } = await desk.settled();
      await comments.hear(rowId);
      pass({ seconds: 1 });
      const { read } = store;
      store.read = async (...given) => {
        store.read = read;
        const found = await read(...given);
        pass({ seconds: 1 });
        write(rowId, 'Just now.');
        await comments.hear(rowId);
        return found;
      };
      await comments.run();
      expect(await notes(key)).toEqual([]);
      await comments.run();
      expect(await notes(key)).toEqual([['Ana', 'Just now.']]);
    });

    it('are hardly looked for otherwise, until one is found that no call told of', async () => {
      const { rowId } = await desk.settled();
      const other = await desk.settled();
      await comments.hear(rowId);
      pass({ seconds: 1 });
      expect(await live(5)).toBe(2);
      expect(await live(60)).toBe(0);
      write(other.rowId, 'Nobody called.');
      pass({ hours: 6 });
      await live(5);
      expect(await notes(other.key)).toEqual([['Ana', 'Nobody called.']]);
      expect(await live(25)).toBe(2 * 5);
    });

    it('are none of ours beside a row that is no ticket’s', async () => {
      await comments.hear('row of another database');
      expect(woken).toBe(1);
    });
  });

  describe('by people who edit a row', () => {
    async function edit(rowId: string): Promise<void> {
      await desk.hand.editByHand(rowId, { priority: 'High' }, 'Ana');
      await comments.noteEdited(await desk.store.read([rowId]));
    }

    it('take no more looks than others, however many rows are edited', async () => {
      for (let count = 0; count < 20; count += 1) await edit((await desk.settled(CLOSED)).rowId);
      pass({ minutes: 1 });
      expect(await live(3)).toBe(LOOKS * 3);
      expect(await live(1)).toBe(20 - LOOKS * 3);
    });

    it('are looked for a minute later, before all other rows', async () => {
      for (let count = 0; count < 30; count += 1) await desk.settled();
      const { key, rowId } = await desk.settled();
      await edit(rowId);
      write(rowId, 'Seen to.');
      await live(2);
      expect(await notes(key)).toEqual([['Ana', 'Seen to.']]);
    });

    it('are looked for where the base calls, too, but only once: a call may come before its row is a ticket’s', async () => {
      const other = await desk.settled();
      await comments.hear(other.rowId);
      await live(1);
      pass({ minutes: 5 });
      const { rowId } = await desk.settled(CLOSED);
      for (let count = 0; count < 3; count += 1) {
        await edit(rowId);
        await live(5);
      }
      expect(asked.filter((look) => look.rowId === rowId)).toHaveLength(1);
    });

    it('are looked for once, though the edit is seen again and again', async () => {
      const { rowId } = await desk.settled(CLOSED);
      await edit(rowId);
      for (let look = 0; look < 6; look += 1) {
        await comments.noteEdited(await desk.store.read([rowId]));
        await live(0.5);
      }
      expect(asked).toHaveLength(1);
    });
  });

  it('of a row that is deleted before anybody looked are looked for once', async () => {
    const { rowId } = await desk.settled();
    await comments.hear(rowId);
    await desk.hand.deleteByHand(rowId);
    await desk.sync();
    pass({ seconds: 5 });
    expect(await live(5)).toBe(1);
  });

  describe('that we may not read', () => {
    beforeEach(() => void (refusal = 'not_allowed'));

    it('are asked for once, and not again for a day', async () => {
      const { rowId } = await desk.settled();
      for (let count = 0; count < 10; count += 1) await desk.settled();
      pass({ minutes: 2 });
      await comments.run();
      await comments.noteEdited(await desk.store.read([rowId]));
      await live(60);
      expect(asked).toHaveLength(1);
      pass({ hours: 23 });
      await live(2);
      expect(asked).toHaveLength(2);
    });

    it('are read as soon as somebody looked at what we may do, or the service starts', async () => {
      const { key, rowId } = await desk.settled();
      write(rowId, 'Called the customer.');
      pass({ minutes: 2 });
      await comments.run();
      refusal = null;
      await live(2);
      expect(await notes(key)).toEqual([]);
      await comments.tryAgain();
      await live(1);
      expect(await notes(key)).toEqual([['Ana', 'Called the customer.']]);
      refusal = 'not_allowed';
      await live(3);
      refusal = null;
      write(rowId, 'And again.');
      comments = start();
      await comments.run();
      expect(await notes(key)).toHaveLength(2);
    });

    it('are read when the base calls of one, as it calls those alone who may', async () => {
      const { key, rowId } = await desk.settled();
      pass({ minutes: 2 });
      await comments.run();
      refusal = null;
      write(rowId, 'Called the customer.');
      await comments.hear(rowId);
      await comments.run();
      expect(await notes(key)).toEqual([['Ana', 'Called the customer.']]);
      pass({ hours: 6 });
      expect(await live(1)).toBe(1);
    });
  });

  it('are left for later while the base has no room, and taken then', async () => {
    const { key, rowId } = await desk.settled();
    write(rowId, 'Called the customer.');
    refusal = 'no_room';
    await live(5);
    expect(await notes(key)).toEqual([]);
    refusal = null;
    await live(1);
    expect(await notes(key)).toEqual([['Ana', 'Called the customer.']]);
  });

  it('rest while the base does not answer, and lose no call', async () => {
    const { key, rowId } = await desk.settled();
    write(rowId, 'Called the customer.');
    await comments.hear(rowId);
    failure = new Problem({
      code: 'notion.unavailable',
      message: 'It is down.',
      fix: 'Wait.',
      retry: { afterSeconds: 90 },
    });
    await comments.run();
    await comments.run();
    expect(asked).toHaveLength(1);
    failure = null;
    await live(2);
    expect(await notes(key)).toEqual([['Ana', 'Called the customer.']]);
  });

  it('hold nobody up where those of one row cannot be taken in', async () => {
    const { key, rowId } = await desk.settled();
    const other = await desk.settled();
    write(rowId, 'Spoilt.', { createdAt: 'no moment' as never });
    write(other.rowId, 'Fine.');
    await comments.hear(rowId);
    await live(3);
    expect(await notes(other.key)).toEqual([['Ana', 'Fine.']]);
    beside.set(rowId, []);
    write(rowId, 'Mended.');
    await live(6);
    expect(await notes(key)).toEqual([['Ana', 'Mended.']]);
  });

  it('are nothing to a base that has none', async () => {
    await desk.settled();
    const none = createComments({ ...desk, wake: async () => undefined });
    await none.hear('x');
    expect(await none.run()).toBe(0);
    expect(await dueLanes(database.connection, desk.clock.at)).not.toContain('comments');
  });
});
