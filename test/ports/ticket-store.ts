/**
 * What every ticket store must keep, whatever base is behind it. Each store's test opens one and hands it
 * in; rows are read back, and edited as people edit, on a second path that is not the store's own code.
 */
import { ulid } from 'ulid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import {
  type Cell,
  type Cells,
  type ChangedRows,
  type Column,
  ROW_GONE,
  type RowWrite,
  type StoredComment,
  type StoredRow,
  type TicketStore,
  type Watermark,
  type WriteOutcome,
} from '../../src/ports/ticket-store.ts';
import { sameCell } from '../../src/sync/cells.ts';
import { storeColumns } from '../../src/sync/team-columns.ts';
import { aPolicy, aRule } from '../support/builders.ts';

/** Rules that ask for columns of the team's own; whoever opens a base here adds them, all as text. */
const ASKING = ['row.Plan', 'row.Contract value'].map((field) =>
  aRule({ priority: 'high' as const }, { name: field, when: { kind: 'empty', field, empty: false } }),
);

/** The columns that a store is opened with here. */
export const SUITE_COLUMNS: readonly Column[] = storeColumns(aPolicy({ triage: { rules: ASKING } }));

export interface OpenStore {
  store: TicketStore;
  /** The row as the base has it, by another way than the store; null when it is not there. */
  readBack(id: string): Promise<{ key: string | null; cells: Cells } | null>;
  /** How many rows the base has, by that other way. */
  countRows(): Promise<number>;
  /** What people do. */
  editByHand(id: string, cells: Cells, by: string): Promise<void>;
  addByHand(cells: Cells, by: string): Promise<string>;
  deleteByHand(id: string): Promise<void>;
  /** Left out where nobody can write beside a row. */
  commentByHand?(id: string, text: string, by: string): Promise<void>;
  close(): Promise<void>;
}

export interface Suite {
  name: string;
  open(): Promise<OpenStore>;
}

/** Writes for the column types that a base could get wrong. */
const FULL: Cells = {
  ticket: 'T-1042 Payment failed',
  number: 1042,
  subject: 'Payment failed',
  description: 'My card was charged twice.\n\nPlease help.',
  requesterName: 'Greta Holm',
  requesterEmail: 'greta@example.com',
  category: 'billing',
  priority: 'High',
  status: 'Open',
  tags: ['vip', 'card'],
  firstResponseDueAt: '2026-11-20T14:30:00.000Z',
  reopenCount: 0,
  confidence: 0.87,
  needsReview: true,
  why: 'Billing, because the text says “payment failed”.',
};

/** Runs the conformance suite for one store. */
export function ticketStoreSuite({ name, open }: Suite): void {
  describe(name, () => {
    let base: OpenStore;
    beforeAll(async () => {
      base = await open();
    });
    afterAll(() => base.close());

    describe('write', () => {
      it('makes a row of a key that the base does not have', async () => {
        const key = ulid();
        const id = await create(base, key, FULL);
        const found = await base.readBack(id);
        expect(found?.key).toBe(key);
        expectCells(found?.cells, FULL);
      });

      it('changes nothing when the same write comes again', async () => {
        const key = ulid();
        const id = await create(base, key, FULL);
        const rows = await base.countRows();
        expect(await base.store.write([{ id: null, key, cells: FULL }])).toEqual([{ key, id }]);
        expect(await base.store.write([{ id, key, cells: FULL }])).toEqual([{ key, id }]);
        expect(await base.countRows()).toBe(rows);
        expectCells((await base.readBack(id))?.cells, FULL);
      });

      it('writes more rows than fit into one request, and answers in their order', async () => {
        const { writeBatch } = base.store.abilities;
        const writes = Array.from({ length: writeBatch + 3 }, (_, index): RowWrite => {
          return { id: null, key: ulid(), cells: { subject: `Request ${index}`, number: index } };
        });
        const outcomes = await base.store.write(writes);
        expect(outcomes.map(({ key }) => key)).toEqual(writes.map(({ key }) => key));
        const last = await base.readBack(idOf(outcomes.at(-1)));
        expectCells(last?.cells, { subject: `Request ${writeBatch + 2}`, number: writeBatch + 2 });
      });

      it('makes and changes rows in one call', async () => {
        const [old, fresh] = [ulid(), ulid()];
        const id = await create(base, old, { subject: 'Old' });
        const outcomes = await base.store.write([
          { id: null, key: fresh, cells: { subject: 'Fresh' } },
          { id, key: old, cells: { status: 'Open' } },
        ]);
        expect(outcomes[1]).toEqual({ key: old, id });
        expectCells((await base.readBack(idOf(outcomes[0])))?.cells, { subject: 'Fresh' });
        expectCells((await base.readBack(id))?.cells, { subject: 'Old', status: 'Open' });
      });

      it('leaves columns alone that a write does not name', async () => {
        const key = ulid();
        const id = await create(base, key, FULL);
        await base.store.write([{ id, key, cells: { status: 'Pending' } }]);
        await base.store.write([{ id: null, key, cells: { priority: 'Low' } }]);
        expectCells((await base.readBack(id))?.cells, { ...FULL, status: 'Pending', priority: 'Low' });
      });

      it('gives a row that a person typed its key', async () => {
        const key = ulid();
        const id = await base.addByHand({ subject: 'By phone' }, 'Ana');
        expect(await base.store.write([{ id, key, cells: { number: 7 } }])).toEqual([{ key, id }]);
        const found = await base.readBack(id);
        expect(found?.key).toBe(key);
        expectCells(found?.cells, { subject: 'By phone', number: 7 });
      });

      it.each(['subject', 'number', 'category', 'tags', 'firstResponseDueAt', 'needsReview', 'requesterEmail'])(
        'clears %s with null',
        async (column) => {
          const key = ulid();
          const id = await create(base, key, FULL);
          await base.store.write([{ id, key, cells: { [column]: null } }]);
          expectCells((await base.readBack(id))?.cells, { ...FULL, [column]: null });
          expectCells((await readOne(base, id)).cells, { ...FULL, [column]: null });
        },
      );

      it('replaces a list as a whole', async () => {
        const key = ulid();
        const id = await create(base, key, { tags: ['vip', 'card'] });
        await base.store.write([{ id, key, cells: { tags: ['card', 'refund'] } }]);
        expectCells((await base.readBack(id))?.cells, { tags: ['card', 'refund'] });
      });

      it.each([
        ['emoji and family emoji', '💳 failed 👩‍👩‍👧‍👦 twice'],
        ['right to left', 'فشل الدفع مرتين'],
        ['quotes, braces and formulas', `=1+1 'a' "b" {c} \\d <e> %s`],
        ['a line end and a tab', 'one\ntwo\tthree'],
        ['a formula of a spreadsheet', `=HYPERLINK("https://evil.example";"here")`],
        ['a formula of the base', `{Requester} & RECORD_ID() & 'x',1)`],
        ['signs that begin a formula', '+1 -1 @SUM(A1)'],
        ['wide signs that begin one', '＝1+1 ＋1 －1 ＠SUM(A1)'],
      ])('keeps %s as they are (A-007)', async (_, text) => {
        const id = await create(base, ulid(), { description: text });
        expect((await base.readBack(id))?.cells['description']).toBe(text);
        expect((await readOne(base, id)).cells['description']).toBe(text);
      });

      it('keeps the longest text that it says it can', async () => {
        const text = '👩‍🚀'.repeat(base.store.abilities.longestText).slice(0, base.store.abilities.longestText - 1);
        const whole = text.replace(/[\uD800-\uDBFF]$/, '');
        const id = await create(base, ulid(), { description: whole });
        expect((await base.readBack(id))?.cells['description'] === whole).toBe(true);
      });

      it('refuses a row that it cannot keep, and writes the others', async () => {
        const [bad, good] = [ulid(), ulid()];
        const tooLong = 'x'.repeat(base.store.abilities.longestText + 1);
        const outcomes = await base.store.write([
          { id: null, key: bad, cells: { description: tooLong } },
          { id: null, key: good, cells: { subject: 'Fine' } },
        ]);
        expect(refusalOf(outcomes[0])).toMatchObject({
          retry: 'never',
          message: expect.stringContaining('description'),
        });
        expectCells((await base.readBack(idOf(outcomes[1])))?.cells, { subject: 'Fine' });
      });

      it('refuses to write to a row that is gone, and never makes it anew', async () => {
        const key = ulid();
        const id = await create(base, key, { subject: 'Gone soon' });
        await base.deleteByHand(id);
        const rows = await base.countRows();
        const outcomes = await base.store.write([{ id, key, cells: { status: 'Open' } }]);
        expect(refusalOf(outcomes[0]).code).toBe(ROW_GONE);
        expect(await base.countRows()).toBe(rows);
      });
    });

    describe('changesSince', () => {
      it('reads everything from the beginning', async () => {
        const key = ulid();
        const id = await create(base, key, FULL);
        const { rows } = await readToEnd(base, null);
        const row = rows.find((each) => each.id === id);
        expect(row?.key).toBe(key);
        expectCells(row?.cells, FULL);
      });

      it('shows what a person edited, and who where it can', async () => {
        const id = await create(base, ulid(), { subject: 'Old', status: 'New' });
        const { watermark } = await readToEnd(base, null);
        await base.editByHand(id, { status: 'Resolved', tags: ['done'] }, 'Ana');
        const { rows } = await readToEnd(base, watermark);
        const row = rows.find((each) => each.id === id);
        expectCells(row?.cells, { subject: 'Old', status: 'Resolved', tags: ['done'] });
        expect(row?.editedBy).toBe(base.store.abilities.tellsEditors ? 'Ana' : null);
      });

      it('shows what a person cleared', async () => {
        const id = await create(base, ulid(), FULL);
        const { watermark } = await readToEnd(base, null);
        await base.editByHand(id, { category: null, tags: null, needsReview: false }, 'Ana');
        const { rows } = await readToEnd(base, watermark);
        const cleared = { ...FULL, category: null, tags: null, needsReview: false };
        expectCells(rows.find((each) => each.id === id)?.cells, cleared);
      });

      it('shows a row that a person typed, without a key (A-015)', async () => {
        const { watermark } = await readToEnd(base, null);
        const id = await base.addByHand({ subject: 'By phone', priority: 'High' }, 'Ana');
        const { rows } = await readToEnd(base, watermark);
        const row = rows.find((each) => each.id === id);
        expect(row?.key).toBeNull();
        expectCells(row?.cells, { subject: 'By phone', priority: 'High' });
      });

      it('tells of a deleted row if it says that it does', async () => {
        const id = await create(base, ulid(), { subject: 'Gone soon' });
        const { watermark } = await readToEnd(base, null);
        await base.deleteByHand(id);
        const { deletedIds, rows } = await readToEnd(base, watermark);
        expect(deletedIds.includes(id)).toBe(base.store.abilities.tellsDeletions);
        expect(rows.map((row) => row.id)).not.toContain(id);
      });

      it('names every column in every row, with null for an empty cell', async () => {
        const id = await create(base, ulid(), { subject: 'Bare' });
        const { rows } = await readToEnd(base, null);
        const names = SUITE_COLUMNS.map((column) => column.name).filter((column) => column !== 'key');
        expect(Object.keys(rows.find((each) => each.id === id)?.cells ?? {}).sort()).toEqual(names.sort());
      });

      it('misses nothing when people edit while it reads', async () => {
        const ids = await Promise.all(Array.from({ length: 8 }, () => create(base, ulid(), { subject: 'Busy' })));
        let { watermark } = await readToEnd(base, null);
        const seen = new Map<string, Cell>();
        for (let round = 1; round <= 5; round += 1) {
          const edits = ids.map((id, index) => base.editByHand(id, { number: round * 100 + index }, 'Ana'));
          const reading = readToEnd(base, watermark);
          const read = await reading;
          await Promise.all(edits);
          for (const row of read.rows) seen.set(row.id, row.cells['number'] ?? null);
          watermark = read.watermark;
        }
        for (const row of (await readToEnd(base, watermark)).rows) seen.set(row.id, row.cells['number'] ?? null);
        expect(ids.map((id) => seen.get(id))).toEqual(ids.map((_, index) => 500 + index));
      });
    });

    describe('columns of the team’s own', () => {
      it('are read with the row, and an edit of one is a change', async () => {
        const id = await create(base, ulid(), FULL);
        const { watermark } = await readToEnd(base, null);
        await base.editByHand(id, { 'row.plan': 'Gold', 'row.contract value': '1200' }, 'Ana');
        const { rows } = await readToEnd(base, watermark);
        const row = rows.find((each) => each.id === id);
        expectCells(row?.cells, { ...FULL, 'row.plan': 'Gold', 'row.contract value': '1200' });
        expect((await readOne(base, id)).cells).toEqual(row?.cells);
      });

      it('are read with a row that a person typed, and say so when they are emptied', async () => {
        const id = await base.addByHand({ subject: 'By phone', 'row.plan': 'Gold' }, 'Ana');
        const { rows, watermark } = await readToEnd(base, null);
        expectCells(rows.find((each) => each.id === id)?.cells, { subject: 'By phone', 'row.plan': 'Gold' });
        await base.editByHand(id, { 'row.plan': null }, 'Ana');
        const after = await readToEnd(base, watermark);
        expectCells(after.rows.find((each) => each.id === id)?.cells, { subject: 'By phone', 'row.plan': null });
      });

      it('stay as they are whatever is written', async () => {
        const key = ulid();
        const id = await create(base, key, FULL);
        await base.editByHand(id, { 'row.plan': 'Gold' }, 'Ana');
        await base.store.write([{ id, key, cells: { ...FULL, status: 'Pending' } }]);
        await base.store.write([{ id: null, key, cells: { priority: 'Low' } }]);
        const expected = { ...FULL, status: 'Pending', priority: 'Low', 'row.plan': 'Gold' };
        expectCells((await readOne(base, id)).cells, expected);
      });
    });

    describe('read', () => {
      it('reads rows by their ids, and leaves out those that are gone', async () => {
        const [key, gone] = [ulid(), ulid()];
        const id = await create(base, key, FULL);
        const goneId = await create(base, gone, { subject: 'Gone soon' });
        await base.deleteByHand(goneId);
        const rows = await base.store.read([goneId, id]);
        expect(rows.map((row) => [row.id, row.key])).toEqual([[id, key]]);
        expectCells(rows[0]?.cells, FULL);
      });

      it('shows at once what was written', async () => {
        const key = ulid();
        const id = await create(base, key, { status: 'New' });
        await base.store.write([{ id, key, cells: { status: 'Open' } }]);
        expectCells((await readOne(base, id)).cells, { status: 'Open' });
      });

      it('finds rows by their keys, and nothing for a key that no row has', async () => {
        const key = ulid();
        const id = await create(base, key, FULL);
        const rows = await base.store.find([ulid(), key]);
        expect(rows.map((row) => [row.id, row.key])).toEqual([[id, key]]);
        expectCells(rows[0]?.cells, FULL);
        expect(await base.store.find([])).toEqual([]);
      });

      it('reads nothing when asked for nothing', async () => {
        expect(await base.store.read([])).toEqual([]);
      });
    });

    describe('comments', () => {
      beforeEach(({ skip }) => skip(base.store.comments === undefined, 'this store has none'));

      it('are told in their order, with who wrote them, each with an id of its own that it keeps', async () => {
        const id = await create(base, ulid(), { subject: 'Look at me' });
        await base.commentByHand?.(id, 'Called the customer.', 'Ana');
        await base.commentByHand?.(id, 'Waits for the invoice.', 'Ben');
        const found = await commentsOf(base, id);
        expect(found).toMatchObject([
          { by: 'Ana', text: 'Called the customer.' },
          { by: 'Ben', text: 'Waits for the invoice.' },
        ]);
        expect(new Set(found.map((comment) => comment.id)).size).toBe(2);
        expect(await commentsOf(base, id)).toEqual(found);
      });

      it('are none beside a row where nobody wrote, or that is gone', async () => {
        const id = await create(base, ulid(), { subject: 'Look at me' });
        expect(await commentsOf(base, id)).toEqual([]);
        await base.deleteByHand(id);
        expect(await commentsOf(base, id)).toEqual([]);
      });

      it('change nothing of the row', async () => {
        const id = await create(base, ulid(), FULL);
        const row = await readOne(base, id);
        await base.commentByHand?.(id, 'Called the customer.', 'Ana');
        expect((await readOne(base, id)).cells).toEqual(row.cells);
      });
    });

    describe('the rest', () => {
      it('finds nothing wrong with a base that was made for it', async () => {
        expect(await base.store.check()).toEqual([]);
      });

      it('lists people whom a ticket can be assigned to, and keeps their name in the row', async () => {
        const people = await base.store.people();
        expect(people.map((person) => person.name)).toContain('Ana');
        const id = await create(base, ulid(), { assignee: 'Ana' });
        expectCells((await readOne(base, id)).cells, { assignee: 'Ana' });
      });

      it('declares limits that a flush can work with', () => {
        const { writeBatch, requestsPerSecond, longestText } = base.store.abilities;
        expect(writeBatch).toBeGreaterThanOrEqual(1);
        expect(requestsPerSecond === null || requestsPerSecond > 0).toBe(true);
        expect(longestText).toBeGreaterThanOrEqual(10_000);
      });

      it('has an address for a row, or says that there is none', async () => {
        const id = await create(base, ulid(), { subject: 'Look at me' });
        const address = base.store.addressOf(id);
        expect(address === null || URL.canParse(address)).toBe(true);
      });
    });
  });
}

async function create({ store }: OpenStore, key: string, cells: Cells): Promise<string> {
  const [outcome] = await store.write([{ id: null, key, cells }]);
  return idOf(outcome);
}

function idOf(outcome: WriteOutcome | undefined): string {
  if (outcome === undefined || !('id' in outcome)) throw new Error(`not written: ${JSON.stringify(outcome)}`);
  return outcome.id;
}

function refusalOf(outcome: WriteOutcome | undefined): Problem {
  if (outcome === undefined || !('refused' in outcome)) throw new Error(`not refused: ${JSON.stringify(outcome)}`);
  expect(outcome.refused).toBeInstanceOf(Problem);
  return outcome.refused;
}

async function readOne({ store }: OpenStore, id: string): Promise<StoredRow> {
  const [row] = await store.read([id]);
  if (row === undefined) throw new Error(`no row ${id}`);
  return row;
}

async function commentsOf({ store }: OpenStore, id: string): Promise<readonly StoredComment[]> {
  const found = await store.comments?.read(id, { isAwaited: true });
  if (found === undefined || typeof found === 'string') throw new Error(`no comments: ${found}`);
  return found;
}

/** All pages, as one. Later pages win, as they are newer. */
async function readToEnd({ store }: OpenStore, from: Watermark | null): Promise<Omit<ChangedRows, 'more'>> {
  const rows = new Map<string, StoredRow>();
  const deletedIds = new Set<string>();
  for (let watermark = from; ;) {
    const page = await store.changesSince(watermark);
    for (const row of page.rows) rows.set(row.id, row);
    for (const id of page.deletedIds) {
      deletedIds.add(id);
      rows.delete(id);
    }
    if (!page.more) return { rows: [...rows.values()], deletedIds: [...deletedIds], watermark: page.watermark };
    watermark = page.watermark;
  }
}

/** Compares by what a person would see: a base may keep nothing, moments and lists in its own way. */
function expectCells(found: Cells | undefined, expected: Cells): void {
  const wrong = Object.entries(expected).filter(([name, cell]) => {
    const column = SUITE_COLUMNS.find((each) => each.name === name);
    return column === undefined || !sameCell(column.type, found?.[name] ?? null, cell);
  });
  expect(wrong.map(([name]) => [name, found?.[name] ?? null])).toEqual(wrong);
}
