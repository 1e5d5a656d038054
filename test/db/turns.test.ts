import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { createTurns, type Haste } from '../../src/db/turns.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';

describe('the line before the embedded engine', () => {
  /** Lets everybody stand in line while the first is at work, and gives the order in which they worked. */
  async function orderOf(line: readonly [name: string, haste: Haste][]): Promise<string[]> {
    const turns = createTurns();
    const order: string[] = [];
    const work = (name: string) => async () => void order.push(name);
    await Promise.all(line.map(([name, haste]) => turns.take(haste, work(name))));
    return order;
  }

  it('lets whoever comes first go first', async () => {
    const order = await orderOf([
      ['first', 'ordinary'],
      ['second', 'ordinary'],
      ['third', 'ordinary'],
    ]);
    expect(order).toEqual(['first', 'second', 'third']);
  });

  it('lets the urgent go before those who waited longer, but not twice in a row while somebody waits', async () => {
    const order = await orderOf([
      ['lane 1', 'ordinary'],
      ['lane 2', 'ordinary'],
      ['lane 3', 'ordinary'],
      ['sender 1', 'urgent'],
      ['sender 2', 'urgent'],
      ['sender 3', 'urgent'],
      ['sender 4', 'urgent'],
      ['sender 5', 'urgent'],
    ]);
    expect(order).toEqual(['sender 1', 'lane 1', 'sender 2', 'lane 2', 'sender 3', 'lane 3', 'sender 4', 'sender 5']);
  });

  it('has one at work at a time', async () => {
    const turns = createTurns();
    const atWork = { now: 0, most: 0 };
    const work = async () => {
      atWork.now += 1;
      atWork.most = Math.max(atWork.most, atWork.now);
      await new Promise((done) => setImmediate(done));
      atWork.now -= 1;
    };
    await Promise.all(Array.from({ length: 10 }, () => turns.take('ordinary', work)));
    expect(atWork.most).toBe(1);
  });

  it('hands a failure to whoever failed, and goes on', async () => {
    const turns = createTurns();
    const failed = turns.take('ordinary', () => Promise.reject(new Error('no such table')));
    const next = turns.take('ordinary', async () => 'goes on');
    await expect(failed).rejects.toThrow('no such table');
    expect(await next).toBe('goes on');
  });

  it('goes on after it was empty', async () => {
    const turns = createTurns();
    expect(await turns.take('urgent', async () => 1)).toBe(1);
    expect(await turns.take('ordinary', async () => 2)).toBe(2);
  });

  it('lets the thread look up between turns, however busy the line', async () => {
    const turns = createTurns();
    const seen: string[] = [];
    setImmediate(() => seen.push('the network'));
    for (const name of ['turn 1', 'turn 2', 'turn 3']) {
      await turns.take('ordinary', async () => {
        seen.push(name);
        keepBusy(5);
      });
    }
    expect(seen.indexOf('the network')).toBeGreaterThanOrEqual(0);
    expect(seen.indexOf('the network')).toBeLessThan(seen.indexOf('turn 3'));
  });

  it('looks up for several rounds of events, each of which lets one connection in', async () => {
    const clock = { now: 1000 };
    const turns = createTurns(() => clock.now);
    const rounds = { passed: 0 };
    const nextRound = () => {
      rounds.passed += 1;
      if (rounds.passed < 100) setImmediate(nextRound);
    };
    await turns.take('ordinary', async () => void setImmediate(nextRound));
    clock.now += 5;
    await turns.take('ordinary', async () => undefined);
    expect(rounds.passed).toBeGreaterThanOrEqual(4);
  });

  it('lets the thread write the answers of the urgent before a lane works', async () => {
    const turns = createTurns(() => 1000);
    const seen: string[] = [];
    await Promise.all([
      turns.take('urgent', async () => void setImmediate(() => seen.push('answer'))),
      turns.take('ordinary', async () => void seen.push('lane')),
    ]);
    expect(seen).toEqual(['answer', 'lane']);
  });
});

describe('an urgent question to the embedded engine', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await aDatabase('pglite');
  });
  afterEach(() => database.drop());

  it('is answered after the transaction that runs, before all that wait', async () => {
    const { queries, urgently } = database.connection;
    const ended: string[] = [];
    const transactions = [1, 2, 3, 4].map((n) =>
      queries
        .transaction(async (tx) => {
          await tx.execute(sql`select ${n}::int`);
          await tx.execute(sql`select ${n}::int + 1`);
        })
        .then(() => ended.push(`transaction ${n}`)),
    );
    const question = urgently((at) => at.execute(sql`select 'urgent'`)).then(() => ended.push('urgent'));
    await Promise.all([...transactions, question]);
    expect(ended.indexOf('urgent')).toBeLessThanOrEqual(1);
    expect(ended).toHaveLength(5);
  });
});

describe('whether senders are there', () => {
  it('is so for a while after the last of them, and not because of lanes', async () => {
    const clock = { now: 1000 };
    const turns = createTurns(() => clock.now);
    await turns.take('ordinary', async () => undefined);
    expect(turns.hasSenders()).toBe(false);
    await turns.take('urgent', async () => undefined);
    expect(turns.hasSenders()).toBe(true);
    clock.now += 199;
    expect(turns.hasSenders()).toBe(true);
    clock.now += 1;
    expect(turns.hasSenders()).toBe(false);
  });
});

function keepBusy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
