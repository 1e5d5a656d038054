import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customersAtRisk } from '../../../src/reports/ahead/churn.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { anOutcome, HISTORY_NOW as NOW, type OutcomeRow, writeHistory } from '../../support/histories.ts';

function daysAgo(days: number): Temporal.Instant {
  return NOW.subtract({ hours: days * 24 });
}

describe.each(ENGINES)('customers who may leave, on %s', (engine) => {
  const world = {} as { database: TestDatabase };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
  });
  afterAll(() => world.database.drop());

  /** Tickets of one customer, each so many days ago. */
  async function signalsOf(tickets: readonly (Partial<OutcomeRow> & { ago: number })[]) {
    await world.database.empty();
    const closed = { isOpen: false, status: 'resolved' as const };
    await writeHistory(
      world.database.connection,
      tickets.map(({ ago, ...ticket }, index) =>
        anOutcome({ number: index + 1, openedAt: daysAgo(ago), resolvedAt: daysAgo(ago), ...closed, ...ticket }),
      ),
    );
    return (await customersAtRisk(world.database.connection.queries, NOW))[0]?.signals;
  }

  it('are those who say that they are unhappy', async () => {
    expect(await signalsOf([{ ago: 3, score: 1, surveyedAt: daysAgo(2) }])).toEqual([{ signal: 'unhappy', count: 1 }]);
    expect(await signalsOf([{ ago: 3, score: 3, surveyedAt: daysAgo(2) }])).toBeUndefined();
    expect(await signalsOf([{ ago: 60, score: 1, surveyedAt: daysAgo(59) }])).toBeUndefined();
  });

  it('are those who ask far more than they used to, with another sign', async () => {
    const often = [1, 2, 3, 4, 5, 6].map((ago) => ({ ago }));
    expect(await signalsOf(often)).toBeUndefined();
    expect(await signalsOf([...often, { ago: 7, escalatedAt: daysAgo(6) }])).toEqual([
      { signal: 'asks_more', count: 7 },
      { signal: 'escalated', count: 1 },
    ]);
  });

  it('are those who asked every week, and wait for us or are silent now', async () => {
    const regular = [30, 40, 50, 60, 70, 80, 90, 100].map((ago) => ({ ago }));
    expect(await signalsOf(regular)).toBeUndefined();
    const waiting = { ago: 95, isOpen: true, status: 'open' as const, resolvedAt: null };
    expect(await signalsOf([...regular, waiting])).toEqual([
      { signal: 'silent', count: 9 },
      { signal: 'waiting', count: 1 },
    ]);
  });

  it('are those to whom we broke our word more than once, and who had to ask again', async () => {
    const broken = { ago: 5, breachedAt: daysAgo(4), reopenCount: 1 };
    expect(await signalsOf([broken])).toBeUndefined();
    expect(await signalsOf([broken, broken])).toEqual([
      { signal: 'breaches', count: 2 },
      { signal: 'again', count: 2 },
    ]);
  });
});
