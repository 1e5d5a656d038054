import { isNotNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tickets } from '../../src/db/schema.ts';
import { Problem } from '../../src/domain/problem.ts';
import { dueLanes } from '../../src/sweeps/due-lanes.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { anEmbeddedStore } from '../connectors/embedded/desk-rows.ts';
import { aTicket, at, MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aSyncedDesk, type SyncedDesk } from './synced-desk.ts';

const LOST = new Problem({ code: 'airtable.unreachable', message: 'No answer.', fix: 'Wait.', retry: 'later' });

describe.each(ENGINES)('changes that wait for each other, on %s', (engine) => {
  let database: TestDatabase;
  let desk: SyncedDesk;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    const { abilities } = anEmbeddedStore(database.connection, []);
    desk = aSyncedDesk(database.connection, {
      abilities: {
        ...abilities,
        writeBatch: 10,
        requestsPerSecond: 4,
        writeDelaySeconds: { awaited: 1, other: 45 },
      },
    });
    await desk.clear();
  });

  /** Rows that both sides know, long after anybody changed them. */
  async function settled(count: number): Promise<{ key: string; rowId: string }[]> {
    for (let number = 1000; number < 1000 + count; number += 1) await desk.pipeline.receive(aTicket({ number }));
    await desk.sync();
    const all = [];
    for (let number = 1000; number < 1000 + count; number += 1) {
      const { key } = aTicket({ number });
      all.push({ key, rowId: (await desk.row(key)).rowId ?? '' });
    }
    pass({ minutes: 10 });
    desk.store.forget();
    return all;
  }

  function pass(time: Temporal.DurationLike): void {
    desk.clock.at = desk.clock.at.add(time);
  }

  /** What was asked of the base, with the number of rows of each write. */
  function asked(): string[] {
    return desk.store.calls.map(({ call, writes }) => (call === 'write' ? `write ${writes.length}` : call));
  }

  function secondsPassed(): number {
    return MORNING.until(desk.clock.at).total('seconds');
  }

  it('a new row waits a second for others', async () => {
    await desk.pipeline.receive(aTicket());
    expect(await desk.flush.run()).toEqual({ written: 1, refused: 0 });
    expect(secondsPassed()).toBe(1);
  });

  it('does not wait when a request is full', async () => {
    for (let number = 1000; number < 1010; number += 1) await desk.pipeline.receive(aTicket({ number }));
    expect(await desk.flush.run()).toEqual({ written: 10, refused: 0 });
    expect([secondsPassed(), asked()]).toEqual([0, ['write 10']]);
  });

  it('starts early when a request fills up while it waits', async () => {
    await desk.pipeline.receive(aTicket({ number: 999 }));
    desk.passing.push(async () => {
      for (let number = 1000; number < 1009; number += 1) await desk.pipeline.receive(aTicket({ number }));
    });
    expect(await desk.flush.run()).toEqual({ written: 10, refused: 0 });
    expect([secondsPassed(), asked()]).toEqual([0.25, ['write 10']]);
  });

  it('writes only full requests of what is not due yet, and keeps the rest for later', async () => {
    for (let number = 1000; number < 1013; number += 1) await desk.pipeline.receive(aTicket({ number }));
    expect(await desk.flush.run()).toEqual({ written: 13, refused: 0 });
    expect([secondsPassed(), asked()]).toEqual([1, ['write 10', 'write 3']]);
  });

  it('a row that is a request of its own waits until it is due, for more changes of itself', async () => {
    const { abilities } = desk.store;
    const single = aSyncedDesk(database.connection, { abilities: { ...abilities, writeBatch: 1 } });
    await single.pipeline.receive(aTicket());
    await single.sync();
    single.store.forget();
    const { key } = aTicket();
    await single.pipeline.decide(key, { contactCount: 2 });
    expect(await single.flush.run()).toEqual({ written: 0, refused: 0 });
    await single.pipeline.decide(key, { contactCount: 3 });
    single.clock.at = single.clock.at.add({ seconds: 45 });
    expect(await single.flush.run()).toEqual({ written: 1, refused: 0 });
    expect(await single.writesOf()).toEqual([{ contactCount: 3 }]);
  });

  it('a row that is put off alone waits as long as it was told, and no other does', async () => {
    const unsure = new Problem({ code: 'x.maybe', message: 'Maybe.', fix: 'Wait.', retry: { afterSeconds: 15 } });
    const odd = { keys: [aTicket({ number: 1001 }).key] };
    const inner = desk.store;
    const half = aSyncedDesk(database.connection, {
      abilities: inner.abilities,
      async write(writes) {
        const isOdd = ({ key }: { key: string }) => odd.keys.includes(key);
        const done = await inner.write(writes.filter((write) => !isOdd(write)));
        return [...done, ...writes.filter(isOdd).map(({ key }) => ({ key, postponed: unsure, alone: true }))];
      },
    });
    for (const number of [1000, 1001, 1002]) await half.pipeline.receive(aTicket({ number }));
    expect(await half.flush.run()).toEqual({ written: 2, refused: 0 });
    expect((await half.row(odd.keys[0] ?? '')).rowProblem).toMatchObject({ code: 'x.maybe' });
    odd.keys = [];
    expect(await half.flush.run()).toEqual({ written: 0, refused: 0 });
    half.clock.at = half.clock.at.add({ seconds: 14 });
    expect(await half.flush.run()).toEqual({ written: 1, refused: 0 });
    expect((await half.row(aTicket({ number: 1001 }).key)).rowProblem).toBeNull();
  });

  it.each([
    ['status', { status: 'open' as const }],
    ['assignee and owner', { assignee: 'Ana' }],
    ['due time', { resolutionDueAt: at('2026-11-23T10:00:00Z') }],
    ['SLA state', { slaState: 'warning' as const }],
    ['review', { needsReview: true }],
  ])('a change that people look out for goes within a second or so: %s', async (_, changes) => {
    const [one] = await settled(1);
    await desk.pipeline.decide(one?.key ?? '', changes);
    const before = desk.clock.at;
    expect(await desk.flush.run()).toEqual({ written: 1, refused: 0 });
    expect(before.until(desk.clock.at).total('seconds')).toBe(1);
  });

  it('the SLA state waits longer where the base says so, and goes with what people look out for', async () => {
    const [one, two] = await settled(2);
    const { abilities } = desk.store;
    const writeDelaySeconds = { ...abilities.writeDelaySeconds, timed: 20 };
    const patient = createFlush({ ...desk, store: { ...desk.store, abilities: { ...abilities, writeDelaySeconds } } });
    await desk.pipeline.decide(one?.key ?? '', { slaState: 'warning' });
    await patient.run();
    await desk.pipeline.decide(two?.key ?? '', { slaState: 'warning', why: 'Due soon.' });
    pass({ seconds: 18 });
    expect([await patient.run(), asked()]).toEqual([{ written: 2, refused: 0 }, ['write 2']]);
    await desk.pipeline.decide(one?.key ?? '', { slaState: 'breached', assignee: 'Ana' });
    const before = desk.clock.at;
    await patient.run();
    expect(before.until(desk.clock.at).total('seconds')).toBe(1);
  });

  it('figures and logs wait three quarters of a minute, and a tick finds them then', async () => {
    const [one] = await settled(1);
    await desk.pipeline.decide(one?.key ?? '', { contactCount: 2, why: 'Asked again.' });
    const lanes = async () => (await dueLanes(database.connection, desk.clock.at)).filter((lane) => lane === 'flush');
    expect(await lanes()).toEqual(['flush']);
    expect(await desk.flush.run()).toEqual({ written: 0, refused: 0 });
    expect(await lanes()).toEqual([]);
    pass({ seconds: 44 });
    expect([await desk.flush.run(), await lanes()]).toEqual([{ written: 1, refused: 0 }, []]);
    expect(await desk.writesOf()).toEqual([{ contactCount: 2, why: 'Asked again.' }]);
  });

  it('a change that matters takes along what waits for the same row, and for others', async () => {
    const [one, two, three] = await settled(3);
    await desk.pipeline.decide(one?.key ?? '', { why: 'One.' });
    await desk.pipeline.decide(two?.key ?? '', { why: 'Two.' });
    await desk.flush.run();
    await desk.pipeline.decide(one?.key ?? '', { slaState: 'warning' });
    await desk.pipeline.decide(three?.key ?? '', { contactCount: 5 });
    expect(await desk.flush.run()).toEqual({ written: 3, refused: 0 });
    expect(asked()).toEqual(['write 3']);
    expect(await desk.writesOf()).toContainEqual({ why: 'One.', slaState: 'Warning' });
  });

  it('many small changes of one ticket become one write', async () => {
    const [one] = await settled(1);
    for (let contactCount = 2; contactCount < 30; contactCount += 1) {
      await desk.pipeline.decide(one?.key ?? '', { contactCount });
      await desk.flush.run();
      pass({ seconds: 1 });
    }
    pass({ seconds: 20 });
    await desk.flush.run();
    expect(asked()).toEqual(['write 1']);
  });

  it('spends no request on what was undone before it was due', async () => {
    const [one] = await settled(1);
    await desk.pipeline.decide(one?.key ?? '', { contactCount: 2 });
    await desk.flush.run();
    await desk.pipeline.decide(one?.key ?? '', { contactCount: 1 });
    await desk.flush.run();
    expect([asked(), (await desk.row(one?.key ?? '')).dirtySince]).toEqual([[], null]);
  });

  it('nobody who has waited a minute is passed by new rows', async () => {
    const [one] = await settled(1);
    await desk.pipeline.decide(one?.key ?? '', { slaState: 'warning' });
    pass({ seconds: 61 });
    for (let number = 2000; number < 2300; number += 1) await desk.pipeline.receive(aTicket({ number }));
    await desk.flush.run();
    const [first] = desk.store.calls.filter(({ call }) => call === 'write');
    expect(first?.writes.map(({ key }) => key)).toContain(one?.key);
  });

  describe('rows that are read before they are written', () => {
    it('gather, so that a question serves many', async () => {
      const all = await settled(4);
      const [one, two, three, four] = all.map(({ key }) => key);
      await desk.pipeline.decide(one ?? '', { status: 'open' });
      await desk.flush.run();
      const before = desk.clock.at;
      for (const key of [two, three, four]) await desk.pipeline.decide(key ?? '', { status: 'open' });
      expect(await desk.flush.run()).toEqual({ written: 3, refused: 0 });
      expect(asked()).toEqual(['read', 'write 1', 'read', 'write 3']);
      expect(before.until(desk.clock.at).total('seconds')).toBe(3);
    });

    it('gather from the first on where each write is a request of its own', async () => {
      const { abilities } = desk.store;
      desk = aSyncedDesk(database.connection, { abilities: { ...abilities, writeBatch: 1 } });
      const [one, two] = (await settled(2)).map(({ key }) => key);
      for (const look of [1, 2]) {
        desk.store.forget();
        const before = desk.clock.at;
        await desk.pipeline.decide(one ?? '', { status: look === 1 ? 'open' : 'pending' });
        desk.passing.push(
          async () => undefined,
          async () => desk.pipeline.decide(two ?? '', { status: look === 1 ? 'open' : 'pending' }),
        );
        expect(await desk.flush.run()).toEqual({ written: 2, refused: 0 });
        expect(asked()).toEqual(['read', 'write 2']);
        expect(before.until(desk.clock.at).total('seconds')).toBe(4);
      }
    });

    it('hold up no other', async () => {
      const [one, two] = (await settled(2)).map(({ key }) => key);
      await desk.pipeline.decide(one ?? '', { status: 'open' });
      await desk.flush.run();
      await desk.pipeline.decide(two ?? '', { status: 'open' });
      await desk.pipeline.receive(aTicket({ number: 3000 }));
      const before = desk.clock.at;
      desk.store.meanwhile('write', 'before', async () => {
        expect(before.until(desk.clock.at).total('seconds')).toBe(1);
      });
      expect(await desk.flush.run()).toEqual({ written: 2, refused: 0 });
      expect(asked()).toEqual(['read', 'write 1', 'write 1', 'read', 'write 1']);
    });

    it('leave their places in a request to others while they wait', async () => {
      const [first, ...others] = (await settled(6)).map(({ key }) => key);
      await desk.pipeline.decide(first ?? '', { status: 'open' });
      await desk.flush.run();
      desk.store.forget();
      for (const key of others) await desk.pipeline.decide(key, { status: 'open' });
      pass({ seconds: 1 });
      for (let number = 3000; number < 3013; number += 1) await desk.pipeline.receive(aTicket({ number }));
      expect(await desk.flush.run()).toEqual({ written: 18, refused: 0 });
      expect(asked()).toEqual(['write 10', 'write 3', 'read', 'write 5']);
    });

    it('still lose no edit of a person (A-036)', async () => {
      const [one] = await settled(1);
      await desk.pipeline.decide(one?.key ?? '', { status: 'open' });
      await desk.hand.editByHand(one?.rowId ?? '', { status: 'Pending' }, 'Ana');
      await desk.flush.run();
      expect((await desk.row(one?.key ?? '')).ticket.status).toBe('pending');
      expect(await desk.cells(one?.rowId ?? '')).toMatchObject({ status: 'Pending' });
    });
  });

  it('a round that is sent holds up no other, and they have no ticket in common', async () => {
    for (let number = 1000; number < 1110; number += 1) await desk.pipeline.receive(aTicket({ number }));
    desk.store.meanwhile('write', 'before', async () => {
      const secondBegins = new Promise<void>((begins) => {
        desk.store.meanwhile('write', 'before', async () => begins());
      });
      await secondBegins;
    });
    expect(await desk.flush.run()).toEqual({ written: 110, refused: 0 });
    expect(asked()).toEqual(['write 100', 'write 10']);
    const keys = desk.store.calls.flatMap(({ writes }) => writes.map(({ key }) => key));
    expect(new Set(keys).size).toBe(110);
  });

  it('owes what a round did not write because another failed, and what failed', async () => {
    for (let number = 1000; number < 1110; number += 1) await desk.pipeline.receive(aTicket({ number }));
    desk.store.failNext('write', 'before', LOST);
    await desk.flush.run();
    pass({ minutes: 2 });
    await desk.flush.run();
    expect(await desk.hand.countRows()).toBe(110);
    expect((await database.connection.queries.select().from(tickets).where(isNotNull(tickets.dirtySince))).length).toBe(
      0,
    );
  });

  it('owes everything still after a crash or a failure between any two steps', async () => {
    const [one, two] = (await settled(2)).map(({ key }) => key);
    await desk.pipeline.decide(one ?? '', { slaState: 'warning' });
    await desk.pipeline.decide(two ?? '', { why: 'Later.' });
    await desk.pipeline.receive(aTicket({ number: 4000 }));
    for (const [call, when] of [
      ['write', 'before'],
      ['write', 'after'],
    ] as const) {
      desk.store.failNext(call, when, new Error('killed'));
      await expect(desk.flush.run()).rejects.toThrow('killed');
      pass({ seconds: 5 });
    }
    desk.store.failNext('write', 'before', LOST);
    await desk.flush.run();
    pass({ minutes: 2 });
    await desk.flush.run();
    expect(await desk.hand.countRows()).toBe(3);
    for (const key of [one, two]) expect((await desk.row(key ?? '')).dirtySince).toBeNull();
  });
});
