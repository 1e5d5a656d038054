const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Three letters and fourteen more (section 1). */
const LENGTH = 14;

/** What an id may name. */
export type IdPrefix =
  | 'app'
  | 'tbl'
  | 'fld'
  | 'viw'
  | 'rec'
  | 'usr'
  | 'ach'
  | 'com'
  | 'sel'
  | 'att'
  | 'itr'
  | 'pat'
  | 'wsp';

export interface Ids {
  next(prefix: IdPrefix): string;
  /** So many bytes that nobody can guess in earnest, and every run with the same seed repeats. */
  bytes(count: number): Uint8Array;
}

/** Ids as Airtable writes them, the same for the same seed. */
export function createIds(seed: number): Ids {
  const chance = createChance(seed);
  return {
    next(prefix) {
      let id: string = prefix;
      for (let drawn = 0; drawn < LENGTH; drawn += 1) id += ALPHABET[Math.floor(chance() * ALPHABET.length)] ?? 'A';
      return id;
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(chance() * 256)),
  };
}

export function isId(prefix: IdPrefix, text: string): boolean {
  return text.length === LENGTH + prefix.length && text.startsWith(prefix) && /^[A-Za-z0-9]+$/.test(text);
}

/** mulberry32, public domain. */
function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
