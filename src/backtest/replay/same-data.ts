import { compareInstants } from '../../decide/sla/moment.ts';

/** Where something stands in a file says nothing of what it means: lines move when one is put in above them. */
const SAYS_NOTHING = 'place';

/** Whether two pieces of plain data say the same. Functions do that are made of the same pattern, which stands beside them. */
export function isSameData(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (one instanceof Temporal.Instant) return other instanceof Temporal.Instant && compareInstants(one, other) === 0;
  if (Array.isArray(one)) return Array.isArray(other) && isSameList(one, other);
  if (one instanceof Set) return other instanceof Set && isSameList([...one], [...other]);
  if (one instanceof Map) return other instanceof Map && isSameList([...one], [...other]);
  return isRecord(one) && isRecord(other) && isSameRecord(one, other);
}

/** An object with nothing behind it but what can be seen. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const behind: unknown = Object.getPrototypeOf(value);
  return behind === Object.prototype || behind === null;
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, index) => isSameData(each, other[index]));
}

function isSameRecord(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  if (!hasSameNames(one, other)) return false;
  for (const name in one) {
    if (name === SAYS_NOTHING || isSameData(one[name], other[name])) continue;
    const isMadeOfPattern = typeof one[name] === 'function' && typeof one['pattern'] === 'string';
    if (!isMadeOfPattern || typeof other[name] !== 'function') return false;
  }
  return true;
}

/** In the same order, too, as whoever goes through them does so in their order. */
export function hasSameNames(one: object, other: object): boolean {
  const [names, others] = [Object.keys(one), Object.keys(other)];
  return names.length === others.length && names.every((name, index) => name === others[index]);
}
