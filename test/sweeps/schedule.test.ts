import { parse } from 'node-cron';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/kit/log.ts';
import { cronScheduler, everySeconds } from '../../src/sweeps/schedule.ts';

describe('everySeconds', () => {
  it.each([
    [1, 5, '*/5 * * * * *'],
    [15, 15, '*/15 * * * * *'],
    [25, 30, '*/30 * * * * *'],
    [45, 60, '0 */1 * * * *'],
    [300, 300, '0 */5 * * * *'],
    [1000, 1200, '0 */20 * * * *'],
    [3600, 3600, '0 0 * * * *'],
    [86_400, 3600, '0 0 * * * *'],
  ])('every %i s is every %i s, as %j', (asked, seconds, cron) => {
    expect(everySeconds(asked)).toEqual({ cron, seconds });
    expect(parse(cron).second.length).toBeGreaterThan(0);
  });
});

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
