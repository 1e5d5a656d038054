import { Problem } from '../../src/domain/problem.ts';
import { keepFields, keptFields } from '../../src/kit/store/bind-columns.ts';
import { findingOf } from '../../src/kit/store/store-findings.ts';
import { bindTable, insistOnTable, notTicked, tableFindings, tableRowGone } from '../../src/kit/wanted-tables.ts';
import type { StoreTables, TableChanges, TableRow, TableWrite, WantedTable } from '../../src/ports/store-tables.ts';
import type { Cell, StoreFinding, Watermark } from '../../src/ports/ticket-store.ts';
import type { Base } from './base.ts';
import type { Answered } from './client.ts';
import { findSource, type Found, isUnfound, WORDS } from './find-table.ts';
import { isPageId } from './filters.ts';
import type { Listing } from './pages.ts';
import { isNotFound, isRefusal } from './problems.ts';
import { putPages } from './put-pages.ts';
import { BEGINNING, nextPage, placeAfter } from './read-on.ts';
import { placeOf } from './schema.ts';
import { teamCell } from './team-columns.ts';
import { type DataSource, Found as Rows, Page, type Place, TablePlace, Written } from './wire.ts';

/** Rows to an answer, the most that Notion gives. */
const MOST = 100;

/** What is known of a table without asking. */
interface Seen {
  source: DataSource;
  at: Temporal.Instant;
}

interface Tables {
  base: Base;
  /** By the name that the config has for the table. */
  seen: Map<string, Seen>;
}

/** Reads other data sources that are shared with the connection; each is looked at once an hour. */
export function createTables(base: Base): StoreTables {
  const tables: Tables = { base, seen: new Map() };
  return {
    changesSince: (wanted, watermark) => changesSince(tables, wanted, watermark),
    tick: (wanted, write) => tick(tables, wanted, write),
    put: (wanted, entries) => putPages(base, { look: (stale) => find(tables, wanted, stale?.source ?? null), entries }),
    addressOf(table) {
      const databaseId = tables.seen.get(table)?.source.databaseId ?? null;
      return databaseId === null ? null : `https://www.notion.so/${databaseId.replaceAll('-', '')}`;
    },
    check: (wanted) => check(tables, wanted),
  };
}

async function changesSince(tables: Tables, wanted: WantedTable, watermark: Watermark | null): Promise<TableChanges> {
  const left = watermark === null ? null : (TablePlace.safeParse(watermark).data ?? null);
  const { found, place, next, rows } = await page(tables, wanted, left);
  return {
    rows: rows.map((row) => rowOf(row, found)),
    watermark: JSON.stringify({ place: next, fields: fieldIds(found) }),
    more: next.reading !== null,
    isAll: place.since === null,
  };
}

interface PageRead {
  found: Found;
  /** Where the page was read from, which is not where reading left off once the columns have changed. */
  place: Place;
  next: Place;
  rows: readonly Page[];
}

/** One page. What only a table that was changed can answer has us look at it again, once. */
async function page(tables: Tables, wanted: WantedTable, left: Left | null): Promise<PageRead> {
  const found = await find(tables, wanted);
  const read = await pageIn(tables, found, placeIn(found, left)).catch((error: unknown) => {
    if (isRefusal(error) || isNotFound(error)) return null;
    throw error;
  });
  if (read !== null && read.rows.every((row) => isAsExpected(row, found))) return read;
  const again = await find(tables, wanted, found.source);
  return pageIn(tables, again, placeIn(again, left));
}

type Left = { place: Place; fields: readonly string[] };

/** Where to read on; from the beginning where other properties are read than before. */
function placeIn(found: Found, left: Left | null): Place {
  return left !== null && left.fields.join() === fieldIds(found).join() ? left.place : BEGINNING;
}

/** Rows in the trash are told by no query, and those that people have archived are left out. */
async function pageIn({ base }: Tables, found: Found, place: Place): Promise<PageRead> {
  const ask = async (listing: Listing) => ({ answer: await list(base, found, listing) });
  const { told, reading } = await nextPage(place, ask, base.given.now);
  const { value } = told.answer;
  return { found, place, next: placeAfter(place, reading, { ...value, hasArchived: false }), rows: value.results };
}

/** Nobody waits for a table: tickets come first. */
function list({ client }: Base, found: Found, listing: Listing): Promise<Answered<Rows>> {
  return client.ask({
    kind: 'bulk',
    method: 'post',
    path: `data_sources/${found.source.id}/query`,
    query: { filter_properties: fieldIds(found) },
    body: { page_size: MOST, ...listing },
    shape: Rows,
    isRepeatable: true,
  });
}

function fieldIds({ known }: Found): string[] {
  return [...known.bound.values()].map(({ field }) => field.id);
}

function isAsExpected({ values }: Page, { known }: Found): boolean {
  return [...known.bound.values()].every(({ field }) => values.get(field.id)?.type === field.type);
}

function rowOf({ id, values }: Page, { known }: Found): TableRow {
  const cells = [...known.bound].map(([title, { field }]) => {
    const value = values.get(field.id);
    return [title, value === undefined ? null : orEmpty(teamCell(field, value[value.type]))] as const;
  });
  return { id, values: Object.fromEntries(cells) };
}

function orEmpty(cell: Cell): Cell {
  return Array.isArray(cell) && cell.length === 0 ? null : cell;
}

/**
 * The table with the columns that it has. `stale` is what proved to be out of date. What is not there may have been
 * added a moment ago, so it is looked for once more before it is said to be missing.
 *
 * @throws Problem `store.table-missing`, `store.table-unfit`, `notion.table-unsure`
 */
async function find(tables: Tables, wanted: WantedTable, stale: DataSource | null = null): Promise<Found> {
  const seen = freshOf(tables, wanted);
  const isKnown = seen !== null && seen !== stale;
  const found = await bound(tables, wanted, isKnown ? seen : await look(tables, wanted));
  try {
    insistOnTable(found.known, WORDS);
  } catch (error) {
    if (!isKnown || !isUnfound(error)) throw error;
    return find(tables, wanted, seen);
  }
  await keepFields(tables.base.given.memory, placeOf(found.source), found.known);
  return found;
}

function freshOf({ base, seen }: Tables, { table }: WantedTable): DataSource | null {
  const known = seen.get(table);
  if (known === undefined) return null;
  const until = known.at.add({ seconds: base.budget.schemaSeconds });
  return Temporal.Instant.compare(base.given.now(), until) < 0 ? known.source : null;
}

async function look({ base, seen }: Tables, wanted: WantedTable): Promise<DataSource> {
  seen.delete(wanted.table);
  const source = await findSource(base, wanted);
  seen.set(wanted.table, { source, at: base.given.now() });
  return source;
}

async function bound({ base }: Tables, wanted: WantedTable, source: DataSource): Promise<Found> {
  const kept = await keptFields(base.given.memory, placeOf(source));
  return { source, known: bindTable(wanted, { fields: source.properties }, { kept, words: WORDS }) };
}

async function tick(tables: Tables, wanted: WantedTable, { rowId, title, ticked }: TableWrite): Promise<void> {
  const { source, known } = await find(tables, wanted);
  const field = known.bound.get(title)?.field;
  if (field?.type !== WORDS.tickType) throw notTicked(wanted, title, WORDS);
  if (!isPageId(rowId)) throw tableRowGone(wanted, WORDS);
  try {
    await tables.base.client.ask({
      method: 'patch',
      path: `pages/${rowId}`,
      query: { filter_properties: ['title'] },
      body: { properties: { [field.id]: { checkbox: ticked } } },
      shape: Written,
      isRepeatable: true,
    });
  } catch (error) {
    if ((isNotFound(error) || isRefusal(error)) && (await isGone(tables, source, rowId))) {
      throw tableRowGone(wanted, WORDS);
    }
    throw error;
  }
}

/** A row in the trash, and one that was moved elsewhere, are refused for other reasons. */
async function isGone({ base }: Tables, { id }: DataSource, rowId: string): Promise<boolean> {
  try {
    const { value } = await base.client.ask({
      method: 'get',
      path: `pages/${rowId}`,
      query: { filter_properties: ['title'] },
      shape: Page,
      isRepeatable: true,
    });
    return value.isInTrash || value.dataSourceId !== id;
  } catch (error) {
    if (isNotFound(error)) return true;
    throw error;
  }
}

async function check(tables: Tables, wanted: WantedTable): Promise<readonly StoreFinding[]> {
  try {
    const { known } = await bound(tables, wanted, await look(tables, wanted));
    return tableFindings(known, WORDS);
  } catch (error) {
    if (error instanceof Problem) return [findingOf(error)];
    throw error;
  }
}
