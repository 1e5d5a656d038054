import { ulid } from 'ulid';
import { Problem } from '../../src/domain/problem.ts';
import type { StoreGiven } from '../../src/kit/connector.ts';
import { mergeByKey } from '../../src/kit/store/merge-writes.ts';
import type { RowDatabase } from '../../src/ports/row-database.ts';
import {
  type Cell,
  type Cells,
  type ChangedRows,
  type Column,
  ROW_GONE,
  type RowWrite,
  type StoreAbilities,
  type StoreFinding,
  type StoredRow,
  type StorePerson,
  type TicketStore,
  type Watermark,
  type WriteOutcome,
} from '../../src/ports/ticket-store.ts';
import type { EmbeddedSettings } from './settings.ts';
import { DeskChange, DeskRow, Present, TableFound, Written } from './wire.ts';

/** Rows that one call of `changesSince` returns at most: to read and take in so many holds up the thread for 30 ms. */
const PAGE = 50;

/** Before the first revision, which is 1. */
const BEGINNING: Watermark = '0';

const ABILITIES: StoreAbilities = {
  // A request costs nothing here, and while a statement runs no sender is acknowledged.
  writeBatch: 25,
  requestsPerSecond: null,
  // Airtable's limit, so that a desk that moves there later needs no text cut.
  longestText: 100_000,
  tellsDeletions: true,
  tellsEditors: true,
  // Next door, asking costs little and people see their edits taken over at once.
  pollSeconds: { busy: 5, quiet: 15 },
  writeDelaySeconds: { awaited: 0, other: 0 },
  requestsPerMonth: null,
};

const SELECT_ROW = `select id, key, cells::text as cells, created_at::text as created_at, edited_by from desk_rows`;

/**
 * Tombstones and rows in the order in which they were committed; see the migration for why that order holds. Each
 * is limited by itself, so that a page is a few steps into two indexes, however much has changed.
 */
const SELECT_CHANGES = `
  select * from (
    (select false as gone, revision::text as revision, id, key, cells::text as cells, created_at::text as created_at,
      edited_by, revision as position
    from desk_rows where revision > $1::bigint order by desk_rows.revision limit $2::int)
    union all
    (select true, revision::text, id, null, null, null, null, revision
    from desk_rows_gone where revision > $1::bigint order by desk_rows_gone.revision limit $2::int)
  ) changes order by position limit $2::int`;

/** Everything in one statement: rows by id are merged into, rows by key are made or merged into. */
const WRITE = `
  with writes as (
    select * from jsonb_to_recordset($1::text::jsonb) as write (id text, key text, cells jsonb, new_id text)
  ), patched as (
    update desk_rows as held
    set cells = held.cells || writes.cells, key = writes.key, edited_by = null, write_id = $2::text
    from writes
    where held.id = writes.id
      and not exists (select from desk_rows as other where other.key = writes.key and other.id <> writes.id)
    returning held.id, held.key
  ), upserted as (
    insert into desk_rows as held (id, key, cells, created_at, write_id)
    select new_id, key, cells, $3::text::timestamptz, $2::text from writes where id is null
    on conflict (key) do update
    set cells = held.cells || excluded.cells, edited_by = null, write_id = excluded.write_id
    returning held.id, held.key
  )
  select id, key from patched union all select id, key from upserted`;

/** Opens the embedded store on our own database. */
export function createEmbeddedStore(
  _settings: EmbeddedSettings,
  { rows, now, columns }: Pick<StoreGiven, 'rows' | 'now' | 'columns'>,
): TicketStore {
  return {
    place: 'embedded',
    abilities: ABILITIES,
    write: (writes) => write(writes, { rows, now, columns: columns() }),
    changesSince: (watermark) => changesSince(watermark, rows, columns()),
    read: (ids) => rowsBy('id', ids, { rows, columns: columns() }),
    find: (keys) => rowsBy('key', keys, { rows, columns: columns() }),
    check: () => checkTable(rows),
    // The rows live and die with the rest of the database, so there is nothing that they alone would remember.
    fit: (column, cell) => (column === 'memory' ? null : cell),
    people: async () => peopleOf(columns()),
    addressOf: () => null,
  };
}

interface Writing {
  rows: RowDatabase;
  now: StoreGiven['now'];
  columns: readonly Column[];
}

async function write(writes: readonly RowWrite[], { rows, now, columns }: Writing): Promise<readonly WriteOutcome[]> {
  const refused = new Map(writes.flatMap((each) => refusalOf(each, columns)));
  const accepted = mergeByKey(writes.filter((each) => !refused.has(each.key)));
  const written = new Map<string, string>();
  for (const batch of batchesOf(accepted, ABILITIES.writeBatch)) {
    for (const { key, id } of await writeBatch(batch, rows, now())) written.set(key, id);
  }
  for (const missing of accepted.filter(({ key }) => !written.has(key))) {
    refused.set(missing.key, await explainMissing(missing, rows));
  }
  return writes.map(({ key }) => outcomeOf(key, { refused, written }));
}

async function writeBatch(batch: readonly RowWrite[], rows: RowDatabase, at: Temporal.Instant): Promise<Written[]> {
  const prepared = batch.map((each) => ({ ...each, new_id: each.id === null ? ulid() : null }));
  const found = await rows.run(WRITE, [JSON.stringify(prepared), ulid(), at.toString()]);
  return found.map((row) => Written.parse(row));
}

function outcomeOf(
  key: string,
  { refused, written }: { refused: ReadonlyMap<string, Problem>; written: ReadonlyMap<string, string> },
): WriteOutcome {
  const id = written.get(key);
  if (id !== undefined) return { key, id };
  return { key, refused: refused.get(key) ?? rowGone(key) };
}

function* batchesOf<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}

/** What PostgreSQL cannot keep, or a person could not read, is refused before it spoils the batch. */
function refusalOf({ key, cells }: RowWrite, columns: readonly Column[]): [string, Problem][] {
  for (const [name, cell] of Object.entries(cells)) {
    const wrong = wrongWith(name, cell, columns);
    if (wrong !== null) return [[key, unfitCell(key, name, wrong)]];
  }
  return [];
}

function wrongWith(name: string, cell: Cell, columns: readonly Column[]): string | null {
  if (name === 'key' || !columns.some((column) => column.name === name)) return 'is no column of the table';
  const texts = typeof cell === 'string' ? [cell] : Array.isArray(cell) ? cell : [];
  if (texts.some((text: string) => text.length > ABILITIES.longestText)) {
    return `is longer than ${ABILITIES.longestText} characters`;
  }
  if (texts.some((text: string) => text.includes('\0') || !text.isWellFormed())) {
    return 'holds a character that no text may hold (a NUL, or half of a pair)';
  }
  if (typeof cell === 'number' && !Number.isFinite(cell)) return `is ${cell}, which is no number that can be kept`;
  return null;
}

async function explainMissing({ id, key }: RowWrite, rows: RowDatabase): Promise<Problem> {
  const found = await rows.run('select id from desk_rows where id = $1::text', [id]);
  if (id === null || found.map((row) => Present.parse(row)).length === 0) return rowGone(key);
  return new Problem({
    code: 'store.key-taken',
    message: `The key ${key} belongs to another row than ${id}.`,
    fix: 'Clear the cell Key in the row that was copied; it then becomes a ticket of its own.',
  });
}

function rowGone(key: string): Problem {
  return new Problem({
    code: ROW_GONE,
    message: `The row of ticket ${key} is no longer in the table.`,
    fix: 'Nothing is to be done if it was deleted on purpose; the ticket stays in Tabledesk, marked as detached.',
  });
}

function unfitCell(key: string, name: string, wrong: string): Problem {
  return new Problem({
    code: 'store.value-refused',
    message: `The value of "${name}" of ticket ${key} ${wrong}.`,
    fix: 'Change the value in the console; the row is then written again.',
  });
}

async function changesSince(
  watermark: Watermark | null,
  rows: RowDatabase,
  columns: readonly Column[],
): Promise<ChangedRows> {
  const found = await rows.run(SELECT_CHANGES, [watermark ?? BEGINNING, PAGE]);
  const changes = found.map((row) => DeskChange.parse(row));
  return {
    rows: changes.flatMap((change) => (change.gone ? [] : [storedRow(change, columns)])),
    deletedIds: changes.flatMap((change) => (change.gone ? [change.id] : [])),
    watermark: changes.at(-1)?.revision ?? watermark ?? BEGINNING,
    more: changes.length === PAGE,
  };
}

async function rowsBy(
  name: 'id' | 'key',
  wanted: readonly string[],
  { rows, columns }: Pick<Writing, 'rows' | 'columns'>,
): Promise<StoredRow[]> {
  if (wanted.length === 0) return [];
  const found = await rows.run(
    `${SELECT_ROW} where ${name} = any(array(select jsonb_array_elements_text($1::text::jsonb)))`,
    [JSON.stringify(wanted)],
  );
  return found.map((row) => storedRow(DeskRow.parse(row), columns));
}

function storedRow(row: DeskRow, columns: readonly Column[]): StoredRow {
  return {
    id: row.id,
    key: row.key,
    cells: cellsOf(row, columns),
    createdAt: row.created_at,
    editedBy: row.edited_by,
  };
}

/** By hand anything can be typed. What is no cell at all reads as its JSON, so that it is seen and can be mended. */
function cellsOf(row: DeskRow, columns: readonly Column[]): Cells {
  const named = columns.filter(({ name }) => name !== 'key');
  return Object.fromEntries(named.map((column) => [column.name, cellOf(heldIn(row, column))]));
}

/** A column of the team's own is a key that a script added, written as rules have it or with other capitals. */
function heldIn({ cells }: DeskRow, { name, title, edits }: Column): DeskRow['cells'][string] | undefined {
  if (edits !== 'read') return cells[name];
  if (Object.hasOwn(cells, title)) return cells[title];
  return Object.entries(cells).find(([key]) => key.toLowerCase() === title.toLowerCase())?.[1];
}

function cellOf(value: DeskRow['cells'][string] | undefined): Cell {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** The columns are ours, so only the table itself can be missing: when another database was put in place. */
async function checkTable(rows: RowDatabase): Promise<readonly StoreFinding[]> {
  const found = await rows.run("select to_regclass('desk_rows') is not null as found", []);
  if (found.some((row) => TableFound.parse(row).found)) return [];
  const message = 'The table desk_rows is missing in the database.';
  return [{ severity: 'error', message, fix: 'Start Tabledesk again; it makes its tables.', fixable: false }];
}

/** Whom tickets can be assigned to: the agents of the config, as there is no other list. */
function peopleOf(columns: readonly Column[]): StorePerson[] {
  const agents = columns.flatMap(({ type }) => (type.kind === 'person' ? type.agents : []));
  return agents.map(({ name, email }) => ({ id: name, name, email }));
}
