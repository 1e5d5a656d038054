import { sql } from 'drizzle-orm';
import pg from 'pg';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TicketStore } from '../../../src/ports/ticket-store.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { SUITE_COLUMNS } from '../../ports/ticket-store.ts';
import { anEmbeddedStore, byHand } from './desk-rows.ts';

describe.each(ENGINES)('the embedded store on %s', (engine) => {
  let database: TestDatabase;
  let store: TicketStore;
  beforeAll(async () => {
    database = await aDatabase(engine);
    store = anEmbeddedStore(database.connection, SUITE_COLUMNS);
  });
  afterAll(() => database.drop());

  it('hands out changes in pages, and misses none at their seams', async () => {
    const keys = Array.from({ length: 110 }, () => ulid());
    await store.write(keys.map((key) => ({ id: null, key, cells: { subject: 'One of many' } })));
    const pages = [];
    for (let from: string | null = null, more = true; more;) {
      const page = await store.changesSince(from);
      pages.push(page.rows.map((row) => row.key));
      [from, more] = [page.watermark, page.more];
    }
    expect(pages.map((page) => page.length)).toEqual([50, 50, 10]);
    expect(new Set(pages.flat())).toEqual(new Set(keys));
  });

  it('signs an edit by hand with the database user unless a name is given, and never a write of ours', async () => {
    const key = ulid();
    const [outcome] = await store.write([{ id: null, key, cells: { status: 'New' } }]);
    const id = outcome !== undefined && 'id' in outcome ? outcome.id : '';
    const editors = [];
    for (const edit of [
      sql`update desk_rows set cells = cells || '{"status": "Open"}' where id = ${id}`,
      sql`update desk_rows set cells = cells || '{"status": "Pending"}', edited_by = 'Ana' where id = ${id}`,
    ]) {
      await database.connection.queries.execute(edit);
      editors.push((await store.read([id]))[0]?.editedBy);
    }
    await store.write([{ id, key, cells: { status: 'Open' } }]);
    editors.push((await store.read([id]))[0]?.editedBy);
    expect(editors).toEqual(['postgres', 'Ana', null]);
  });

  it('merges two writes of one key into one row, the later winning', async () => {
    const key = ulid();
    const outcomes = await store.write([
      { id: null, key, cells: { subject: 'First', status: 'New' } },
      { id: null, key, cells: { status: 'Open' } },
    ]);
    expect(outcomes[0]).toEqual(outcomes[1]);
    const [outcome] = outcomes;
    const found = await byHand(database.connection).readBack(
      outcome !== undefined && 'id' in outcome ? outcome.id : '',
    );
    expect(found?.cells).toEqual({ subject: 'First', status: 'Open' });
  });

  it('refuses to give a row a key that another row has', async () => {
    const key = ulid();
    await store.write([{ id: null, key, cells: { subject: 'Has it' } }]);
    const id = await byHand(database.connection).addByHand({ subject: 'Wants it' }, 'Ana');
    expect(await store.write([{ id, key, cells: {} }])).toMatchObject([{ key, refused: { code: 'store.key-taken' } }]);
  });

  it.each([
    ['a NUL', 'a\0b'],
    ['half of a character', 'a\uD83D'],
  ])('refuses %s, which the database cannot keep', async (_, text) => {
    const key = ulid();
    expect(await store.write([{ id: null, key, cells: { subject: text } }])).toMatchObject([
      { key, refused: { code: 'store.value-refused', retry: 'never' } },
    ]);
  });

  it('refuses a column that it was not told of', async () => {
    const key = ulid();
    expect(await store.write([{ id: null, key, cells: { colour: 'red' } }])).toMatchObject([
      { refused: { message: `The value of "colour" of ticket ${key} is no column of the table.` } },
    ]);
  });

  it('shows what is no cell at all as its JSON, so that it can be mended', async () => {
    const { rows } = (await database.connection.queries.execute(
      sql`insert into desk_rows (cells) values ('{"subject": {"a": 1}, "tags": [1, "b"], "number": "seven"}') returning id`,
    )) as { rows: { id: string }[] };
    const [row] = await store.read([rows[0]?.id ?? '']);
    expect(row?.cells).toMatchObject({ subject: '{"a":1}', tags: ['1', 'b'], number: 'seven' });
  });

  it('shows a row again that was deleted and typed anew under its id', async () => {
    const { queries } = database.connection;
    await queries.execute(sql`insert into desk_rows (id, cells) values ('again', '{}')`);
    const from = await endOf(store);
    await queries.execute(sql`delete from desk_rows where id = 'again'`);
    await queries.execute(sql`insert into desk_rows (id, cells) values ('again', '{}')`);
    const changed = await store.changesSince(from);
    expect([changed.rows.map((row) => row.id), changed.deletedIds]).toEqual([['again'], []]);
  });
});

describe('the embedded store under writers that commit late', () => {
  let database: TestDatabase;
  let slow: pg.Client;
  beforeAll(async () => {
    database = await aDatabase('postgres');
    slow = new pg.Client({ connectionString: database.where.url });
    await slow.connect();
  });
  afterAll(async () => {
    await slow.end();
    await database.drop();
  });

  it('misses no change whose number is lower than one that was read already', async () => {
    const store = anEmbeddedStore(database.connection, SUITE_COLUMNS);
    await slow.query('begin');
    await slow.query(`insert into desk_rows (id, cells) values ('late', '{}')`);
    // Without turns this one would get a higher number, be read first, and move the watermark past the other.
    const quick = store.write([{ id: null, key: ulid(), cells: { subject: 'Quick' } }]);
    const first = await store.changesSince(null);
    await slow.query('commit');
    await quick;
    const second = await store.changesSince(first.watermark);
    expect([...first.rows, ...second.rows].map((row) => row.id)).toContain('late');
    expect([...first.rows, ...second.rows]).toHaveLength(2);
  });

  it('loses no write when many writers meet', async () => {
    const store = anEmbeddedStore(database.connection, SUITE_COLUMNS);
    const key = ulid();
    const [outcome] = await store.write([{ id: null, key, cells: { subject: 'Busy' } }]);
    const id = outcome !== undefined && 'id' in outcome ? outcome.id : '';
    const columns = ['status', 'priority', 'severity', 'category', 'queue', 'assignee'];
    const { editByHand } = byHand(database.connection);
    await Promise.all([
      ...columns.map((name) => editByHand(id, { [name]: `edited ${name}` }, 'Ana')),
      ...Array.from({ length: 6 }, (_, index) => store.write([{ id, key, cells: { number: index } }])),
      ...Array.from({ length: 6 }, () => store.write([{ id: null, key, cells: { why: 'Ours' } }])),
    ]);
    const found = await byHand(database.connection).readBack(id);
    expect(columns.map((name) => found?.cells[name])).toEqual(columns.map((name) => `edited ${name}`));
    expect(found?.cells).toMatchObject({ subject: 'Busy', why: 'Ours' });
  });
});

async function endOf(store: TicketStore): Promise<string> {
  for (let from: string | null = null; ;) {
    const page = await store.changesSince(from);
    if (!page.more) return page.watermark;
    from = page.watermark;
  }
}
