import { describe, expect, it } from 'vitest';
import { batchSize } from '../../src/pipeline/batch.ts';

describe('a batch of the lane', () => {
  it('is short while senders wait for it to end, and long when none do', () => {
    expect(batchSize({ hasSenders: () => true })).toBe(3);
    expect(batchSize({ hasSenders: () => false })).toBe(20);
  });
});
