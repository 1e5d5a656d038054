import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { type BaseWatch, createBaseWatch } from '../../src/sync/base-watch.ts';
import type { RawRequest } from '../../src/ports/channel.ts';
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

  const steps = { enter: 'Enter the address.', paste: 'Paste the secret.' };

  /** A base whose calls a person sets up; what it says to a call decides what the call is. */
  function openByHand(): { watch: BaseWatch; news: News | null } {
    const kept = { isOpen: false, secret: null as string | null };
    const store = {
      ...desk.store,
      news: {
        subscribe: async () => undefined,
        isAuthentic: async ({ headers }: RawRequest) => headers['signed-with'] === kept.secret,
        agreement: async () => (kept.secret === null ? null : { until: null }),
        byHand: {
          steps,
          open: async () => void (kept.isOpen = true),
          async takeSecret({ headers }: RawRequest) {
            if (!kept.isOpen) return false;
            Object.assign(kept, { isOpen: false, secret: headers['brings'] ?? null });
            return true;
          },
          state: async () => ({ openUntil: kept.isOpen ? WEEK : null, secret: kept.secret }),
        },
      },
    };
    const lanes = { wake: async () => undefined };
    const meter = { ...desk.meter, spend: () => undefined };
    const news = createNews({
      ...desk,
      store,
      kind: 'notion',
      publicAddress: 'https://desk.example/',
      wake: lanes.wake,
    });
    return { watch: createBaseWatch({ ...desk, store, news, lanes, meter }), news };
  }

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

  it('is what to enter in a base that a person sets up, and its secret until the first call', async () => {
    const { watch, news } = openByHand();
    const address = 'https://desk.example/stores/notion/news';
    expect((await watch.calls())?.byHand).toEqual({ address, steps, openUntil: null, secret: null });
    await watch.openCalls();
    expect((await watch.calls())?.byHand).toEqual({ address, steps, openUntil: WEEK, secret: null });
    expect(await news?.hear({ ...PING, headers: { brings: 'a secret' } })).toBe(true);
    const brought = { agreement: { until: null }, calledAt: null, byHand: { openUntil: null, secret: 'a secret' } };
    expect(await watch.calls()).toMatchObject(brought);
    expect(await news?.hear({ ...PING, headers: { 'signed-with': 'a secret' } })).toBe(true);
    expect((await watch.calls())?.byHand).toMatchObject({ secret: null });
  });

  it('is forgotten when a new secret comes, since nobody knows whether calls signed with it get through', async () => {
    const { watch, news } = openByHand();
    await watch.openCalls();
    await news?.hear({ ...PING, headers: { brings: 'one' } });
    await news?.hear({ ...PING, headers: { 'signed-with': 'one' } });
    expect((await watch.calls())?.calledAt).toEqual(desk.clock.at);
    await watch.openCalls();
    await news?.hear({ ...PING, headers: { brings: 'two' } });
    expect(await watch.calls()).toMatchObject({ calledAt: null, byHand: { secret: 'two' } });
  });

  it('is unchanged by a call that nobody waits for', async () => {
    const { watch, news } = openByHand();
    expect(await news?.hear({ ...PING, headers: { brings: 'a secret' } })).toBe(false);
    expect(await watch.calls()).toMatchObject({ agreement: null, calledAt: null, byHand: { secret: null } });
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
