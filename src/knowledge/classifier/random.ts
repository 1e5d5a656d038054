/** Numbers from 0 to 1 that look random and are the same at every run: the same tickets give the same model. */
export type Random = () => number;

/** mulberry32, by Tommy Ettinger: small, quick, and even enough to shuffle with. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The numbers below `count`, in their order. */
export function upTo(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => index);
}

/** Shuffles in place (Fisher and Yates). */
export function shuffle(numbers: Int32Array, random: Random): Int32Array {
  for (let last = numbers.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const kept = numbers[last] ?? 0;
    numbers[last] = numbers[other] ?? 0;
    numbers[other] = kept;
  }
  return numbers;
}
