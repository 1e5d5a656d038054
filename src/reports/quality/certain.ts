/**
 * Of fewer cases no finding is made. Below some twenty even Wilson's interval is wider than thirty points, so that it
 * says nothing that anybody should act on.
 */
export const LEAST_CASES = 20;

/** Two standard deviations: 95 of 100 such intervals hold the true share. */
const DEVIATIONS = 1.96;

/**
 * The least share that is likely behind so many cases: the lower bound of Wilson's interval, which also holds where cases
 * are few or the share is near none (Brown, Cai and DasGupta 2001, “Interval estimation for a binomial proportion”).
 */
export function leastShare(part: number, all: number): number {
  if (all === 0) return 0;
  const share = part / all;
  const square = DEVIATIONS ** 2;
  const middle = share + square / (2 * all);
  const half = DEVIATIONS * Math.sqrt((share * (1 - share)) / all + square / (4 * all ** 2));
  return Math.max(0, (middle - half) / (1 + square / all));
}

/** Whether more than that share of cases is so, and not by chance alone. */
export function isSurelyMore(part: number, all: number, share: number): boolean {
  return all >= LEAST_CASES && leastShare(part, all) > share;
}
