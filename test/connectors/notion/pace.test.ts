import { beforeEach, describe, expect, it } from 'vitest';
import { createPace, type Pace, type RequestKind } from '../../../connectors/notion/pace.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import { fc } from '../../support/properties.ts';
import { aClock, aShare, type JumpingClock } from '../../support/jumping-clock.ts';

const SECOND = 1000;

/** For so long a request counts. */
const WINDOW = 60_100;

describe('the pace of requests to Notion', () => {
  let clock: JumpingClock;
  let pace: Pace;
  beforeEach(() => {
    clock = aClock();
    pace = createPace(clock, 180);
  });

  /** Waits for its turn, and says when it came. */
  async function start(kind: RequestKind = 'prompt'): Promise<number> {
    await pace.ended(kind, await pace.turn(kind));
    return clock.now().epochMilliseconds;
  }

  async function starts(count: number, kind: RequestKind): Promise<number[]> {
    const all: number[] = [];
    for (let request = 0; request < count; request += 1) all.push(await start(kind));
    return all;
  }

  async function refused(): Promise<Pick<Problem, 'code' | 'retry'>> {
    const problem: Problem = await pace.turn('prompt').then(
      () => {
        throw new Error('it was let through');
      },
      (error: Problem) => error,
    );
    return { code: problem.code, retry: problem.retry };
  }

  it('starts a whole window at once, and the next when that is over', async () => {
    const begun = clock.now().epochMilliseconds;
    const all = await starts(181, 'prompt');
    expect([all[179], all[180]]).toEqual([begun, begun + WINDOW]);
  });

  it('keeps a seventh of each window for what cannot wait', async () => {
    const begun = clock.now().epochMilliseconds;
    expect((await starts(154, 'bulk')).at(-1)).toBe(begun);
    expect((await starts(26, 'prompt')).at(-1)).toBe(begun);
    expect(await start('bulk')).toBe(begun + WINDOW);
  });

  it('counts a request from its answer on, since nobody knows when before that Notion counted it', async () => {
    const begun = clock.now().epochMilliseconds;
    const first = await pace.turn('prompt');
    await starts(179, 'prompt');
    await clock.pause(20 * SECOND);
    await pace.ended('prompt', first);
    const later = await starts(180, 'prompt');
    expect([later[0], later[178], later[179]]).toEqual([begun + WINDOW, begun + WINDOW, begun + 20 * SECOND + WINDOW]);
  });

  it('starts nothing while a whole window is under way, and the next once one of them is an answer of long ago', async () => {
    pace = createPace(clock, 30);
    const begun = clock.now().epochMilliseconds;
    await Promise.all(Array.from({ length: 30 }, () => pace.turn('prompt')));
    const waiting = pace.turn('prompt').then(() => clock.now().epochMilliseconds);
    await pace.ended('prompt', begun);
    expect(await waiting).toBe(begun + WINDOW);
  });

  it('gives pages that are made their whole share, whatever what cannot wait took of its own', async () => {
    const begun = clock.now().epochMilliseconds;
    await starts(26, 'prompt');
    expect((await starts(154, 'bulk')).at(-1)).toBe(begun);
    expect(await start('prompt')).toBe(begun + WINDOW);
    await starts(35, 'prompt');
    const made = await starts(145, 'bulk');
    expect([made[143], made[144]]).toEqual([begun + WINDOW, begun + 2 * WINDOW]);
  });

  it('never starts more in any minute than are allowed, whenever they come', async () => {
    const gaps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9000 })), { maxLength: 150 });
    await fc.assert(
      fc.asyncProperty(gaps, async (arrivals) => {
        clock = aClock();
        pace = createPace(clock, 30);
        const all: number[] = [];
        for (const [index, gap] of arrivals.entries()) {
          await clock.pause(gap);
          all.push(await start(index % 3 === 0 ? 'bulk' : 'prompt'));
        }
        for (const [index, first] of all.entries()) {
          expect(all.slice(index).filter((at) => at < first + 60 * SECOND).length).toBeLessThanOrEqual(30);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gives another process of ours room for a minute', async () => {
    const begun = clock.now().epochMilliseconds;
    await pace.makeRoom();
    const all = await starts(161, 'prompt');
    expect([all[159], all[160]]).toEqual([begun, begun + WINDOW]);
    pace = createPace({ ...clock, isBeside: true }, 180);
    const beside = await starts(21, 'prompt');
    expect((beside[20] ?? 0) - (beside[19] ?? 0)).toBe(WINDOW);
  });

  it('is one window for all processes that share it, and a process that was killed holds its place for five minutes', async () => {
    const share = aShare(clock);
    const [one, other] = [createPace({ ...clock, share }, 30), createPace({ ...clock, share }, 30)];
    const begun = clock.now().epochMilliseconds;
    for (let request = 0; request < 29; request += 1) {
      const each = request % 2 === 0 ? one : other;
      await each.ended('prompt', await each.turn('prompt'));
    }
    // This one is never answered.
    await other.turn('prompt');
    await one.ended('prompt', await one.turn('prompt'));
    expect(clock.now().epochMilliseconds).toBe(begun + WINDOW);
    pace = one;
    await clock.pause(200 * SECOND);
    const later = await starts(30, 'prompt');
    expect(later.slice(28).map((at) => at - begun)).toEqual([WINDOW + 200 * SECOND, 2 * WINDOW + 200 * SECOND]);
    const afterwards = await starts(30, 'prompt');
    expect(afterwards.slice(28).map((at) => at - begun)).toEqual([
      2 * WINDOW + 200 * SECOND,
      3 * WINDOW + 200 * SECOND,
    ]);
  });

  describe('after a 429', () => {
    it('refuses everybody for as long as it asks, however long that is', async () => {
      expect(await pace.tooFast({ retryAfter: 150, isOurs: false })).toBe(150);
      expect(await refused()).toEqual({ code: 'notion.rate-limited', retry: { afterSeconds: 150 } });
      await clock.pause(150 * SECOND);
      await start();
    });

    it('learns how many a window takes, keeps to it for an hour, and starts the next one whole', async () => {
      pace = createPace(clock, 600);
      await clock.pause(100 * SECOND);
      await starts(180, 'prompt');
      const late = await pace.turn('prompt');
      await pace.tooFast({ retryAfter: 60, isOurs: true });
      await pace.ended('prompt', late);
      expect(await pace.most()).toBe(180);
      await clock.pause(60 * SECOND);
      const begun = clock.now().epochMilliseconds;
      const all = await starts(181, 'prompt');
      expect([all[179], all[180]]).toEqual([begun, begun + WINDOW]);
      await clock.pause(3600 * SECOND);
      expect(await pace.most()).toBe(600);
    });

    it('learns nothing from a window in which another process may have been before us, nor from the workspace', async () => {
      await starts(10, 'prompt');
      await pace.tooFast({ retryAfter: 20, isOurs: true });
      expect(await pace.most()).toBe(180);
      await clock.pause(100 * SECOND);
      await pace.tooFast({ retryAfter: 20, isOurs: false });
      expect(await pace.most()).toBe(180);
    });

    it('learns nothing where fewer were taken than any plan allows', async () => {
      pace = createPace(clock, 600);
      await clock.pause(100 * SECOND);
      await starts(179, 'prompt');
      await pace.tooFast({ retryAfter: 5, isOurs: true });
      expect(await pace.most()).toBe(600);
    });

    it('refuses those who are in line as well', async () => {
      await starts(180, 'prompt');
      const waiting = [refused(), refused()];
      await pace.tooFast({ retryAfter: 200, isOurs: false });
      expect((await Promise.all(waiting)).map(({ code }) => code)).toEqual([
        'notion.rate-limited',
        'notion.rate-limited',
      ]);
    });
  });

  it('asks nothing for an hour once the connection is blocked', async () => {
    await pace.blocked();
    expect(await refused()).toEqual({ code: 'notion.blocked', retry: 'never' });
    await clock.pause(3600 * SECOND);
    await start();
  });
});
