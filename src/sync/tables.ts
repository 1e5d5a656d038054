import type { Connection } from '../db/connection.ts';
import type { StoredProblem } from '../db/schema.ts';
import type { Policy } from '../decide/policy.ts';
import { Problem } from '../domain/problem.ts';
import type { Log } from '../kit/log.ts';
import type { Now } from '../ports/now.ts';
import type { StoreTables, TableEntry, TableWrite, WantedTable } from '../ports/store-tables.ts';
import type { TicketStore } from '../ports/ticket-store.ts';
import { restfully, restOf, storedProblem } from './rest.ts';
import type { KeptMeter } from './request-meter.ts';
import { isWholeDue, secondsToTables, type TablePulse } from './table-pace.ts';
import {
  copyCell,
  copyRows,
  countRows,
  forgetOthers,
  keepTablePlaces,
  keepTables,
  NEVER_READ,
  type TablePlace,
  tablePlaces,
} from './table-places.ts';

/** How a table of the base and we get on, for the console. */
export interface TableState {
  /** As the config has it. */
  table: string;
  usedFor: string;
  /** Where a person opens it; null where that is not known. */
  address: string | null;
  rows: number;
  /** When it was last read; null while it never was. */
  readAt: Temporal.Instant | null;
  /** Why the rows are those of then and not of now; null when they are of now. */
  problem: StoredProblem | null;
}

/** Keeps a copy of the tables of the base that the config names. */
export interface Tables {
  /**
   * Looks at the tables if that is due, and tells of each that changed. A table that cannot be read leaves the last
   * copy as it is. Rests after a failure of the base.
   */
  run(): Promise<void>;
  /** Sees to it that all of each table is read at the next look, as far as the month's requests go. */
  compareAll(): Promise<void>;
  /** Looks at the next run, whatever time it is. */
  lookSoon(): Promise<void>;
  /** Whether every table was read once, or could not be: until then nobody is to decide without what it says. */
  isKnown(): Promise<boolean>;
  /** Ticks a cell in the base and in the copy. Throws what the base says, as `StoreTables.tick` has it. */
  tick(table: string, write: TableWrite): Promise<void>;
  /** Has rows of ours in a table, as `StoreTables.put` has it; null where the base has none beside the tickets' own. */
  put: ((wanted: WantedTable, entries: readonly TableEntry[]) => Promise<void>) | null;
  state(): Promise<readonly TableState[]>;
  /** Calls back, with the name of the table, when its rows are others than before. */
  onChange(listener: (table: string) => Promise<void>): void;
}

export interface TableParts {
  connection: Connection;
  store: Pick<TicketStore, 'abilities' | 'tables'>;
  /** The tables that the config in force names. */
  wanted: () => readonly WantedTable[];
  policy: () => Policy;
  meter: Pick<KeptMeter, 'save' | 'spentThisMonth'>;
  /** Wakes the lane in which it runs. */
  wake: () => Promise<void>;
  now: Now;
  log: Log;
}

/** Runs in the lane `tables`. A base without tables, or a config that names none, is left in peace. */
export function createTables(parts: TableParts): Tables {
  const { connection, store, wanted } = parts;
  const known = new Set<string>();
  const listeners: ((table: string) => Promise<void>)[] = [];
  async function tell(table: string): Promise<void> {
    for (const listener of listeners) await listener(table);
  }
  return {
    run: () => restfully(parts, 'tables', () => lookAtTables({ ...parts, tell })),
    compareAll: () => compareAll(parts),
    lookSoon: () => lookSoon(parts),
    async isKnown() {
      const asked = () => wanted().every(({ table }) => known.has(table));
      if (store.tables === undefined || asked()) return true;
      for (const table of Object.keys((await tablePlaces(connection)).tables)) known.add(table);
      return asked() || (await restOf(connection, 'tables')) !== null;
    },
    tick: (table, write) => tick(parts, table, write),
    put: store.tables === undefined ? null : putInto(store.tables, parts.meter),
    state: () => stateOf(parts),
    onChange: (listener) => void listeners.push(listener),
  };
}

interface Telling extends TableParts {
  /** Says that the rows of a table are others than before. */
  tell(table: string): Promise<void>;
}

/** One after the other; what is wrong with one keeps no other from being read. */
async function lookAtTables(parts: Telling): Promise<void> {
  const { connection, store, wanted, now } = parts;
  const tables = store.tables === undefined ? [] : wanted();
  const { nextAt, tables: before } = await tablePlaces(connection);
  if (store.tables === undefined || tables.length === 0) return leave(parts, before);
  const isDue = nextAt === null || Temporal.Instant.compare(nextAt, now()) <= 0;
  const places: Record<string, TablePlace> = {};
  for (const each of tables) places[each.table] = placeFor(each, before[each.table]);
  const due = tables.filter(({ table }) => isDue || places[table] !== before[table]);
  if (due.length === 0 && Object.keys(before).length === tables.length) return;
  for (const each of due) {
    const place = await lookAt({ ...parts, tables: store.tables }, each, places[each.table] ?? NEVER_READ);
    places[each.table] = place;
    // Kept at once: the next one may fail in a way that ends the run.
    await keepTablePlaces(connection, { nextAt, tables: { ...before, ...places } });
  }
  const next = isDue
    ? now().add({ milliseconds: Math.round(1000 * secondsToTables(pulseOf(parts), tables.length)) })
    : nextAt;
  await keepTablePlaces(connection, { nextAt: next?.toString() ?? null, tables: places });
  await keepTables(connection, Object.keys(places));
}

/** Nobody wants a table any more. */
async function leave({ connection }: TableParts, before: Readonly<Record<string, TablePlace>>): Promise<void> {
  if (Object.keys(before).length === 0) return;
  await keepTablePlaces(connection, null);
  await keepTables(connection, []);
}

/** With other columns than before, all of the table is to be read. */
function placeFor({ columns }: WantedTable, before: TablePlace | undefined): TablePlace {
  const titles = columns.map(({ title }) => title);
  const isSame = before !== undefined && before.columns.join('\n') === titles.join('\n');
  return isSame ? before : { ...(before ?? NEVER_READ), watermark: null, columns: titles };
}

interface Looking extends Telling {
  tables: StoreTables;
}

/** What only a person can mend is noted with the table; any other failure is the base's, and is thrown, too. */
async function lookAt(parts: Looking, wanted: WantedTable, place: TablePlace): Promise<TablePlace> {
  const { now, log, tell } = parts;
  const { table } = wanted;
  const changed = { rows: 0 };
  try {
    const read = await readOn(parts, wanted, { ...place, changed });
    return { ...place, ...read, readAt: now().toString(), problem: null };
  } catch (error) {
    if (!(error instanceof Problem) || error.retry !== 'never') throw error;
    if (place.problem?.code !== error.code) log.warn({ table, code: error.code }, error.message);
    return { ...place, problem: storedProblem(error) };
  } finally {
    // Also of a reading that failed half-way: what it copied shows as unchanged to the next one.
    if (changed.rows > 0) {
      log.info({ table, rows: changed.rows }, 'rows of a table of the base changed');
      await tell(table);
    }
  }
}

/** Reads the pages that there are. What was there before and is on no page of a reading of all is gone. */
async function readOn(
  { connection, tables, now }: Looking,
  wanted: WantedTable,
  { watermark: left, changed }: Pick<TablePlace, 'watermark'> & { changed: { rows: number } },
): Promise<Pick<TablePlace, 'watermark'> & Partial<Pick<TablePlace, 'wholeAt' | 'pages'>>> {
  const at = now();
  const seen = new Set<string>();
  let pages = 0;
  for (let watermark = left; ;) {
    const page = await tables.changesSince(wanted, watermark);
    pages += 1;
    for (const { id } of page.rows) seen.add(id);
    changed.rows += await copyRows(connection, wanted.table, { rows: page.rows, at });
    watermark = page.watermark;
    if (page.more) continue;
    if (!page.isAll) return { watermark };
    changed.rows += await forgetOthers(connection, wanted.table, seen);
    return { watermark, wholeAt: at.toString(), pages };
  }
}

async function compareAll(parts: TableParts): Promise<void> {
  const { connection, store, wanted, wake } = parts;
  if (store.tables === undefined || wanted().length === 0) return;
  const { tables } = await tablePlaces(connection);
  const pulse = pulseOf(parts);
  const anew = Object.entries(tables).map(([table, place]): [string, TablePlace] => {
    const at = place.wholeAt === null ? null : Temporal.Instant.from(place.wholeAt);
    return [table, isWholeDue(pulse, { at, pages: place.pages }) ? { ...place, watermark: null } : place];
  });
  await keepTablePlaces(connection, { nextAt: null, tables: Object.fromEntries(anew) });
  await wake();
}

async function lookSoon({ connection, wake }: TableParts): Promise<void> {
  const { tables } = await tablePlaces(connection);
  await keepTablePlaces(connection, { nextAt: null, tables });
  await wake();
}

function pulseOf({ store, policy, meter, now }: TableParts): TablePulse {
  return {
    now: now(),
    calendars: policy().calendars,
    requestsPerMonth: store.abilities.requestsPerMonth,
    spent: meter.spentThisMonth(),
  };
}

async function tick({ connection, store, wanted, meter }: TableParts, table: string, write: TableWrite): Promise<void> {
  const named = wanted().find((each) => each.table === table);
  if (store.tables === undefined || named === undefined) throw new Error(`no table ${table} is wanted`);
  try {
    await store.tables.tick(named, write);
  } finally {
    await meter.save();
  }
  await copyCell(connection, { table, rowId: write.rowId }, { title: write.title, cell: write.ticked });
}

function putInto(tables: StoreTables, meter: TableParts['meter']): Tables['put'] {
  return async (wanted, entries) => {
    try {
      await tables.put(wanted, entries);
    } finally {
      await meter.save();
    }
  };
}

async function stateOf({ connection, store, wanted }: TableParts): Promise<readonly TableState[]> {
  const { tables } = await tablePlaces(connection);
  const counts = await countRows(connection);
  const rest = await restOf(connection, 'tables');
  return wanted().map(({ table, usedFor }) => {
    const place = tables[table] ?? NEVER_READ;
    return {
      table,
      usedFor,
      address: store.tables?.addressOf(table) ?? null,
      rows: counts.get(table) ?? 0,
      readAt: place.readAt === null ? null : Temporal.Instant.from(place.readAt),
      problem: place.problem ?? rest?.problem ?? null,
    };
  });
}
