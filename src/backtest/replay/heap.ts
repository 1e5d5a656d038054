/** Things in an order, of which only the first matters. */
export interface Heap<Item> {
  add(item: Item): void;
  first(): Item | undefined;
  takeFirst(): Item | undefined;
}

/** A binary heap: adding and taking cost the logarithm of what is in it. */
export function createHeap<Item>(compare: (one: Item, other: Item) => number): Heap<Item> {
  const items: Item[] = [];
  const isBefore = (one: number, other: number) => {
    const [mine, theirs] = [items[one], items[other]];
    return mine !== undefined && theirs !== undefined && compare(mine, theirs) < 0;
  };
  function swap(one: number, other: number): void {
    const [mine, theirs] = [items[one], items[other]];
    if (mine === undefined || theirs === undefined) return;
    items[one] = theirs;
    items[other] = mine;
  }
  function rise(from: number): void {
    for (let at = from; at > 0;) {
      const above = (at - 1) >> 1;
      if (!isBefore(at, above)) return;
      swap(at, above);
      at = above;
    }
  }
  function sink(): void {
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const lower = isBefore(right, left) ? right : left;
      if (!isBefore(lower, at)) return;
      swap(lower, at);
      at = lower;
    }
  }
  return {
    add(item) {
      items.push(item);
      rise(items.length - 1);
    },
    first: () => items[0],
    takeFirst() {
      const first = items[0];
      const last = items.pop();
      if (items.length > 0 && last !== undefined) items[0] = last;
      sink();
      return first;
    },
  };
}
