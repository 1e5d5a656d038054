import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGroupCommit } from '../../src/inbox/group-commit.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aServer, type TestServer } from '../support/http-server.ts';

const encoder = new TextEncoder();

/** A commit that waits until it is let through, and writes down what came together. */
function aSlowCommit() {
  const groups: string[][] = [];
  const gates: (() => void)[] = [];
  const group = createGroupCommit<{ name: string; body: Uint8Array }, string>({
    async commit(gather) {
      const items = gather();
      groups.push(items.map((item) => item.name));
      await new Promise<void>((open) => gates.push(open));
      if (items.some((item) => item.name === 'bad')) throw new Error('refused');
      return items.map((item) => `${item.name} done`);
    },
    afterwards: () => undefined,
  });
  return {
    groups,
    add: (name: string, bytes = 1) => group.add({ name, body: new Uint8Array(bytes) }),
    async openGate() {
      while (gates.length === 0) await new Promise((tick) => setImmediate(tick));
      gates.shift()?.();
    },
    drained: () => group.drained(),
  };
}

/** A commit that waits for its turn before it gathers. */
function aCommitInLine() {
  const groups: string[][] = [];
  const turn = Promise.withResolvers<void>();
  const group = createGroupCommit<{ name: string; body: Uint8Array }, string>({
    async commit(gather) {
      await turn.promise;
      const names = gather().map((item) => item.name);
      groups.push(names);
      return names;
    },
    afterwards: () => undefined,
  });
  return { groups, turn, add: (name: string) => group.add({ name, body: new Uint8Array(1) }) };
}

describe('requests that wait together', () => {
  it('are joined by those who come before the turn of the commit does', async () => {
    const { groups, turn, add } = aCommitInLine();
    const early = add('early');
    await new Promise((tick) => setImmediate(tick));
    await new Promise((tick) => setImmediate(tick));
    const late = add('late');
    turn.resolve();
    expect(await Promise.all([early, late])).toEqual(['early', 'late']);
    expect(groups).toEqual([['early', 'late']]);
  });

  it('are all refused when their turn never comes', async () => {
    const { turn, add } = aCommitInLine();
    const waiting = Promise.allSettled([add('a'), add('b')]);
    await new Promise((tick) => setImmediate(tick));
    await new Promise((tick) => setImmediate(tick));
    turn.reject(new Error('the engine stopped'));
    expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('are committed together: one group is under way while the next gathers', async () => {
    const slow = aSlowCommit();
    const first = ['a', 'b'].map((name) => slow.add(name));
    while (slow.groups.length === 0) await new Promise((tick) => setImmediate(tick));
    const second = ['c', 'd', 'e'].map((name) => slow.add(name));
    await slow.openGate();
    expect(await Promise.all(first)).toEqual(['a done', 'b done']);
    await slow.openGate();
    expect(await Promise.all(second)).toEqual(['c done', 'd done', 'e done']);
    expect(slow.groups).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
  });

  it('fail together, and the next group is tried all the same', async () => {
    const slow = aSlowCommit();
    const failing = [slow.add('a'), slow.add('bad')].map((each) => each.catch(() => 'failed'));
    await slow.openGate();
    expect(await Promise.all(failing)).toEqual(['failed', 'failed']);
    const fine = slow.add('c');
    await slow.openGate();
    expect(await fine).toBe('c done');
    await slow.drained();
  });

  it('are split where a statement would grow too large', async () => {
    const slow = aSlowCommit();
    const all = Array.from({ length: 300 }, (_, n) => slow.add(`${n}`));
    const heavy = [slow.add('heavy', 7_000_000), slow.add('heavier', 7_000_000)];
    for (let n = 0; n < 3; n += 1) await slow.openGate();
    await Promise.all([...all, ...heavy]);
    expect(slow.groups.map((group) => group.length)).toEqual([250, 51, 1]);
  });

  it('are turned away when more wait than memory is meant for', async () => {
    const slow = aSlowCommit();
    const first = slow.add('a');
    while (slow.groups.length === 0) await new Promise((tick) => setImmediate(tick));
    const waiting = Array.from({ length: 8 }, (_, n) => slow.add(`${n}`, 8_000_000));
    await expect(slow.add('one too many')).rejects.toMatchObject({ code: 'inbox.busy' });
    for (let n = 0; n < 9; n += 1) await slow.openGate();
    await Promise.all([first, ...waiting]);
  });
});

describe('flushes and acknowledgements on PGlite', () => {
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    server = await aServer(database.connection);
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  function walFlushes(): number {
    return database.connection.flushes?.wal ?? 0;
  }

  async function post(name: string): Promise<number> {
    const body = encoder.encode(`{"message":"${name}"}`);
    const response = await fetch(`${server.address}/hooks/json/letmein`, { method: 'POST', body });
    await response.arrayBuffer();
    return response.status;
  }

  /** Sends while the database is held by a transaction, and lets go once all have arrived. */
  async function whileBusy(send: () => Promise<number>[]): Promise<Promise<number>[]> {
    return database.connection.queries.transaction(async () => {
      const awaited = server.requests();
      const posts = send();
      await expect.poll(() => server.requests() - awaited).toBe(posts.length);
      return posts;
    });
  }

  it('flush once before each single acknowledgement', async () => {
    for (let n = 0; n < 10; n += 1) {
      const before = walFlushes();
      expect(await post(`single-${n}`)).toBe(202);
      expect(walFlushes() - before).toBe(1);
    }
  });

  it('flush fewer than 40 times for 200 requests that wait together', async () => {
    const before = walFlushes();
    const posts = await whileBusy(() => Array.from({ length: 200 }, (_, n) => post(`together-${n}`)));
    expect(new Set(await Promise.all(posts))).toEqual(new Set([202]));
    expect(walFlushes() - before).toBeGreaterThan(0);
    expect(walFlushes() - before).toBeLessThan(40);
  });

  it('wake the lane behind the inbox, once or more for what came together', async () => {
    const before = server.wakes();
    await Promise.all(await whileBusy(() => Array.from({ length: 50 }, (_, n) => post(`wake-${n}`))));
    expect(server.wakes() - before).toBeGreaterThan(0);
    expect(server.wakes() - before).toBeLessThan(50);
  });
});
