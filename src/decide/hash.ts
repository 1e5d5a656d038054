/** A start, and an odd multiplier, of which each pair mixes in its own way; the first pair is FNV-1a's. */
const PAIRS = [
  { start: 0x811c9dc5, multiplier: 0x01000193 },
  { start: 0x9e3779b9, multiplier: 0x85ebca6b },
] as const;

/** A whole number of 32 bits for a text, over its UTF-16 units; each of the two ways gives another. */
export function hashOf(text: string, way: 0 | 1 = 0): number {
  const { start, multiplier } = PAIRS[way];
  let mixed: number = start;
  for (let index = 0; index < text.length; index++) mixed = Math.imul(mixed ^ text.charCodeAt(index), multiplier);
  return stir(mixed);
}

/** Spreads the last units over all bits; a bijection, so that it makes no collision. */
function stir(half: number): number {
  const once = Math.imul(half ^ (half >>> 16), 0x7feb352d);
  const twice = Math.imul(once ^ (once >>> 15), 0x846ca68b);
  return (twice ^ (twice >>> 16)) >>> 0;
}
