/** What looks like chance and is the same every time. */
export interface Chance {
  /** From 0 up to 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  /** Whether something of this likelihood happens. */
  isLucky(likelihood: number): boolean;
  pick<Item>(list: readonly [Item, ...Item[]] | readonly Item[]): Item;
  /** A likely item more often than an unlikely one. */
  weighted<Item>(list: readonly (readonly [weight: number, item: Item])[]): Item;
}

/** Made of a seed by counting up and mixing the bits, after Weyl; good enough for a story, not for secrets. */
export function createChance(seed: number): Chance {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  function next(): number {
    state = (state + 0x9e3779b9) >>> 0;
    let bits = state;
    bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
  }
  function pick<Item>(list: readonly Item[]): Item {
    const item = list[Math.floor(next() * list.length)];
    if (item === undefined) throw new Error('Nothing can be picked of an empty list.');
    return item;
  }
  return {
    next,
    pick,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    isLucky: (likelihood) => next() < likelihood,
    weighted(list) {
      let left = next() * list.reduce((sum, [weight]) => sum + weight, 0);
      const found = list.find(([weight]) => (left -= weight) < 0) ?? list.at(-1);
      if (found === undefined) throw new Error('Nothing can be picked of an empty list.');
      return found[1];
    },
  };
}
