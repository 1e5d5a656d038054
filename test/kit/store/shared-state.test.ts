import { describe, expect, it } from 'vitest';
import { ownState } from '../../../src/kit/store/shared-state.ts';

describe('a state that one process has to itself', () => {
  it('goes by a clock that never goes back, so that nobody waits longer because somebody set it', async () => {
    const machine = { at: 1000 };
    const state = ownState(() => machine.at)('any', (now) => ({ begun: now }));
    const readings: number[] = [];
    for (const at of [1000, 1500, 400, 700]) {
      machine.at = at;
      readings.push(await state.change((_, now) => now));
    }
    expect(readings).toEqual([1000, 1500, 1500, 1800]);
  });
});
