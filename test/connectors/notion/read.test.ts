import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../simulators/notion/index.ts';
import type { TicketStore } from '../../../src/ports/ticket-store.ts';
import { deskColumns } from '../../../src/sync/columns.ts';
import { aPolicy } from '../../support/builders.ts';
import { readToEnd } from '../../support/store-rows.ts';
import { aDeskBase, DATABASE, type DeskBase } from './desk-base.ts';

const COLUMNS = deskColumns(aPolicy());

/** Longer than what is read twice. */
const LATER = 300_000;

describe('reading from Notion', () => {
  let base: DeskBase;
  let store: TicketStore;

  async function open(simulator: Partial<Settings> = {}): Promise<void> {
    base = await aDeskBase(COLUMNS, { requestsPerWindow: 100_000, ...simulator });
    store = base.openStore({ settings: { plan: 'business' } });
  }

  beforeEach(() => open());
  afterEach(() => base.close());

  async function create(count: number): Promise<string[]> {
    const writes = Array.from({ length: count }, () => ({ id: null, key: ulid(), cells: { status: 'New' } }));
    const outcomes = await store.write(writes);
    return outcomes.flatMap((outcome) => ('id' in outcome ? [outcome.id] : []));
  }

  /** Some time after everything was read, so that nothing is read twice. */
  async function readAll(): Promise<string> {
    await base.clock.pause(LATER);
    const { watermark } = await readToEnd(store, null);
    await base.clock.pause(LATER);
    base.notion.clearLog();
    return watermark;
  }

  it('is one request when nothing has changed', async () => {
    await create(30);
    const watermark = await readAll();
    expect((await readToEnd(store, watermark)).rows).toEqual([]);
    expect(base.notion.counters()).toMatchObject({ requests: 1, pagesRead: 0 });
  });

  it.each(['down', 'nearest', 'up'] as const)('misses no edit where times are rounded %s', async (rounding) => {
    await base.close();
    await open({ rounding });
    const ids = await create(12);
    let { watermark } = await readToEnd(store, null);
    const seen = new Map<string, unknown>();
    for (const [index, id] of ids.entries()) {
      await base.clock.pause(7_000 + index * 3_000);
      await base.byHand.editByHand(id, { subject: `Edit ${index}` }, 'Ana');
      const read = await readToEnd(store, watermark);
      ({ watermark } = read);
      for (const row of read.rows) seen.set(row.id, row.cells['subject']);
      expect(seen.get(id)).toBe(`Edit ${index}`);
    }
  });

  it('reads an edit of the last moments again rather than never, and late edits no more', async () => {
    const [id = ''] = await create(2);
    const watermark = await readAll();
    await base.byHand.editByHand(id, { status: 'Open' }, 'Ana');
    const first = await readToEnd(store, watermark);
    expect(first.rows.map((row) => [row.id, row.editedBy])).toEqual([[id, 'Ana']]);
    expect((await readToEnd(store, first.watermark)).rows.map((row) => row.id)).toEqual([id]);
    await base.clock.pause(LATER);
    const last = await readToEnd(store, first.watermark);
    expect((await readToEnd(store, last.watermark)).rows).toEqual([]);
  });

  it.each([51, 150])('reads little twice in a flood, where each hundred rows are a request: of %s', async (count) => {
    const watermark = await readAll();
    await create(count);
    const first = await readToEnd(store, watermark);
    await base.clock.pause(140_000);
    const second = await readToEnd(store, first.watermark);
    expect([first.rows.length, second.rows.length]).toEqual([count, count]);
    await base.clock.pause(60_000);
    expect((await readToEnd(store, second.watermark)).rows).toEqual([]);
  });

  it('believes a reading from when it was asked for, however long its answer was on the way', async () => {
    const [id = ''] = await create(1);
    const watermark = await readAll();
    const { settings } = base.notion;
    settings.faults = () => ({ kind: 'slow-headers', milliseconds: 300_000, commits: 'at-once' });
    settings.wait = async (milliseconds) => {
      await base.byHand.editByHand(id, { status: 'Open' }, 'Ana');
      await base.clock.pause(milliseconds);
    };
    const slow = await readToEnd(store, watermark);
    settings.faults = () => null;
    expect((await readToEnd(store, slow.watermark)).rows.map(({ cells }) => cells['status'])).toEqual(['Open']);
  });

  it('says that nobody edited a row that we edited ourselves', async () => {
    await create(1);
    expect((await readToEnd(store, null)).rows.map(({ editedBy }) => editedBy)).toEqual([null]);
  });

  it('does not take what a late query tells for an edit', async () => {
    await base.close();
    await open({ queryLagMs: 8_000 });
    const [id = ''] = await create(1);
    await base.clock.pause(LATER);
    const { rows } = await readToEnd(store, null);
    await store.write([{ id, key: rows[0]?.key ?? '', cells: { status: 'Open' } }]);
    await base.clock.pause(4_000);
    expect((await readToEnd(store, null)).rows.map(({ cells }) => cells['status'])).toEqual(['Open']);
  });

  it('reads a hundred rows with a request, short pages or not, and those that are archived too', async () => {
    const ids = await create(250);
    base.notion.people.archive(DATABASE, ids[7] ?? '', true);
    await base.clock.pause(LATER);
    base.notion.clearLog();
    expect((await readToEnd(store, null)).rows.length).toBe(250);
    expect(base.notion.counters()).toMatchObject({ requests: 4, pagesRead: 250 });
    base.notion.settings.shortPageChance = 0.5;
    expect(new Set((await readToEnd(store, null)).rows.map(({ id }) => id)).size).toBe(250);
  });

  it('reads on where a query stops, however many rows there are', async () => {
    base.notion.settings.queryDepth = 40;
    for (let batch = 0; batch < 6; batch += 1) {
      await create(25);
      await base.clock.pause(120_000);
    }
    expect(new Set((await readToEnd(store, null)).rows.map(({ id }) => id)).size).toBe(150);
  });

  it('says so when more rows than it can list share one minute', async () => {
    base.notion.settings.queryDepth = 40;
    await create(50);
    await expect(readToEnd(store, null)).rejects.toMatchObject({ code: 'notion.too-many-at-once', retry: 'never' });
  });

  it('goes on where it was after a restart', async () => {
    await create(150);
    const first = await store.changesSince(null);
    store = base.openStore();
    const second = await readToEnd(store, first.watermark);
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(150);
  });

  it('goes on from the last row when Notion has forgotten where it was', async () => {
    await create(120);
    const first = await store.changesSince(null);
    const forgotten = first.watermark.replace(/"cursor":"[^"]+"/, '"cursor":"bm90aGluZw"');
    expect(forgotten).not.toBe(first.watermark);
    const second = await readToEnd(store, forgotten);
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(120);
  });

  it('reads everything when it does not know the watermark', async () => {
    await create(3);
    for (const foreign of ['17', '{"since":"soon"}', 'rev-9']) {
      expect((await readToEnd(store, foreign)).rows.length).toBe(3);
    }
  });

  it('reads many rows that it knows with one question, and asks for nothing that can be no row', async () => {
    const ids = await create(120);
    base.notion.clearLog();
    const rows = await store.read([...ids, ...ids, 'recZZZZZZZZZZZZZZ', '01JDKEY']);
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(base.notion.counters().requests).toBe(2);
  });

  it('reads a row whose key somebody has wiped out all the same', async () => {
    const ids = await create(3);
    await base.byHand.editByHand(ids[1] ?? '', { key: null }, 'Ana');
    const rows = await store.read(ids);
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(rows.find(({ id }) => id === ids[1])?.key).toBeNull();
  });

  it('finds a property that was renamed, after a restart too', async () => {
    const [id = ''] = await create(1);
    base.notion.designers.renameProperty(DATABASE, 'Status', 'Stand');
    store = base.openStore();
    expect((await store.read([id]))[0]?.cells['status']).toBe('New');
  });

  it('finds a property by the id that the settings have for it', async () => {
    const [id = ''] = await create(1);
    const property = { name: 'Stand', type: 'select' as const, options: ['New', 'Open'] };
    const propertyId = base.notion.designers.addProperty(DATABASE, property);
    base.notion.people.edit(DATABASE, id, { Stand: 'Open' });
    store = base.openStore({ settings: { columns: { status: propertyId } } });
    expect((await store.read([id]))[0]?.cells['status']).toBe('Open');
  });

  it.each([
    ['was deleted', () => base.notion.designers.removeProperty(DATABASE, 'Status')],
    [
      'was made a list',
      () =>
        base.notion.designers.retypeProperty(DATABASE, 'Status', { type: 'multi_select', options: ['New', 'Open'] }),
    ],
  ])('stops when a property that people edit %s, rather than take all its cells for emptied', async (_, change) => {
    const [id = ''] = await create(1);
    const watermark = await readAll();
    change();
    base.notion.people.edit(DATABASE, id, { Subject: 'Anew' });
    await expect(readToEnd(store, watermark)).rejects.toMatchObject({ code: 'notion.columns-unfit', retry: 'never' });
    await expect(store.read([id])).rejects.toMatchObject({ code: 'notion.columns-unfit' });
  });

  it('goes on without a property of figures', async () => {
    const [id = ''] = await create(1);
    base.notion.designers.removeProperty(DATABASE, 'Contact count');
    expect((await store.read([id]))[0]?.cells).toMatchObject({ status: 'New', contactCount: null });
  });

  it('leads a person to the row', () => {
    expect(store.addressOf('1f0e1d2c-3b4a-4958-8776-655443322110')).toBe(
      'https://www.notion.so/1f0e1d2c3b4a49588776655443322110',
    );
    expect(store.addressOf('17')).toBeNull();
  });
});
