import { describe, expect, it } from 'vitest';
import { isSurelyMore, leastShare } from '../../../src/reports/quality/certain.ts';

describe('what counts as certain', () => {
  it('is the lower bound of Wilson, as tables have it', () => {
    expect(leastShare(0, 0)).toBe(0);
    expect(leastShare(0, 50)).toBe(0);
    expect(leastShare(50, 100)).toBeCloseTo(0.4038, 3);
    expect(leastShare(20, 20)).toBeCloseTo(0.8389, 3);
  });

  it('needs twenty cases, however many of them went wrong', () => {
    expect(isSurelyMore(19, 19, 0.1)).toBe(false);
    expect(isSurelyMore(20, 20, 0.1)).toBe(true);
  });

  it('takes a share that chance alone may give for none', () => {
    expect(isSurelyMore(3, 20, 0.1)).toBe(false);
    expect(isSurelyMore(30, 200, 0.1)).toBe(true);
  });
});
