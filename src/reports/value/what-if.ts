import type { Assumptions } from '../../config/reports.ts';

/** What is taken for granted, by the names that an address has for it. */
export const ASSUMED = {
  triage: 'triageMinutes',
  correction: 'correctionMinutes',
  reassignment: 'reassignmentMinutes',
  meetings_before: 'meetingsBefore',
  meetings_now: 'meetingsNow',
  hour: 'hourCost',
  running: 'runningCost',
} as const satisfies Readonly<Record<string, keyof Assumptions>>;
export type AssumedName = keyof typeof ASSUMED;

/** More of anything is a slip of the keyboard. */
const MOST = 1_000_000;

/**
 * The assumptions with those that somebody tries instead. What is no number, or none that could be, is as if it were left
 * out. Nothing is kept.
 */
export function whatIf(
  assumptions: Assumptions,
  query: (name: string) => string,
): { assumptions: Assumptions; tried: readonly AssumedName[] } {
  const tried: AssumedName[] = [];
  const others: Partial<Record<(typeof ASSUMED)[AssumedName], number>> = {};
  for (const name of Object.keys(ASSUMED) as AssumedName[]) {
    const value = numberIn(query(name));
    if (value === null || value === assumptions[ASSUMED[name]]) continue;
    others[ASSUMED[name]] = value;
    tried.push(name);
  }
  return { assumptions: { ...assumptions, ...others }, tried };
}

function numberIn(written: string): number | null {
  if (!/^\d{1,7}(?:\.\d{1,4})?$/.test(written.trim())) return null;
  const value = Number(written);
  return value <= MOST ? value : null;
}
