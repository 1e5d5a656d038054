import { describe, expect, it } from 'vitest';
import { sparing } from '../../src/kit/sparing.ts';

/** Counts how often it is read; each reading takes as long as it is told, by a clock that nothing else moves. */
function aCostlyReading({ takes }: { takes: number }) {
  const clock = { at: Temporal.Instant.from('2026-11-22T09:00:00Z') };
  const done = { readings: 0, fails: false };
  const pass = (milliseconds: number) => void (clock.at = clock.at.add({ milliseconds }));
  const ask = sparing(
    async () => {
      done.readings += 1;
      const number = done.readings;
      await Promise.resolve();
      pass(takes);
      if (done.fails) throw new Error('not now');
      return number;
    },
    () => clock.at,
  );
  return { ask, pass, done };
}

describe('a reading that is spared', () => {
  it('is shared by all who ask while it is made', async () => {
    const { ask } = aCostlyReading({ takes: 0 });
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  });

  it('is made anew for each who asks when it takes no time', async () => {
    const { ask } = aCostlyReading({ takes: 49 });
    expect([await ask(), await ask()]).toEqual([1, 2]);
  });

  it('is good for nine times as long as it took, when that was long', async () => {
    const { ask, pass } = aCostlyReading({ takes: 800 });
    await ask();
    pass(7199);
    expect(await ask()).toBe(1);
    pass(1);
    expect(await ask()).toBe(2);
  });

  it('is made anew after it failed, however long that took', async () => {
    const { ask, done } = aCostlyReading({ takes: 800 });
    done.fails = true;
    await expect(ask()).rejects.toThrow('not now');
    done.fails = false;
    expect(await ask()).toBe(2);
  });
});
