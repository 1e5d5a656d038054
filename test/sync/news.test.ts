import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { createLog } from '../../src/kit/log.ts';
import type { RawRequest } from '../../src/ports/channel.ts';
import { callsOf } from '../../src/sync/calls.ts';
import { createNews, type News, type NewsParts } from '../../src/sync/news.ts';
import { keepPlace, pullPlace } from '../../src/sync/place.ts';
import { createPull, type Pull } from '../../src/sync/pull.ts';
import { MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aSyncedDesk, type SyncedDesk } from './synced-desk.ts';

const BUSY = 15;
const SAFETY = 900;

const PING: RawRequest = {
  headers: { signature: 'right' },
  body: new TextEncoder().encode('{}'),
  token: null,
  receivedAt: MORNING,
};

describe.each(ENGINES)('news of the base on %s', (engine) => {
  let database: TestDatabase;
  let desk: SyncedDesk;
  let pull: Pull;
  let news: News;
  /** For each reading, whether a call had come before it. */
  const hints: boolean[] = [];
  const subscribed: string[] = [];
  const wakes: string[] = [];
  const lines: string[] = [];
  let subscribing: () => Promise<void> = () => Promise.resolve();

  beforeAll(async () => {
    database = await aDatabase(engine);
    desk = aSyncedDesk(database.connection);
    const { abilities } = desk.store;
    const store = {
      ...desk.store,
      abilities: { ...abilities, pollSeconds: { busy: BUSY, quiet: BUSY } },
      changesSince: (watermark: string | null, hint?: { isCalled: boolean }) => {
        hints.push(hint?.isCalled ?? false);
        return desk.store.changesSince(watermark, hint);
      },
    };
    pull = createPull({ ...desk, store, hasNews: () => true });
    news = openNews() ?? fail();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await desk.clear();
    for (const list of [hints, subscribed, wakes, lines]) list.splice(0);
    subscribing = () => Promise.resolve();
  });

  function openNews(given: Partial<NewsParts> = {}): News | null {
    return createNews({
      connection: database.connection,
      comments: desk.comments,
      store: {
        abilities: desk.store.abilities,
        news: {
          async subscribe(address) {
            subscribed.push(address);
            await subscribing();
          },
          isAuthentic: async ({ headers }) => headers['signature'] === 'right',
          agreement: async () => ({ until: null }),
        },
      },
      kind: 'airtable',
      publicAddress: 'https://desk.example',
      meter: desk.meter,
      wake: async () => void wakes.push('pull'),
      now: desk.now,
      log: createLog('info', { write: (line) => void lines.push(line) }),
      ...given,
    });
  }

  function fail(): never {
    throw new Error('there are no news');
  }

  function pass(seconds: number): void {
    desk.clock.at = desk.clock.at.add({ seconds });
  }

  /** A call, and the moment that it takes to be looked into. */
  async function call(): Promise<void> {
    expect(await news.hear(PING)).toBe(true);
    pass(1);
  }

  async function secondsToNext(): Promise<number | null> {
    const { nextAt } = await pullPlace(desk);
    return nextAt === null ? null : desk.clock.at.until(nextAt).total('seconds');
  }

  it('come to an address of the store, and only where there is a public one', async () => {
    await news.subscribe();
    expect(subscribed).toEqual(['https://desk.example/stores/airtable/news']);
    expect(openNews({ publicAddress: null })).toBeNull();
    expect(openNews({ store: { abilities: desk.store.abilities } })).toBeNull();
  });

  it('are read at once after a call, and the call counts for one reading', async () => {
    await desk.settled();
    await pull.run();
    pass(5);
    await call();
    expect(wakes).toEqual(['pull']);
    expect(await secondsToNext()).toBeNull();
    await pull.run();
    pass(1);
    await pull.run();
    expect(hints).toEqual([false, true, false]);
  });

  it('are read once, however many calls came, and in whatever order', async () => {
    await desk.settled();
    await pull.run();
    pass(5);
    await Promise.all(Array.from({ length: 40 }, () => news.hear(PING)));
    pass(1);
    await pull.run();
    pass(1);
    await pull.run();
    expect(hints).toEqual([false, true, false]);
  });

  it('are not looked for after a call that tells of our own doing, which says nothing of others either', async () => {
    await pull.run();
    const own = openNews({
      store: {
        abilities: desk.store.abilities,
        news: {
          subscribe: async () => undefined,
          isAuthentic: async () => true,
          tellsOfOthers: () => false,
          agreement: async () => null,
        },
      },
    });
    expect(await own?.hear(PING)).toBe(true);
    expect(wakes).toEqual([]);
    expect(await secondsToNext()).toBe(BUSY);
    expect((await callsOf(desk)).calledAt).toBeNull();
  });

  it('are nothing to a call that is not the base’s own', async () => {
    await pull.run();
    expect(await news.hear({ ...PING, headers: { signature: 'wrong' } })).toBe(false);
    expect(wakes).toEqual([]);
    expect(await secondsToNext()).toBe(BUSY);
  });

  it('that come while the base is read count for the next reading', async () => {
    await desk.settled();
    await pull.run();
    pass(1);
    desk.store.meanwhile('changesSince', 'after', async () => void (await news.hear(PING)));
    await pull.run();
    pass(1);
    await pull.run();
    expect(hints).toEqual([false, false, true]);
  });

  it('make asking seldom once the first call has shown that calls get through', async () => {
    await desk.settled();
    await pull.run();
    expect(await secondsToNext()).toBe(BUSY);
    pass(1);
    await call();
    await pull.run();
    expect(await secondsToNext()).toBe(SAFETY);
    pass(SAFETY);
    await pull.run();
    expect(await secondsToNext()).toBe(SAFETY);
  });

  it('are not relied on any more once a change was found that no call told, until the next call', async () => {
    const { rowId } = await desk.settled();
    await pull.run();
    pass(1);
    await call();
    await pull.run();
    await desk.hand.editByHand(rowId, { status: 'Open' }, 'Ana');
    pass(SAFETY);
    expect((await pull.run()).taken).toBe(1);
    expect(await secondsToNext()).toBe(BUSY);
    pass(1);
    await call();
    await pull.run();
    expect(await secondsToNext()).toBe(SAFETY);
  });

  it('that tell of a change are relied on further', async () => {
    const { rowId } = await desk.settled();
    await pull.run();
    pass(1);
    await desk.hand.editByHand(rowId, { status: 'Open' }, 'Ana');
    await call();
    expect((await pull.run()).taken).toBe(1);
    expect(await secondsToNext()).toBe(SAFETY);
  });

  it('wait while the base rests, and are read after it', async () => {
    await desk.settled();
    await pull.run();
    pass(1);
    const lost = new Problem({ code: 'airtable.unreachable', message: 'No answer.', fix: 'Wait.', retry: 'later' });
    desk.store.failNext('changesSince', 'before', lost);
    await call();
    await pull.run();
    pass(60);
    await pull.run();
    expect(hints.slice(1)).toEqual([true, true]);
  });

  it('wait up to an hour when asking has had its share of the month', async () => {
    await pull.run();
    const { abilities } = desk.store;
    const dear = openNews({
      store: {
        abilities: { ...abilities, requestsPerMonth: 100 },
        news: { subscribe: async () => undefined, isAuthentic: async () => true, agreement: async () => null },
      },
      meter: { spentThisMonth: () => 100 },
    });
    await keepPlace(desk, { nextAt: desk.clock.at.add({ hours: 6 }).toString() });
    expect(await dear?.hear(PING)).toBe(true);
    expect(await secondsToNext()).toBe(3600);
    await keepPlace(desk, { nextAt: desk.clock.at.add({ minutes: 10 }).toString() });
    expect(await dear?.hear(PING)).toBe(true);
    expect(await secondsToNext()).toBe(600);
    expect(wakes).toEqual([]);
    pass(600);
    await pull.run();
    expect(hints.at(-1)).toBe(true);
  });

  it.each([
    [
      'a refusal',
      new Problem({ code: 'airtable.no-webhooks', message: 'None for us.', fix: 'Scope.' }),
      'None for us.',
    ],
    ['a fault', new Error('boom'), 'the base could not be asked to call us'],
  ])('are done without after %s, which the log tells, and the base is asked as ever', async (_, error, words) => {
    await desk.settled();
    await call();
    await pull.run();
    expect(await secondsToNext()).toBe(SAFETY);
    pass(1);
    subscribing = () => Promise.reject(error);
    await news.subscribe();
    expect(lines.some((line) => line.includes(words))).toBe(true);
    await pull.run();
    expect(await secondsToNext()).toBe(BUSY);
  });
});
