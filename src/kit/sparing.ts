import type { Now } from '../ports/now.ts';

/** Of the time, at most so much goes into reading: what took 800 ms is read again 7 s later, and not before. */
const SHARE = 0.1;

/** What takes less, in milliseconds, is read whenever somebody asks. */
const NOTHING = 50;

/** A reading, under way while nobody knows how long it is good for. */
interface Reading<Result> {
  result: Promise<Result>;
  /** In milliseconds since the epoch. */
  goodUntil: number | null;
}

/**
 * Reads what may be costly, so that asking often costs little: whoever asks while it is read gets that reading,
 * and one that took long is good until its share of the time is spent. One that failed is good for nobody else.
 */
export function sparing<Result>(read: () => Promise<Result>, now: Now): () => Promise<Result> {
  let last: Reading<Result> | null = null;
  function begin(): Reading<Result> {
    const reading: Reading<Result> = { result: read(), goodUntil: null };
    void judge(reading, now().epochMilliseconds);
    return reading;
  }
  async function judge(reading: Reading<Result>, begun: number): Promise<void> {
    try {
      await reading.result;
      const ended = now().epochMilliseconds;
      const took = ended - begun;
      reading.goodUntil = took < NOTHING ? ended : begun + took / SHARE;
    } catch {
      reading.goodUntil = begun;
    }
  }
  return () => {
    const isGood = last !== null && (last.goodUntil === null || now().epochMilliseconds < last.goodUntil);
    if (last === null || !isGood) last = begin();
    return last.result;
  };
}
