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

/** Reads those tables of which the copy has changed since the last look: ten thousand rows take a tenth of a second. */
export async function readContactTables(
  tables: ContactTables,
  lookUps: readonly TableLookUp[],
  tx: Queries,
): Promise<void> {
  if (lookUps.length === 0) return;
  const names = lookUps.map(({ table }) => versionMark(table));
  const rows = await tx.select().from(marks).where(inArray(marks.name, names));
  const versions = new Map(rows.map(({ name, value }) => [name, Number(value)]));
  for (const lookUp of lookUps) {
    const version = versions.get(versionMark(lookUp.table)) ?? 0;
    if (tables.get(lookUp)?.version === version) continue;
    tables.set(lookUp, { version, index: await readTable(lookUp, tx) });
  }
}

/** The mark that counts the changes of the copy of a table. */
export function versionMark(table: string): string {
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
