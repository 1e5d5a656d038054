import type { Problem } from '../../domain/problem.ts';
import type { StoreFinding } from '../../ports/ticket-store.ts';

/** A clock that is off by more makes due times wrong enough for people to notice; less is a slow answer. */
const CLOCK_SECONDS = 60;

/** What kept us from looking, as what was found. */
export function findingOf({ message, fix }: Problem): StoreFinding {
  return { severity: 'error', message, fix, fixable: false };
}

/**
 * What is wrong with the clock of this machine.
 *
 * @param aheadSeconds how far the vendor's clock is ahead of ours; null where no answer said
 */
export function clockFindings(vendor: string, aheadSeconds: number | null): StoreFinding[] {
  if (aheadSeconds === null || Math.abs(aheadSeconds) <= CLOCK_SECONDS) return [];
  const seconds = Math.round(Math.abs(aheadSeconds));
  return [
    {
      severity: 'warning',
      message: `The clock of this machine is ${seconds} s ${aheadSeconds > 0 ? 'behind' : 'ahead of'} ${vendor}'s.`,
      fix: 'Let the machine set its clock over the network (NTP): due times are reckoned by it.',
      fixable: false,
    },
  ];
}
