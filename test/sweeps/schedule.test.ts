import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/kit/log.ts';
import { cronScheduler } from '../../src/sweeps/schedule.ts';

describe('cronScheduler', () => {
  it('takes the expressions and the time zones that the sweeps use, and stops when told', () => {
    const schedule = cronScheduler(createLog('silent'));
    for (const cron of ['*/5 * * * * *', '0 17 3 * * *', '0 23 * * * *']) {
      const stop = schedule({ name: cron, cron, timeZone: 'Europe/Berlin', work: async () => undefined });
      expect(stop).not.toThrow();
    }
  });

  it('ticks by the clock', async () => {
    const ticked = Promise.withResolvers<string>();
    const stop = cronScheduler(createLog('silent'))({
      name: 'second',
      cron: '* * * * * *',
      timeZone: 'UTC',
      work: async () => ticked.resolve('ticked'),
    });
    expect(await ticked.promise).toBe('ticked');
    stop();
  });
});
