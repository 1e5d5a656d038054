import { storable } from '../../kit/storable-text.ts';

/** The longest text that is kept of an answer; rules compare values, they don't read letters. */
const LONGEST_VALUE = 200;

/** More addresses of one person than these are a mistake. */
export const MOST_IDENTITIES = 20;

/** Something that a look-up said, as a field of the account holds it; null for what is none. */
export function fieldValue(value: unknown): string | number | boolean | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  const text = storable(value.trim());
  if (text === 'true' || text === 'false') return text === 'true';
  return text === '' || text.length > LONGEST_VALUE ? null : text;
}
