import type { Likeness } from './text-index.ts';

/** How much two texts have in common, by their keys. */
export type Between = (one: string, other: string) => number;

/** How much a text has in common with all of a group, on average: one member that it resembles is not enough. */
export function likenessTo(group: readonly string[], key: string, between: Between): number {
  const sum = group.reduce((total, member) => total + between(member, key), 0);
  return group.length === 0 ? 0 : sum / group.length;
}

/** Those who, with the first, all have so much in common, in the order in which they were found: the closest first. */
export function groupAround(
  first: string,
  candidates: readonly string[],
  { between, atLeast }: { between: Between; atLeast: number },
): readonly Likeness[] {
  const found: Likeness[] = [];
  const left = new Set(candidates);
  for (;;) {
    const group = [first, ...found.map(({ key }) => key)];
    const scored = [...left].map((key) => ({ key, score: likenessTo(group, key, between) }));
    const closest = scored.reduce<Likeness | null>(
      (best, each) => (each.score > (best?.score ?? 0) ? each : best),
      null,
    );
    if (closest === null || closest.score < atLeast) return found;
    found.push(closest);
    left.delete(closest.key);
  }
}
