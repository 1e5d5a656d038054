/**
 * JSON of our own nouns and back. By convention every instant's name is or ends in `at`/`At`, and
 * instants write themselves as ISO strings, so that one rule reads them back.
 */
const INSTANT_NAME = /(^at|At)$/;

/** Names under which other people's names stand, to which the convention does not apply. */
const FOREIGN = new Set(['fields', 'row', 'account', 'params', 'cells']);

/** Puts the instants back into a value that went through JSON. */
export function revive<T>(value: unknown): T {
  return revived(value) as T;
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, revivedMember(name, held)]));
}

function revivedMember(name: string, value: unknown): unknown {
  if (FOREIGN.has(name)) return value;
  if (typeof value === 'string' && INSTANT_NAME.test(name)) return Temporal.Instant.from(value);
  return revived(value);
}
