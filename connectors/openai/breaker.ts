import type { Problem } from '../../src/domain/problem.ts';
import type { Now } from '../../src/ports/now.ts';

/** So many failures in a row are no accident. */
const MOST_FAILURES = 5;

/** Seconds that it is left alone at first, and at most; each failure after that doubles them. */
const FIRST_REST = 60;
const LONGEST_REST = 15 * 60;

/** What tells of the endpoint, and leaves it alone when there is too much of it; the rest tells of one ticket. */
const OF_ENDPOINT: ReadonlySet<string> = new Set([
  'model.not-authorised',
  'model.not-found',
  'model.no-credit',
  'model.rate-limited',
  'model.unreachable',
  'model.too-slow',
  'model.rejected',
  'vectors.wrong-dimensions',
]);

/** Leaves an endpoint alone that failed again and again: nobody waits 20 s for each ticket of a morning. */
export interface Breaker {
  /** Seconds until it is asked again; null while it is. */
  restsFor(): number | null;
  succeeded(): void;
  /** What does not tell of the endpoint does not count. */
  failed(problem: Problem): void;
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
    failed({ code, retry }) {
      if (!OF_ENDPOINT.has(code)) return;
      const atLeastSeconds = typeof retry === 'object' ? retry.afterSeconds : 0;
      failures += 1;
      const usual = failures < MOST_FAILURES ? 0 : Math.min(FIRST_REST * 2 ** (failures - MOST_FAILURES), LONGEST_REST);
      const rest = Math.max(usual, Math.min(atLeastSeconds, LONGEST_REST));
      if (rest > 0) until = now().add({ seconds: Math.ceil(rest) });
    },
  };
}
