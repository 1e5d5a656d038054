/** Words that people use for ours. */
const SYNONYMS: Readonly<Record<string, string>> = {
  urgent: 'critical',
  blocker: 'critical',
  highest: 'critical',
  normal: 'medium',
  moderate: 'medium',
  minor: 'low',
  lowest: 'low',
  info: 'informational',
  waiting: 'pending',
  solved: 'resolved',
  done: 'resolved',
  roundrobin: 'round_robin',
  manual: 'none',
  contains: 'mentions',
  includes: 'mentions',
  keywords: 'mentions',
  regex: 'matches',
  equals: 'is',
  in: 'oneOf',
  greater: 'above',
  less: 'below',
};

/** The valid name that was probably meant; null when none is near. */
export function nearestName(written: string, valid: readonly string[]): string | null {
  const bare = plain(written);
  const meant = Object.entries(SYNONYMS).filter(([, name]) => valid.includes(name));
  const candidates = [...valid.map((name) => [name, name] as const), ...meant];
  const ranked = candidates
    .map(([said, name]) => ({ name, distance: distanceBetween(bare, plain(said)), length: said.length }))
    .filter(({ distance, length }) => distance <= Math.ceil(Math.min(bare.length, length) / 3))
    .sort((one, other) => one.distance - other.distance);
  return ranked[0]?.name ?? null;
}

/** `first-reply`, `firstReply` and `First reply` are one word to a person. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}

/** How many letters must be added, dropped, changed or swapped with their neighbour to get from one to the other. */
export function distanceBetween(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwap ? at(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, other.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
