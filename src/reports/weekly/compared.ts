import type { Figure } from '../figures/figure.ts';
import type { Measured } from '../figures/measure.ts';

/** A figure of the week, beside the week before. What stands now has none before. */
export interface Compared {
  figure: Figure;
  now: Measured;
  before: Measured | null;
}

/** How many tickets of a category are new. */
export interface CategoryVolume {
  /** Empty for tickets without one. */
  category: string;
  opened: number;
  before: number;
}
