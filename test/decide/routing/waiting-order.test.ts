import { describe, expect, it } from 'vitest';
import { compareWaiting } from '../../../src/decide/routing/waiting-order.ts';
import { aRequester, aTicket, MORNING } from '../../support/builders.ts';

const HOUR_LATER = MORNING.add({ hours: 1 });

describe('the order of waiting tickets', () => {
  it('is VIPs, priority, due time, age', () => {
    const vip = aTicket({ number: 1, priority: 'low', requester: aRequester({ account: { vip: true } }) });
    const critical = aTicket({ number: 2, priority: 'critical' });
    const dueSoon = aTicket({ number: 3, priority: 'high', firstResponseDueAt: MORNING, resolutionDueAt: HOUR_LATER });
    const dueLater = aTicket({ number: 4, priority: 'high', resolutionDueAt: HOUR_LATER });
    const undatedOld = aTicket({ number: 6, priority: 'high', openedAt: MORNING.subtract({ hours: 24 * 45 }) });
    const undatedNew = aTicket({ number: 5, priority: 'high' });
    const low = aTicket({ number: 7, priority: 'low', firstResponseDueAt: MORNING });
    const sorted = [low, undatedNew, dueLater, vip, undatedOld, dueSoon, critical].sort(compareWaiting);
    expect(sorted.map(({ number }) => number)).toEqual([1, 2, 3, 4, 6, 5, 7]);
  });

  it('takes only what is truly a VIP for one', () => {
    const claimed = aTicket({ number: 1, requester: aRequester({ account: { vip: 'yes' } }) });
    const critical = aTicket({ number: 2, priority: 'critical' });
    expect(compareWaiting(claimed, critical)).toBeGreaterThan(0);
  });

  it('is settled by the number in the end', () => {
    expect(compareWaiting(aTicket({ number: 7 }), aTicket({ number: 8 }))).toBeLessThan(0);
  });
});
