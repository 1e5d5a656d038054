/** Ids of properties are short and hold any sign; answers carry them URL-encoded, as `f%5C%5C%3Ap` (section 1). */
const PROPERTY_SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:;<=>?@[\\]^_`{|}~';
const PROPERTY_LENGTH = 4;

/** Both forms are taken (section 1). */
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

export interface Ids {
  /** A UUID of version 4 with its hyphens. */
  uuid(): string;
  /** As answers show it, encoded. */
  property(): string;
  /** Letters and digits behind a prefix: tokens and secrets. */
  secret(prefix: string): string;
  /** From 0 up to 1. */
  chance(): number;
}

/** Ids as Notion writes them, the same for the same seed. */
export function createIds(seed: number): Ids {
  const chance = createChance(seed);
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(chance() * 16).toString(16)).join('');
  return {
    chance,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[Math.floor(chance() * 4)] ?? '8'}${hex(3)}-${hex(12)}`,
    property: () =>
      encodeURIComponent(
        Array.from(
          { length: PROPERTY_LENGTH },
          () => PROPERTY_SIGNS[Math.floor(chance() * PROPERTY_SIGNS.length)] ?? 'A',
        ).join(''),
      ),
    secret: (prefix) => `${prefix}${hex(40)}`,
  };
}

/** The id with its hyphens, or null for what is none. */
export function uuidIn(text: string): string | null {
  if (!UUID.test(text)) return null;
  const digits = text.replaceAll('-', '').toLowerCase();
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
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
