/** The tables of the base in which people are looked up, as every instance has them for itself. */
import { eq, inArray } from 'drizzle-orm';
import type { TableLookUp } from '../../config/table-lookups.ts';
import type { Queries } from '../../db/connection.ts';
import { baseRows, marks } from '../../db/schema.ts';
import { holds, subjectOf } from '../../decide/conditions/index.ts';
import type { LookedUp } from '../../decide/facts.ts';
import type { Identity } from '../../domain/requester.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { entryOf } from './table-entries.ts';
import { createTableIndex, type Found, type TableIndex } from './table-index.ts';

/**
 * What was read of the copies of tables, by look-up: under a changed config each is laid out anew. An empty copy has no
 * index: it may never have been read, or be lost, so that it says nothing, and not that it has nobody.
 */
export type ContactTables = WeakMap<TableLookUp, { version: number; index: TableIndex | null }>;

export function openContactTables(): ContactTables {
  return new WeakMap();
}

/** Reads those tables of which the copy has changed since the last look. */
export async function readContactTables(
  tables: ContactTables,
  lookUps: readonly TableLookUp[],
  tx: Queries,
): Promise<void> {
  const versions = await versionsOf(lookUps, tx);
  for (const lookUp of lookUps) {
    const version = versions.get(versionMark(lookUp.table)) ?? 0;
    if (tables.get(lookUp)?.version === version) continue;
    tables.set(lookUp, { version, index: await readTable(lookUp, tx) });
  }
}

/**
 * Notes that the copy of a table has changed. It is read here before anybody is told, so that those who decide need not
 * wait for thousands of rows.
 */
export async function noteNewCopy(
  tables: ContactTables,
  { table, lookUps }: { table: string; lookUps: readonly TableLookUp[] },
  queries: Queries,
): Promise<void> {
  const name = versionMark(table);
  const version = ((await versionsOf([{ table }], queries)).get(name) ?? 0) + 1;
  for (const lookUp of lookUps.filter((each) => each.table === table)) {
    tables.set(lookUp, { version, index: await readTable(lookUp, queries) });
  }
  await queries
    .insert(marks)
    .values({ name, value: version })
    .onConflictDoUpdate({ target: marks.name, set: { value: version } });
}

async function versionsOf(
  lookUps: readonly Pick<TableLookUp, 'table'>[],
  tx: Queries,
): Promise<ReadonlyMap<string, number>> {
  if (lookUps.length === 0) return new Map();
  const names = lookUps.map(({ table }) => versionMark(table));
  const rows = await tx.select().from(marks).where(inArray(marks.name, names));
  return new Map(rows.map(({ name, value }) => [name, Number(value)]));
}

/** The mark that counts the changes of the copy of a table. */
function versionMark(table: string): string {
  return `contacts:${table}`;
}

async function readTable(lookUp: TableLookUp, tx: Queries): Promise<TableIndex | null> {
  const rows = await tx.select({ cells: baseRows.cells }).from(baseRows).where(eq(baseRows.tableName, lookUp.table));
  return rows.length === 0 ? null : createTableIndex(rows.map(({ cells }) => entryOf(cells, lookUp)));
}

/** What a table has of who asks with a ticket. */
export interface TableAnswer {
  lookUp: TableLookUp;
  found: Found;
}

/** Asks every table that the config asks about this ticket, and that was read. */
export function askTables(
  { tables, lookUps, now }: { tables: ContactTables; lookUps: readonly TableLookUp[]; now: Temporal.Instant },
  ticket: Ticket,
  known: readonly Identity[],
): readonly TableAnswer[] {
  if (lookUps.length === 0) return [];
  const subject = subjectOf(ticket, now);
  return lookUps.flatMap((lookUp) => {
    const index = tables.get(lookUp)?.index ?? null;
    if (index === null || holds(lookUp.when, subject) === null) return [];
    return [{ lookUp, found: index.find(known) }];
  });
}

/** Other addresses of the person. A row that a domain told is of many people. */
export function identitiesTold(answers: readonly TableAnswer[]): readonly Identity[] {
  return answers.flatMap(({ found }) => (found.kind === 'row' && found.isPerson ? found.entry.identities : []));
}

/** What the judgement is told. Where several rows fit, none is taken. */
export function tableFact({ lookUp, found }: TableAnswer): LookedUp {
  const fact = { lookup: lookUp.name, gap: null, askAgainAt: null };
  if (found.kind === 'row') return { ...fact, answer: found.entry.fields };
  if (found.kind === 'none') return { ...fact, answer: {} };
  return { ...fact, answer: {}, unsure: { what: found.what, rows: found.rows } };
}
