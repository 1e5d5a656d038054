import { createHmac } from 'node:crypto';
import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings, WebhookEvent } from '../../../simulators/notion/index.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import type { NewsByHand, StoreNews, TicketStore } from '../../../src/ports/ticket-store.ts';
import { deskColumns } from '../../../src/sync/columns.ts';
import { aPolicy } from '../../support/builders.ts';
import { aDeskBase, DATABASE, type DeskBase } from './desk-base.ts';

const COLUMNS = deskColumns(aPolicy());
const ADDRESS = 'https://desk.example/stores/notion/news';
const TOKEN = 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl';

/** Longer than events wait for others to be told with them. */
const TOLD = 31_000;

const HOUR = 3_600_000;

describe('news from Notion', () => {
  let base: DeskBase;
  let store: TicketStore;
  /** What Notion posted, in the order in which it came. */
  let calls: RawRequest[];
  let answer: (call: RawRequest) => Promise<boolean>;

  async function open(simulator: Partial<Settings> = {}): Promise<void> {
    calls = [];
    answer = async () => true;
    base = await aDeskBase(COLUMNS, { post, ...simulator });
    store = base.store;
  }

  async function post(_: string, { headers, body }: { headers: Record<string, string>; body: string }) {
    const call = aCall(body, headers);
    calls.push(call);
    return new Response(null, { status: (await answer(call)) ? 204 : 401 });
  }

  beforeEach(() => open());
  afterEach(() => base.close());

  function news(): StoreNews {
    if (store.news === undefined) throw new Error('no news');
    return store.news;
  }

  function byHand(): NewsByHand {
    const { byHand: found } = news();
    if (found === undefined) throw new Error('nothing is done by hand');
    return found;
  }

  function aCall(body: string, headers: Record<string, string> = {}): RawRequest {
    return { headers, body: new TextEncoder().encode(body), token: null, receivedAt: base.clock.now() };
  }

  function aGreeting(token: unknown = TOKEN): RawRequest {
    return aCall(JSON.stringify({ verification_token: token }));
  }

  function signed(body: string, key = TOKEN): RawRequest {
    return aCall(body, { 'x-notion-signature': `sha256=${createHmac('sha256', key).update(body).digest('hex')}` });
  }

  /** A person makes the subscription, and brings its token back. */
  async function setUp(given: { shared?: string } = {}): Promise<void> {
    await news().subscribe(ADDRESS);
    await byHand().open();
    answer = (call) => byHand().takeSecret(call);
    const id = base.notion.webhooks.subscribe({ token: base.token, url: ADDRESS });
    await base.notion.deliverWebhooks();
    const { secret } = await byHand().state();
    expect(base.notion.webhooks.verify(id, secret ?? '')).toBe(true);
    if (given.shared !== undefined) base.notion.share(base.token, given.shared);
    answer = (call) => news().isAuthentic(call);
    calls = [];
  }

  /** What is due is told; returns whether each call tells of others. */
  async function told(): Promise<boolean[]> {
    await base.clock.pause(TOLD);
    await base.notion.deliverWebhooks();
    for (const call of calls) expect(await news().isAuthentic(call)).toBe(true);
    return calls.map((call) => news().tellsOfOthers?.(call) ?? true);
  }

  async function aRow(): Promise<string> {
    const [outcome] = await store.write([{ id: null, key: ulid(), cells: { status: 'New' } }]);
    return outcome !== undefined && 'id' in outcome ? outcome.id : '';
  }

  describe('the token', () => {
    it('is taken once a person waits for it, and is the one that Notion signs with', async () => {
      expect(await news().agreement()).toBeNull();
      await setUp();
      expect(await news().agreement()).toEqual({ until: null });
      expect((await byHand().state()).openUntil).toBeNull();
      const id = await aRow();
      await base.byHand.editByHand(id, { status: 'Open' }, 'Ana');
      expect(await told()).toEqual([true]);
    });

    it('is taken from nobody while no person waits for one, and changes nothing', async () => {
      expect(await byHand().takeSecret(aGreeting())).toBe(false);
      expect(await byHand().state()).toEqual({ openUntil: null, secret: null });
      await setUp();
      const { secret } = await byHand().state();
      expect(await byHand().takeSecret(aGreeting())).toBe(false);
      expect(await byHand().state()).toEqual({ openUntil: null, secret });
      expect(await news().isAuthentic(signed('{}'))).toBe(false);
    });

    it('is waited for an hour, and then no more', async () => {
      await byHand().open();
      expect((await byHand().state()).openUntil).toEqual(base.clock.now().add({ hours: 1 }));
      await base.clock.pause(HOUR);
      expect(await byHand().takeSecret(aGreeting())).toBe(false);
      expect(await byHand().state()).toEqual({ openUntil: null, secret: null });
    });

    it('is one, though two come at the same time', async () => {
      await byHand().open();
      const taken = await Promise.all([byHand().takeSecret(aGreeting()), byHand().takeSecret(aGreeting(`${TOKEN}2`))]);
      expect(taken).toEqual([true, false]);
      expect((await byHand().state()).secret).toBe(TOKEN);
    });

    it('that was kept counts until another one comes', async () => {
      await byHand().open();
      await byHand().takeSecret(aGreeting());
      await byHand().open();
      expect(await news().isAuthentic(signed('{}'))).toBe(true);
      await byHand().takeSecret(aGreeting(`${TOKEN}2`));
      expect(await news().isAuthentic(signed('{}'))).toBe(false);
      expect(await news().isAuthentic(signed('{}', `${TOKEN}2`))).toBe(true);
    });

    it('is found again after a restart', async () => {
      await byHand().open();
      await byHand().takeSecret(aGreeting());
      store = base.openStore();
      expect(await news().isAuthentic(signed('{}'))).toBe(true);
      expect((await byHand().state()).secret).toBe(TOKEN);
    });

    it.each([
      ['no JSON', 'verification_token'],
      ['no token', '{}'],
      ['a token that is no text', '{"verification_token": 1}'],
      ['an empty token', '{"verification_token": ""}'],
      ['a token that no key is as long as', JSON.stringify({ verification_token: 'x'.repeat(201) })],
      ['a token with a line break', JSON.stringify({ verification_token: `${TOKEN}\nx` })],
    ])('is waited for further when a call brings %s', async (_, body) => {
      await byHand().open();
      expect(await byHand().takeSecret(aCall(body))).toBe(false);
      expect((await byHand().state()).openUntil).not.toBeNull();
    });
  });

  describe('a call', () => {
    const body = '{"type": "page.created"}';

    beforeEach(async () => {
      await byHand().open();
      await byHand().takeSecret(aGreeting());
    });

    it.each<[string, () => RawRequest]>([
      ['without a signature', () => aCall(body)],
      ['signed with another token', () => signed(body, 'another')],
      ['whose body is another than what was signed', () => ({ ...signed(body), body: aCall(`${body} `).body })],
      [
        'signed without saying how',
        () => aCall(body, { 'x-notion-signature': createHmac('sha256', TOKEN).update(body).digest('hex') }),
      ],
      ['with an empty signature', () => aCall(body, { 'x-notion-signature': '' })],
    ])('%s is not Notion’s', async (_, call) => {
      expect(await news().isAuthentic(signed(body))).toBe(true);
      expect(await news().isAuthentic(call())).toBe(false);
    });

    it('before there is a token is not Notion’s, whatever it is signed with', async () => {
      store = base.openStore({ kept: new Map() });
      expect(await news().isAuthentic(signed(body, ''))).toBe(false);
      expect(await news().isAuthentic(signed(body, 'null'))).toBe(false);
    });

    it.each([
      ['no JSON', 'x'],
      ['nothing that we know', '{}'],
    ])('that says %s is looked into all the same', (_, text) => {
      expect(news().tellsOfOthers?.(signed(text))).toBe(true);
    });
  });

  describe('what is told', () => {
    it('is what people did in the rows, each within a minute', async () => {
      const [id, other] = [await aRow(), await aRow()];
      await base.clock.pause(TOLD);
      await setUp();
      await base.byHand.editByHand(id, { status: 'Open' }, 'Ana');
      await base.byHand.addByHand({ subject: 'By hand' }, 'Ben');
      await base.byHand.deleteByHand(other);
      expect(await told()).toEqual([true, true, true]);
    });

    it('is nothing of what we wrote ourselves, unless somebody did something there in the same minute', async () => {
      await setUp();
      const [id, other] = [await aRow(), await aRow()];
      expect(await told()).toEqual([false, false]);
      calls = [];
      await store.write([
        { id, key: ulid(), cells: { status: 'Open' } },
        { id: other, key: ulid(), cells: { status: 'Open' } },
      ]);
      await base.byHand.editByHand(id, { priority: 'High' }, 'Ana');
      expect((await told()).toSorted()).toEqual([false, true]);
    });

    it('is what we wrote too where Notion does not say who we are', async () => {
      store = base.openStore();
      base.notion.settings.faults = ({ path }) => (path.endsWith('/users/me') ? { kind: 'server-error' } : null);
      await setUp();
      await aRow();
      expect(await told()).toEqual([true]);
    });

    it('is nothing of another database that the connection sees', async () => {
      const elsewhere = base.notion.addPage('Elsewhere');
      const properties = [{ name: 'Name', type: 'title' as const }];
      base.notion.addDatabase({ name: 'Plans', parentPageId: elsewhere, properties });
      await setUp({ shared: elsewhere });
      base.notion.people.as('Ana').type('Plans', { Name: 'Lunch' });
      expect(await told()).toEqual([false]);
    });

    it('costs one request at a start, and none afterwards', async () => {
      base.notion.clearLog();
      await news().subscribe(ADDRESS);
      await news().subscribe(ADDRESS);
      expect(base.notion.requests().map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/users/me']);
    });

    it('is found by the ordinary reading, whether calls are lost, doubled, late or out of turn', async () => {
      const id = await aRow();
      await base.clock.pause(300_000);
      let place = await store.changesSince(null);
      while (place.more) place = await store.changesSince(place.watermark);
      await setUp();
      base.notion.settings.deliveries = ({ type }: WebhookEvent) =>
        type === 'page.created' ? { isLost: true } : { copies: 3, lateMs: 5000 };
      await base.byHand.addByHand({ subject: 'By hand' }, 'Ben');
      await base.byHand.editByHand(id, { status: 'Open' }, 'Ana');
      await told();
      await base.clock.pause(5000);
      expect(await told()).toEqual([true, true, true]);
      const { rows, more } = await store.changesSince(place.watermark, { isCalled: true });
      expect(more).toBe(false);
      expect(rows.map(({ cells }) => [cells['subject'], cells['status']])).toEqual(
        expect.arrayContaining([
          ['By hand', 'New'],
          [null, 'Open'],
        ]),
      );
    });
  });

  it('has a place in Notion for the address and one for the token', () => {
    expect(byHand().steps.enter).toContain('Create a subscription');
    expect(byHand().steps.paste).toContain('paste this token');
    expect(base.notion.people.rows(DATABASE)).toEqual([]);
  });
});
