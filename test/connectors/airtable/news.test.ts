import { createHmac } from 'node:crypto';
import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RawRequest } from '../../../src/ports/channel.ts';
import type { Cells, ChangedRows, StoreNews, TicketStore } from '../../../src/ports/ticket-store.ts';
import { deskColumns } from '../../../src/sync/columns.ts';
import { aPolicy } from '../../support/builders.ts';
import { aDeskBase, type DeskBase } from './desk-base.ts';

const COLUMNS = deskColumns(aPolicy());
const ADDRESS = 'https://desk.example/stores/airtable/news';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Longer than what is read twice. */
const LATER = 60_000;

interface Ping {
  url: string;
  call: RawRequest;
}

interface Hook {
  id: string;
  notificationUrl: string | null;
}

describe('news from Airtable', () => {
  let base: DeskBase;
  let store: TicketStore;
  let pings: Ping[];
  let answer: number;

  beforeEach(async () => {
    pings = [];
    answer = 204;
    base = await aDeskBase(COLUMNS, { ping });
    ({ store } = base);
  });
  afterEach(() => base.close());

  function ping(url: string, { headers, body }: RequestInit): Promise<Response> {
    const named = Object.fromEntries(new Headers(headers));
    pings.push({ url, call: aCall(named, typeof body === 'string' ? body : '') });
    return Promise.resolve(new Response(null, { status: answer }));
  }

  function aCall(headers: Readonly<Record<string, string>>, body: string): RawRequest {
    return { headers, body: new TextEncoder().encode(body), token: null, receivedAt: base.clock.now() };
  }

  function news(of = store): StoreNews {
    if (of.news === undefined) throw new Error('this store has no news');
    return of.news;
  }

  /** Requests by what they ask for, without the ids. */
  function asked(): string[] {
    return base.airtable
      .requests()
      .map(
        ({ method, path }) => `${method} ${path.split('?')[0]?.replace(/(app|tbl|ach)[A-Za-z0-9]{14}/g, '$1') ?? ''}`,
      );
  }

  /** Rows that came in, known and quiet, with a webhook, and everything read to the end. */
  async function settled(count = 1): Promise<{ ids: string[]; watermark: string }> {
    await news().subscribe(ADDRESS);
    const writes = Array.from({ length: count }, () => ({
      id: null,
      key: ulid(),
      cells: { status: 'New', subject: 'Printer', tags: ['vip'], number: 7 },
    }));
    const outcomes = await store.write(writes);
    await base.clock.pause(LATER);
    const { watermark } = await readToEnd(null);
    await base.clock.pause(LATER);
    base.airtable.clearLog();
    return { ids: outcomes.flatMap((outcome) => ('id' in outcome ? [outcome.id] : [])), watermark };
  }

  async function readToEnd(from: string | null): Promise<ChangedRows> {
    for (let watermark = from; ;) {
      const page = await store.changesSince(watermark);
      if (!page.more) return page;
      ({ watermark } = page);
    }
  }

  function heard(watermark: string, of = store): Promise<ChangedRows> {
    return of.changesSince(watermark, { isCalled: true });
  }

  function edit(id: string, cells: Cells, by = 'Ana'): Promise<void> {
    return base.byHand.editByHand(id, cells, by);
  }

  describe('a webhook of Airtable', () => {
    it('is made once, for the table, the columns that people edit, and everybody but ourselves', async () => {
      await news().subscribe(ADDRESS);
      const seen = await (await ask('')).json();
      expect(seen).toMatchObject({
        webhooks: [
          {
            notificationUrl: ADDRESS,
            specification: {
              options: {
                filters: {
                  dataTypes: ['tableData'],
                  recordChangeScope: base.ids.table,
                  changeTypes: ['add', 'update', 'remove'],
                },
                includes: { includeCellValuesInFieldIds: 'all' },
              },
            },
          },
        ],
      });
      expect(JSON.stringify(seen)).not.toContain('publicApi');
    });

    it('tells until when it lives, later each time that it was renewed', async () => {
      expect(await news().agreement()).toBeNull();
      const begun = base.clock.now();
      await news().subscribe(ADDRESS);
      const daysLeft = async () => {
        const until = (await news().agreement())?.until ?? null;
        return until === null ? null : Math.floor(begun.until(until).total('hours') / 24);
      };
      expect(await daysLeft()).toBe(7);
      for (let day = 0; day < 4; day += 1) {
        await base.clock.pause(DAY);
        await news().subscribe(ADDRESS);
      }
      expect(await daysLeft()).toBe(11);
      store = base.openStore();
      expect(await daysLeft()).toBe(11);
    });

    it('costs nothing while nothing is to be done, after a restart too', async () => {
      await news().subscribe(ADDRESS);
      base.airtable.clearLog();
      await news().subscribe(ADDRESS);
      await base.clock.pause(HOUR);
      await news().subscribe(ADDRESS);
      expect(asked()).toEqual([]);
      store = base.openStore();
      await store.people();
      base.airtable.clearLog();
      await news().subscribe(ADDRESS);
      expect(asked()).toEqual([]);
    });

    it('lives for months, for a request a day and one more twice a week', async () => {
      await news().subscribe(ADDRESS);
      base.airtable.clearLog();
      for (let hours = 0; hours < 28 * 24; hours += 1) {
        await base.clock.pause(HOUR);
        await news().subscribe(ADDRESS);
      }
      const requests = asked().filter((path) => path.includes('webhooks'));
      expect(requests.filter((path) => path.startsWith('GET')).length).toBe(28);
      expect(requests.filter((path) => path.endsWith('/refresh')).length).toBe(7);
      expect(requests.length).toBe(35);
      await edit((await settled()).ids[0] ?? '', { status: 'Open' });
      expect(await pingsNow()).toBe(1);
    });

    it('is made anew when it was removed, has expired or its secret is lost', async () => {
      await news().subscribe(ADDRESS);
      base.kept.clear();
      await news().subscribe(ADDRESS);
      expect(asked()).toContain('DELETE /v0/bases/app/webhooks/ach');
      await base.clock.pause(8 * DAY);
      base.airtable.clearLog();
      await news().subscribe(ADDRESS);
      expect(asked()).toEqual([
        'GET /v0/bases/app/webhooks',
        'DELETE /v0/bases/app/webhooks/ach',
        'POST /v0/bases/app/webhooks',
      ]);
      expect(await hooks()).toMatchObject([{ notificationUrl: ADDRESS, isHookEnabled: true }]);
    });

    it('moves with our address, and leaves those of others alone', async () => {
      await news(base.openStore({ kept: new Map() })).subscribe('https://other.example/stores/airtable/news');
      await news().subscribe('https://old.example/stores/airtable/news');
      await news().subscribe(ADDRESS);
      expect((await hooks()).map(({ notificationUrl }) => notificationUrl)).toEqual([
        'https://other.example/stores/airtable/news',
        ADDRESS,
      ]);
    });

    it('is switched on again when Airtable gave up calling', async () => {
      const { ids } = await settled();
      answer = 500;
      await edit(ids[0] ?? '', { status: 'Open' });
      for (let tries = 0; tries < 14; tries += 1) {
        await pingsNow();
        await base.clock.pause(DAY / 2);
      }
      expect(await hooks()).toMatchObject([{ areNotificationsEnabled: false }]);
      answer = 204;
      await news().subscribe(ADDRESS);
      expect(await hooks()).toMatchObject([{ areNotificationsEnabled: true }]);
    });

    it('is done without when the token may not make one, and asked for again a day later', async () => {
      store = base.openStore({
        token: base.newToken(['data.records:read', 'data.records:write', 'schema.bases:read']),
        publicUrl: 'https://desk.example',
      });
      await expect(news().subscribe(ADDRESS)).rejects.toMatchObject({ code: 'airtable.no-webhooks', retry: 'never' });
      expect(await news().agreement()).toBeNull();
      base.airtable.clearLog();
      await news().subscribe(ADDRESS);
      expect(asked()).toEqual([]);
      expect((await store.check()).map(({ severity, message }) => [severity, message])).toContainEqual([
        'warning',
        'The token may not make webhooks, so what people change is looked for, and not told by Airtable.',
      ]);
      expect((await readToEnd(null)).rows).toEqual([]);
      await base.clock.pause(DAY);
      await expect(news().subscribe(ADDRESS)).rejects.toMatchObject({ code: 'airtable.no-webhooks' });
    });

    it('is nothing to look at where there is no public address', async () => {
      store = base.openStore({
        token: base.newToken(['data.records:read', 'data.records:write', 'schema.bases:read']),
      });
      expect((await store.check()).filter(({ message }) => message.includes('webhooks'))).toEqual([]);
    });
  });

  describe('a call', () => {
    it('is Airtable’s own with its signature, and nobody’s without', async () => {
      const { ids } = await settled();
      await edit(ids[0] ?? '', { status: 'Open' });
      await pingsNow();
      const [{ url, call } = { url: '', call: aCall({}, '') }] = pings;
      expect(url).toBe(ADDRESS);
      expect(await news().isAuthentic(call)).toBe(true);
      expect(await news(base.openStore()).isAuthentic(call)).toBe(true);
      const forged = `hmac-sha256=${createHmac('sha256', 'guess').update(call.body).digest('hex')}`;
      for (const headers of [{}, { 'x-airtable-content-mac': forged }, { 'x-airtable-content-mac': 'hmac-sha256=' }]) {
        expect(await news().isAuthentic({ ...call, headers })).toBe(false);
      }
      expect(await news().isAuthentic({ ...call, body: new Uint8Array([...call.body, 32]) })).toBe(false);
      expect(await news(base.openStore({ kept: new Map() })).isAuthentic(call)).toBe(false);
    });

    it('comes for no write of ours', async () => {
      const { ids, watermark } = await settled();
      await store.write([{ id: ids[0] ?? '', key: ulid(), cells: { status: 'Open', why: 'Because.' } }]);
      await store.write([{ id: null, key: ulid(), cells: { status: 'New' } }]);
      expect(await pingsNow()).toBe(0);
      expect((await heard(watermark)).rows).toEqual([]);
    });
  });

  describe('what is read after a call', () => {
    it('is one request, and shows every cell as a listing would, and who did it', async () => {
      const { ids, watermark } = await settled();
      const [id = ''] = ids;
      await edit(id, { status: 'Open', tags: ['vip', 'late'], assignee: 'Ben', needsReview: true }, 'Cy');
      const page = await heard(watermark);
      expect(asked()).toEqual(['GET /v0/bases/app/webhooks/ach/payloads']);
      expect(page.more).toBe(false);
      const [listed] = await store.read([id]);
      expect(page.rows).toEqual([{ ...listed, editedBy: 'Cy' }]);
      expect(page.rows[0]?.cells).toMatchObject({
        status: 'Open',
        subject: 'Printer',
        tags: ['vip', 'late'],
        assignee: 'Ben',
        needsReview: true,
        category: null,
        number: 7,
      });
    });

    it('is read once: the next call finds nothing, and a call for nothing too', async () => {
      const { ids, watermark } = await settled();
      await edit(ids[0] ?? '', { status: 'Open' });
      const first = await heard(watermark);
      expect(first.rows.length).toBe(1);
      const second = await heard(first.watermark);
      expect([second.rows, second.deletedIds]).toEqual([[], []]);
      expect((await heard(second.watermark)).rows).toEqual([]);
      expect(asked().length).toBe(3);
    });

    it('is the latest of each row, though it changed many times, and names nobody where it was several', async () => {
      const { ids, watermark } = await settled(2);
      const [one = '', other = ''] = ids;
      for (const status of ['Open', 'Pending', 'Resolved']) await edit(one, { status }, 'Ana');
      await edit(other, { status: 'Open' }, 'Ana');
      await edit(other, { priority: 'High' }, 'Ben');
      const rows = (await heard(watermark)).rows;
      expect(rows.map(({ id, editedBy, cells }) => [id, editedBy, cells['status'], cells['priority']])).toEqual([
        [one, 'Ana', 'Resolved', null],
        [other, null, 'Open', 'High'],
      ]);
    });

    it('tells of rows that people made, and of those that are gone', async () => {
      const { ids, watermark } = await settled(2);
      const made = await base.byHand.addByHand({ subject: 'By hand', priority: 'High' }, 'Ana');
      const brief = await base.byHand.addByHand({ subject: 'By mistake' }, 'Ana');
      await base.byHand.deleteByHand(brief);
      await base.byHand.deleteByHand(ids[0] ?? '');
      const { rows, deletedIds } = await heard(watermark);
      expect(rows.map(({ id, key, cells }) => [id, key, cells['subject'], cells['priority']])).toEqual([
        [made, null, 'By hand', 'High'],
      ]);
      expect(deletedIds.toSorted()).toEqual([brief, ids[0] ?? ''].toSorted());
      expect(asked().length).toBe(1);
    });

    it('is asked for by id where we wrote after the edit, so that an old state is never taken for an edit', async () => {
      const { ids, watermark } = await settled();
      const [id = ''] = ids;
      await edit(id, { subject: 'Printer, 2nd floor' });
      await base.clock.pause(500);
      await store.write([{ id, key: ulid(), cells: { priority: 'High' } }]);
      const [row] = (await heard(watermark)).rows;
      expect(row?.cells).toMatchObject({ subject: 'Printer, 2nd floor', priority: 'High' });
      expect(asked().slice(-2)).toEqual(['GET /v0/bases/app/webhooks/ach/payloads', 'POST /v0/app/tbl/listRecords']);
    });

    it('is asked for by id where another process may have written', async () => {
      const { ids, watermark } = await settled();
      const [id = ''] = ids;
      await edit(id, { subject: 'Printer, 2nd floor' });
      const other = base.openStore();
      await other.write([{ id, key: ulid(), cells: { priority: 'High' } }]);
      await base.clock.pause(LATER);
      expect((await heard(watermark)).rows[0]?.cells).toMatchObject({ priority: 'High' });
    });

    it('goes on where it was after a restart, and asks by id for rows that it has not seen since', async () => {
      const { ids, watermark } = await settled(3);
      await edit(ids[0] ?? '', { status: 'Open' });
      const first = await heard(watermark);
      store = base.openStore();
      await edit(ids[1] ?? '', { status: 'Open' });
      const { rows } = await heard(first.watermark);
      expect(rows.map(({ id, cells }) => [id, cells['status']])).toEqual([[ids[1], 'Open']]);
    });

    it('is listed when nobody called, whatever a webhook keeps for us', async () => {
      const { ids, watermark } = await settled();
      await edit(ids[0] ?? '', { status: 'Open' });
      await base.clock.pause(LATER);
      expect((await store.changesSince(watermark)).rows.map(({ id }) => id)).toEqual(ids);
      expect(asked()).toEqual(['POST /v0/app/tbl/listRecords']);
    });

    it('finds by listing what no call told, though calls were heard since', async () => {
      const { ids, watermark } = await settled(2);
      const { watermark: after } = await heard(watermark);
      const stranger = base.airtable.people.as('Ana', 'publicApi');
      stranger.edit('Tickets', ids[0] ?? '', { Status: 'Open' });
      await edit(ids[1] ?? '', { status: 'Open' });
      const told = await heard(after);
      expect(told.rows.map(({ id }) => id)).toEqual([ids[1]]);
      await base.clock.pause(LATER);
      const listed = (await store.changesSince(told.watermark)).rows.map(({ id }) => id);
      expect(listed.toSorted()).toEqual(ids.toSorted());
    });
  });

  describe('what is kept for us', () => {
    it.each([
      ['the webhook is gone', removeHook],
      ['its cursor is refused', () => answerPayloads(422, { error: { type: 'INVALID_CURSOR' } })],
      ['it cannot be read', () => answerPayloads(500, { error: { type: 'SERVER_ERROR' } })],
      [
        'a payload says that it failed',
        () => answerPayloads(200, { payloads: [{ error: true, code: 'OUT' }], cursor: 2, mightHaveMore: false }),
      ],
    ])('is listed instead when %s', async (_, spoil) => {
      const { ids, watermark } = await settled();
      await edit(ids[0] ?? '', { status: 'Open' });
      const { handle } = base.airtable;
      await spoil();
      const { rows, watermark: next } = await heard(watermark);
      expect(rows.map(({ id, cells }) => [id, cells['status']])).toEqual([[ids[0], 'Open']]);
      await edit(ids[0] ?? '', { status: 'Pending' });
      base.airtable.handle = handle;
      await base.clock.pause(LATER);
      await news().subscribe(ADDRESS);
      await edit(ids[0] ?? '', { priority: 'High' });
      await heard(next);
      const { rows: later } = await store.changesSince(next);
      expect(later[0]?.cells).toMatchObject({ status: 'Pending', priority: 'High' });
    });

    it('is listed when it is more than listing costs', async () => {
      const { ids, watermark } = await settled();
      for (let count = 0; count < 201; count += 1) await edit(ids[0] ?? '', { subject: `No. ${count}` });
      const { rows, watermark: next } = await heard(watermark);
      expect(rows[0]?.cells['subject']).toBe('No. 200');
      expect(asked().filter((path) => path.endsWith('/payloads')).length).toBe(4);
      expect(asked().at(-1)).toBe('POST /v0/app/tbl/listRecords');
      base.airtable.clearLog();
      await heard(next);
      expect(asked()[0]).toBe('GET /v0/bases/app/webhooks/ach/payloads');
    });
  });

  /** As a person's tool would see them. */
  async function ask(path: string, method = 'GET'): Promise<Response> {
    await base.clock.pause(1000);
    const url = `https://api.airtable.com/v0/bases/${base.ids.base}/webhooks${path}`;
    return base.airtable.handle(
      new Request(url, { method, headers: { authorization: `Bearer ${base.newToken(undefined)}` } }),
    );
  }

  async function hooks(): Promise<Hook[]> {
    const { webhooks } = (await (await ask('')).json()) as { webhooks: Hook[] };
    return webhooks;
  }

  async function removeHook(): Promise<void> {
    for (const { id } of await hooks()) await ask(`/${id}`, 'DELETE');
    base.airtable.clearLog();
  }

  /** From now on payloads are answered so. */
  async function answerPayloads(status: number, body: object): Promise<void> {
    const { handle } = base.airtable;
    base.airtable.handle = async (request) => {
      const meant = await handle(request);
      return request.url.includes('/payloads') ? Response.json(body, { status }) : meant;
    };
  }

  /** Delivers what is due, whoever else does so meanwhile; returns how many calls there were in all. */
  async function pingsNow(): Promise<number> {
    await base.airtable.deliverPings();
    return pings.length;
  }
});
