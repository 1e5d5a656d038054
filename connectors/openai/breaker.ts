import type { Now } from '../../src/ports/now.ts';

/** So many failures in a row are no accident. */
const MOST_FAILURES = 5;

/** Seconds that it is left alone at first, and at most; each failure after that doubles them. */
const FIRST_REST = 60;
const LONGEST_REST = 15 * 60;

/** Leaves an endpoint alone that failed again and again: nobody waits 20 s for each ticket of a morning. */
export interface Breaker {
  /** Seconds until it is asked again; null while it is. */
  restsFor(): number | null;
  succeeded(): void;
  /** `atLeastSeconds` is what the endpoint itself asked for. */
  failed(atLeastSeconds: number): void;
}

export function createBreaker(now: Now): Breaker {
  let failures = 0;
  let until: Temporal.Instant | null = null;
  return {
    restsFor() {
      const left = until === null ? 0 : now().until(until).total('seconds');
      return left > 0 ? Math.ceil(left) : null;
    },
    succeeded() {
      failures = 0;
      until = null;
    },
    failed(atLeastSeconds) {
      failures += 1;
      const usual = failures < MOST_FAILURES ? 0 : Math.min(FIRST_REST * 2 ** (failures - MOST_FAILURES), LONGEST_REST);
      const rest = Math.max(usual, Math.min(atLeastSeconds, LONGEST_REST));
      if (rest > 0) until = now().add({ seconds: Math.ceil(rest) });
    },
  };
}
