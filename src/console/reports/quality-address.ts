import type { Behind, CaseKey, CheckId } from '../../reports/quality/check.ts';
import { addressOf, type Asked } from './asked.ts';

/** In an address, stands for a value that is empty: an empty one says nothing at all. */
const NOTHING = '~';

/** Which cases a page lists. */
export interface CasesNamed {
  check: CheckId;
  only: Partial<CaseKey>;
  good?: boolean;
}

/** The page of cases. */
export function casesAddress({ check, only, good }: CasesNamed, asked: Asked): string {
  const named = Object.entries(only).map(([key, value]) => [key, value === '' ? NOTHING : value]);
  const judged = good === undefined ? {} : { good: good ? 'yes' : 'no' };
  return addressOf('/reports/quality/cases', asked, { check, ...Object.fromEntries(named), ...judged });
}

/** Reads it back; what is no value is as if it were left out. */
export function casesNamed(query: (name: string) => string): Omit<CasesNamed, 'check'> {
  const keys = ['kind', 'thing', 'said', 'came'] as const;
  const given = keys.map((key) => [key, query(key)] as const).filter(([, value]) => value !== '');
  const only = Object.fromEntries(given.map(([key, value]) => [key, value === NOTHING ? '' : value]));
  const good = query('good');
  return good === 'yes' || good === 'no' ? { only, good: good === 'yes' } : { only };
}

/** The tickets behind a finding. */
export function behindFinding(of: Behind, asked: Asked): string {
  if (of.of === 'figure')
    return addressOf(`/reports/figures/${of.figure}`, { ...asked, among: of.among }, { side: 'in' });
  return casesAddress(of, asked);
}
