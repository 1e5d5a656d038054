import { beforeEach, describe, expect, it } from 'vitest';
import { createPace, type Pace, type RequestKind } from '../../../connectors/airtable/pace.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import { fc } from '../../support/properties.ts';
import { aClock, aShare, type JumpingClock } from '../../support/jumping-clock.ts';

const SECOND = 1000;

describe('the pace of requests', () => {
  let clock: JumpingClock;
  let pace: Pace;
  beforeEach(() => {
    clock = aClock();
    pace = createPace(clock);
  });

  /** Waits for its turn, and says when it came. */
  async function start(kind: RequestKind = 'rows'): Promise<number> {
    await pace.turn(kind);
    return clock.now().epochMilliseconds;
  }

  async function refused(kind: RequestKind = 'rows'): Promise<Pick<Problem, 'code' | 'retry'>> {
    const problem: Problem = await pace.turn(kind).then(
      () => {
        throw new Error('it was let through');
      },
      (error: Problem) => error,
    );
    return { code: problem.code, retry: problem.retry };
  }

  it('lets a second pass after a restart, and then the first request go at once', async () => {
    const before = clock.now().epochMilliseconds;
    expect(await start()).toBe(before + SECOND);
    await clock.pause(10 * SECOND);
    expect(await start()).toBe(before + 11 * SECOND);
  });

  it('starts a burst nearly at the published five a second', async () => {
    const starts: number[] = [];
    for (let request = 0; request < 30; request += 1) starts.push(await start());
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeLessThan(6.5 * SECOND);
  });

  it('starts four a second in the long run', async () => {
    const starts: number[] = [];
    for (let request = 0; request < 400; request += 1) starts.push(await start());
    const seconds = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / SECOND;
    expect(399 / seconds).toBeLessThan(4.1);
    expect(399 / seconds).toBeGreaterThan(3.9);
  });

  it('makes room for another process of ours: both together start fewer than five in any second', async () => {
    for (let request = 0; request < 5; request += 1) await start();
    await pace.makeRoom();
    const beside = createPace({ ...clock, isBeside: true });
    const starts: number[] = [];
    const run = async (of: Pace) => {
      for (let request = 0; request < 20; request += 1) {
        await of.turn('rows');
        starts.push(clock.now().epochMilliseconds);
      }
    };
    await Promise.all([run(pace), run(beside)]);
    const mostInASecond = Math.max(
      ...starts.map((at) => starts.filter((each) => each >= at && each < at + SECOND).length),
    );
    expect(mostInASecond).toBeLessThan(5);
  });

  it('is one for all processes that share it: together they start no more than five in any second', async () => {
    const share = aShare(clock);
    const processes = [1, 2, 3].map(() => createPace({ ...clock, share }));
    const starts: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      for (pace of processes) starts.push(await start());
    }
    const within = (from: number) => starts.filter((at) => at >= from && at <= from + SECOND).length;
    expect(Math.max(...starts.map(within))).toBe(5);
  });

  it('pauses all processes that share it after the 429 of one', async () => {
    const share = aShare(clock);
    const other = createPace({ ...clock, share });
    pace = createPace({ ...clock, share });
    await start();
    await other.tooFast();
    expect(await refused()).toEqual({ code: 'airtable.rate-limited', retry: { afterSeconds: 30 } });
  });

  it('takes back what it made room for after a minute', async () => {
    await pace.makeRoom();
    await clock.pause(61 * SECOND);
    const first = await start();
    expect((await start()) - first).toBeLessThan(250);
  });

  it('never starts more than five in any second, whenever they come', async () => {
    const gaps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3000 })), { maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(gaps, async (arrivals) => {
        clock = aClock();
        pace = createPace(clock);
        const starts: number[] = [];
        for (const gap of arrivals) {
          await clock.pause(gap);
          starts.push(await start());
        }
        for (const [index, first] of starts.entries()) {
          const within = starts.slice(index).filter((at) => at <= first + SECOND);
          expect(within.length).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never starts more in any time than was saved up and four for each second', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 150 }), async (arrivals) => {
        clock = aClock();
        pace = createPace(clock);
        const starts: number[] = [];
        for (const gap of arrivals) {
          await clock.pause(gap);
          starts.push(await start());
        }
        for (const [index, first] of starts.entries()) {
          for (const [more, last] of starts.slice(index).entries()) {
            expect(more + 1).toBeLessThanOrEqual(9 + ((last - first) / SECOND) * 4);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('starts requests in the order in which they asked', async () => {
    const order: number[] = [];
    await Promise.all([0, 1, 2, 3, 4, 5].map((each) => pace.turn('rows').then(() => order.push(each))));
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  });

  describe('after a 429 for speed', () => {
    it('refuses requests for rows for 30 s, and says how long', async () => {
      await start();
      await pace.tooFast();
      expect(await refused()).toEqual({ code: 'airtable.rate-limited', retry: { afterSeconds: 30 } });
      await clock.pause(29_500);
      expect(await refused()).toEqual({ code: 'airtable.rate-limited', retry: { afterSeconds: 1 } });
      await clock.pause(500);
      await start();
    });

    it('refuses those who were in line as well', async () => {
      await start();
      const waiting = [refused(), refused()];
      await pace.tooFast();
      expect((await Promise.all(waiting)).map(({ code }) => code)).toEqual([
        'airtable.rate-limited',
        'airtable.rate-limited',
      ]);
    });

    it('lets requests for the schema wait until it is over', async () => {
      const before = await start();
      await pace.tooFast();
      expect(await start('schema')).toBe(before + 30 * SECOND);
    });

    it('is half as fast for five minutes', async () => {
      await pace.tooFast();
      const first = await start('schema');
      await start();
      expect((await start()) - first).toBe(2 * 500);
      await clock.pause(5 * 60 * SECOND);
      const later = await start();
      expect((await start()) - later).toBe(220);
    });
  });

  describe('in a month that is spent', () => {
    it('lets no request for rows out for an hour', async () => {
      pace.spent();
      expect(await refused()).toEqual({ code: 'airtable.month-spent', retry: { afterSeconds: 3600 } });
      await clock.pause(3599 * SECOND);
      expect(await refused()).toEqual({ code: 'airtable.month-spent', retry: { afterSeconds: 1 } });
    });

    it('lets requests for the schema through', async () => {
      const before = await start();
      pace.spent();
      expect(await start('schema')).toBe(before + 220);
    });

    it('lets one ask after an hour, and the others wait for what it hears', async () => {
      pace.spent();
      await clock.pause(3600 * SECOND);
      await start();
      expect((await refused()).code).toBe('airtable.month-spent');
      pace.spent();
      expect(await refused()).toEqual({ code: 'airtable.month-spent', retry: { afterSeconds: 3600 } });
    });

    it('goes on when the one who asked was answered', async () => {
      pace.spent();
      await clock.pause(3600 * SECOND);
      await start();
      pace.answered();
      const goes = await start();
      expect(await start()).toBe(goes + 220);
    });
  });
});
