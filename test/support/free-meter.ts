import type { KeptMeter } from '../../src/sync/request-meter.ts';

/** The meter of a base that costs nothing. */
export function aFreeMeter(): Pick<KeptMeter, 'spentThisMonth' | 'save'> {
  return { spentThisMonth: () => 0, save: async () => undefined };
}
