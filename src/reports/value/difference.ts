import type { Side } from './side.ts';

/** How much larger one side is than the other, and between what that lies; null where one side has no interval. */
export interface Difference {
  value: number;
  low: number | null;
  high: number | null;
}

/**
 * The interval of a difference from those of its sides, by squares (Zou and Donner 2008, “Construction of confidence
 * limits about effect measures”): right for medians, means and shares alike, and no wider than it must be.
 */
export function differenceOf(one: Side, other: Side): Difference {
  const value = one.value - other.value;
  const [low, high] = [reach(one, 'low', other), reach(one, 'high', other)];
  return { value, low: low === null ? null : value - low, high: high === null ? null : value + high };
}

function reach(one: Side, end: 'low' | 'high', other: Side): number | null {
  const [own, opposite] = [one[end], other[end === 'low' ? 'high' : 'low']];
  return own === null || opposite === null ? null : Math.hypot(one.value - own, other.value - opposite);
}

/** Whether chance alone could have made it. */
export function mayBeChance({ low, high }: Difference): boolean {
  return low !== null && high !== null && low <= 0 && high >= 0;
}
