import { describe, expect, it } from 'vitest';
import { createBreath, watchEventLoop } from '../../src/backtest/breath.ts';

/** How long a breath takes where others are busy for that share of its first moment. */
async function pausesAt(share: number): Promise<readonly number[]> {
  const pauses: number[] = [];
  const pause = async (milliseconds: number) => void pauses.push(milliseconds);
  await createBreath({ pause, watchBusyness: () => () => (pauses.length === 0 ? 0 : share) })();
  return pauses;
}

describe('a breath between two slices of a backtest', () => {
  it('is a moment on a desk on which nobody does anything', async () => {
    expect(await pausesAt(0.05)).toEqual([1]);
  });

  it('is as long as a slice while others have something to do', async () => {
    expect(await pausesAt(0.6)).toEqual([1, 9]);
  });

  it('knows a process that does nothing but work', () => {
    const busyShare = watchEventLoop();
    for (const begun = performance.now(); performance.now() - begun < 2;);
    expect(busyShare()).toBeGreaterThan(0.3);
  });
});
