import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedInDatabase } from '../../src/sync/shared-state.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';

describe.each(ENGINES)('what processes share, on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  afterAll(() => database.drop());

  /** As another process would find it. */
  function counter() {
    return sharedInDatabase(database.connection)('counter', () => ({ count: 0 }));
  }

  it('is changed by one at a time, so that each knows of those before it', async () => {
    const [one, other] = [counter(), counter()];
    const changes = Array.from({ length: 20 }, (_, index) =>
      (index % 2 === 0 ? one : other).change((state) => (state.count += 1)),
    );
    const seen = await Promise.all(changes);
    expect(seen.toSorted((first, second) => first - second)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(await counter().change(({ count }) => count)).toBe(20);
  });

  it('stays as it was when a change fails', async () => {
    const shared = sharedInDatabase(database.connection)('failing', () => ({ count: 7 }));
    const failing = shared.change((state) => {
      state.count = 8;
      throw new Error('in the middle');
    });
    await expect(failing).rejects.toThrow('in the middle');
    expect(await shared.change(({ count }) => count)).toBe(7);
  });

  it('goes by the clock of the database, in whole milliseconds that never go back', async () => {
    const shared = sharedInDatabase(database.connection)('clock', (now) => ({ begun: now }));
    const [begun, now] = await shared.change((state, at) => [state.begun, at]);
    expect(Number.isInteger(now)).toBe(true);
    expect(now).toBeGreaterThanOrEqual(begun ?? Infinity);
  });
});
