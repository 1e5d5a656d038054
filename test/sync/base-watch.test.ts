import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { type BaseWatch, createBaseWatch } from '../../src/sync/base-watch.ts';
import { createNews, type News } from '../../src/sync/news.ts';
import { at } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aSyncedDesk, type SyncedDesk } from './synced-desk.ts';

const REFUSED = new Problem({ code: 'airtable.no-webhooks', message: 'None for us.', fix: 'Give it the scope.' });
const PING = { headers: {}, body: new Uint8Array(), token: null, receivedAt: at('2026-11-20T10:00:00Z') };
const WEEK = at('2026-11-27T10:00:00Z');

describe('what is known of the base’s calls', () => {
  let database: TestDatabase;
  let desk: SyncedDesk;
  let agreement: { until: Temporal.Instant | null } | null;
  let subscribing: () => Promise<void>;

  beforeAll(async () => {
    database = await aDatabase('pglite');
    desk = aSyncedDesk(database.connection);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await desk.clear();
    agreement = null;
    subscribing = async () => void (agreement = { until: WEEK });
  });

  function open(publicAddress: string | null): { watch: BaseWatch; news: News | null } {
    const store = {
      ...desk.store,
      news: { subscribe: () => subscribing(), isAuthentic: async () => true, agreement: async () => agreement },
    };
    const lanes = { wake: async () => undefined };
    const meter = { ...desk.meter, spend: () => undefined };
    const news = createNews({ ...desk, store, kind: 'airtable', publicAddress, wake: lanes.wake });
    return { watch: createBaseWatch({ ...desk, store, news, lanes, meter }), news };
  }

  it('is nothing for a base that calls nobody', async () => {
    const parts = { ...desk, lanes: { wake: async () => undefined }, news: null };
    expect(await createBaseWatch({ ...parts, meter: { ...desk.meter, spend: () => undefined } }).calls()).toBeNull();
  });

  it('is that it has no address of ours where none is set', async () => {
    expect(await open(null).watch.calls()).toMatchObject({ hasAddress: false, agreement: null });
  });

  it('is until when it has agreed, and when it called last', async () => {
    const { watch, news } = open('https://desk.example');
    expect(await watch.calls()).toMatchObject({ hasAddress: true, agreement: null, calledAt: null });
    await news?.subscribe();
    expect(await watch.calls()).toMatchObject({ agreement: { until: WEEK }, calledAt: null, missedAt: null });
    await news?.hear(PING);
    expect(await watch.calls()).toMatchObject({ calledAt: desk.clock.at, missedAt: null, problem: null });
  });

  it('is why it refused, until it agrees', async () => {
    const { watch, news } = open('https://desk.example');
    subscribing = () => Promise.reject(REFUSED);
    await news?.subscribe();
    const problem = { code: 'airtable.no-webhooks', message: 'None for us.', fix: 'Give it the scope.' };
    expect(await watch.calls()).toMatchObject({ agreement: null, problem });
    subscribing = async () => undefined;
    await news?.subscribe();
    expect(await watch.calls()).toMatchObject({ agreement: null, problem });
    subscribing = async () => void (agreement = { until: null });
    await news?.subscribe();
    expect(await watch.calls()).toMatchObject({ agreement: { until: null }, problem: null });
  });

  it('is when a change was found that no call told, until the next call', async () => {
    const { watch, news } = open('https://desk.example');
    await news?.subscribe();
    await news?.hear(PING);
    desk.clock.at = desk.clock.at.add({ minutes: 5 });
    subscribing = () => Promise.reject(REFUSED);
    await news?.subscribe();
    expect((await watch.calls())?.missedAt).toEqual(desk.clock.at);
    desk.clock.at = desk.clock.at.add({ minutes: 5 });
    await news?.hear(PING);
    expect((await watch.calls())?.missedAt).toBeNull();
  });
});
