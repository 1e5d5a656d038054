import { describe, expect, it } from 'vitest';
import { createHeap } from '../../src/backtest/replay/heap.ts';
import { fc } from '../support/properties.ts';

describe('a heap', () => {
  it('gives back everything in order, whatever is added when', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.constant('take' as const))), (steps) => {
        const heap = createHeap<number>((one, other) => one - other);
        const there: number[] = [];
        for (const step of steps) {
          if (step === 'take') expect(heap.takeFirst()).toBe(there.shift());
          else {
            heap.add(step);
            there.push(step);
            there.sort((one, other) => one - other);
          }
          expect(heap.first()).toBe(there[0]);
        }
      }),
    );
  });
});
