import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../simulators/airtable/index.ts';
import type { TicketStore } from '../../../src/ports/ticket-store.ts';
import { deskColumns } from '../../../src/sync/columns.ts';
import { aPolicy } from '../../support/builders.ts';
import { readToEnd } from '../../support/store-rows.ts';
import { aDeskBase, type DeskBase } from './desk-base.ts';

const COLUMNS = deskColumns(aPolicy());

/** Longer than what is read twice. */
const LATER = 60_000;

describe('reading from Airtable', () => {
  let base: DeskBase;
  let store: TicketStore;

  async function open(simulator: Partial<Settings> = {}): Promise<void> {
    base = await aDeskBase(COLUMNS, simulator);
    ({ store } = base);
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
    base.airtable.clearLog();
    return watermark;
  }

  it('is one request when nothing has changed', async () => {
    await create(30);
    const watermark = await readAll();
    expect((await readToEnd(store, watermark)).rows).toEqual([]);
    expect(base.airtable.counters()).toMatchObject({ requests: 1, recordsRead: 0 });
  });

  it('does not see what is written into columns that nobody edits', async () => {
    const [id = ''] = await create(1);
    const watermark = await readAll();
    await store.write([{ id, key: ulid(), cells: { why: 'Because.', reopenCount: 2 } }]);
    expect((await readToEnd(store, watermark)).rows).toEqual([]);
  });

  it('reads each edit once when it is asked later', async () => {
    const [id = ''] = await create(3);
    const watermark = await readAll();
    await base.byHand.editByHand(id, { status: 'Resolved' }, 'Ana');
    await base.clock.pause(LATER);
    const first = await readToEnd(store, watermark);
    expect(first.rows.map((row) => [row.id, row.cells['status']])).toEqual([[id, 'Resolved']]);
    expect((await readToEnd(store, first.watermark)).rows).toEqual([]);
  });

  it('reads an edit of the last moments again rather than never', async () => {
    const [id = ''] = await create(1);
    const watermark = await readAll();
    const read = await readToEnd(store, watermark);
    await base.byHand.editByHand(id, { status: 'Open' }, 'Ana');
    await base.byHand.editByHand(id, { status: 'New' }, 'Ana');
    expect((await readToEnd(store, read.watermark)).rows.map((row) => row.id)).toEqual([id]);
  });

  it.each([false, true])('sees a row that comes filled by a form (filling counts as change: %s)', async (counts) => {
    await base.close();
    await open({ creationModifies: counts });
    const watermark = await readAll();
    const id = base.airtable.people.submit('Tickets', { Subject: 'By form' });
    await base.clock.pause(LATER);
    expect((await readToEnd(store, watermark)).rows).toMatchObject([{ id, key: null, cells: { subject: 'By form' } }]);
  });

  it('reads a hundred rows with a request', async () => {
    await create(250);
    await base.clock.pause(LATER);
    base.airtable.clearLog();
    expect((await readToEnd(store, null)).rows.length).toBe(250);
    expect(base.airtable.counters()).toMatchObject({ requests: 3, recordsRead: 250 });
  });

  it('goes on where it was after a restart', async () => {
    await create(150);
    const first = await store.changesSince(null);
    store = base.openStore();
    const second = await store.changesSince(first.watermark);
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(150);
    expect(second.more).toBe(false);
  });

  it('begins anew when Airtable has forgotten where it was', async () => {
    await create(150);
    const first = await store.changesSince(null);
    await base.clock.pause(3_600_000);
    const rows = (await readToEnd(store, first.watermark)).rows.map(({ id }) => id);
    expect(new Set(rows).size).toBe(150);
  });

  it('rests when that happens again and again, and then goes on', async () => {
    await create(150);
    base.airtable.settings.iteratorIdleSeconds = 0;
    await expect(readToEnd(store, null)).rejects.toMatchObject({
      code: 'airtable.listing-lost',
      retry: { afterSeconds: 300 },
    });
    base.airtable.settings.iteratorIdleSeconds = 300;
    expect((await readToEnd(store, null)).rows.length).toBe(150);
  });

  it('reads everything when it does not know the watermark', async () => {
    await create(3);
    for (const foreign of ['17', '{"since":"soon"}', 'rev-9']) {
      expect((await readToEnd(store, foreign)).rows.length).toBe(3);
    }
  });

  it('reads rows by their ids, a hundred with a request, and asks for nothing that can be no row', async () => {
    const ids = await create(120);
    await base.clock.pause(LATER);
    base.airtable.clearLog();
    const rows = await store.read([...ids, ...ids, 'recZZZZZZZZZZZZZZ', "x'),1)", '01JDKEY']);
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(base.airtable.counters().requests).toBe(2);
  });

  it('finds a column that was renamed, after a restart too', async () => {
    const [id = ''] = await create(1);
    base.airtable.designers.renameField('Tickets', 'Status', 'Stand');
    store = base.openStore();
    expect((await store.read([id]))[0]?.cells['status']).toBe('New');
  });

  it('finds a column by the id that the settings have for it', async () => {
    const [id = ''] = await create(1);
    const fieldId = base.airtable.designers.addField('Tickets', {
      name: 'Stand',
      type: 'singleSelect',
      choices: ['New', 'Open'],
    });
    base.airtable.people.edit('Tickets', id, { Stand: 'Open' });
    store = base.openStore({ settings: { columns: { status: fieldId } } });
    expect((await store.read([id]))[0]?.cells['status']).toBe('Open');
  });

  it.each([
    ['was deleted', () => base.airtable.designers.removeField('Tickets', 'Status')],
    [
      'was made a list',
      () =>
        base.airtable.designers.retypeField('Tickets', 'Status', { type: 'multipleSelects', choices: ['New', 'Open'] }),
    ],
  ])('stops when a column that people edit %s, rather than take all its cells for emptied', async (_, change) => {
    const [id = ''] = await create(1);
    const watermark = await readAll();
    change();
    base.airtable.people.edit('Tickets', id, { Subject: 'Anew' });
    await expect(readToEnd(store, watermark)).rejects.toMatchObject({ code: 'airtable.columns-unfit', retry: 'never' });
    await expect(store.read([id])).rejects.toMatchObject({ code: 'airtable.columns-unfit' });
  });

  it('goes on without a column of figures', async () => {
    const [id = ''] = await create(1);
    base.airtable.designers.removeField('Tickets', 'Contact count');
    expect((await store.read([id]))[0]?.cells).toMatchObject({ status: 'New', contactCount: null });
  });

  it('leads a person to the row', async () => {
    expect(store.addressOf('recAAAAAAAAAAAAAA')).toBe(
      `https://airtable.com/${base.ids.base}/${base.ids.table}/recAAAAAAAAAAAAAA`,
    );
    const byName = base.openStore({ settings: { table: 'Tickets' } });
    expect(byName.addressOf('recAAAAAAAAAAAAAA')).toBeNull();
    await byName.people();
    expect(byName.addressOf('recAAAAAAAAAAAAAA')).toBe(store.addressOf('recAAAAAAAAAAAAAA'));
  });
});
