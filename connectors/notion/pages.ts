import { agentNamed, agentsOf } from '../../src/kit/store/base-people.ts';
import type { Cell, StoredRow } from '../../src/ports/ticket-store.ts';
import { type Base, knownOf } from './base.ts';
import { cellOf, isOfType } from './cells.ts';
import type { Answered } from './client.ts';
import type { Wanted } from './filters.ts';
import type { RequestKind } from './pace.ts';
import { isNotFound, isRefusal } from './problems.ts';
import { insistOnColumns, type Schema } from './schema.ts';
import { Found, Page } from './wire.ts';

/** Rows to an answer, the most that Notion gives. */
const MOST = 100;

/** What a question for rows is, besides which rows. */
export interface Listing extends Wanted {
  start_cursor?: string;
  is_archived?: boolean;
}

/** What was told, and the database that it was told of. */
export interface Told<Value> {
  answer: Answered<Value>;
  schema: Schema;
}

/** A page of rows. */
export function listRows(
  base: Base,
  wanted: (schema: Schema) => Listing,
  kind: RequestKind = 'prompt',
): Promise<Told<Found>> {
  return believed(base, async (schema) => {
    const answer = await base.client.ask({
      kind,
      method: 'post',
      path: `data_sources/${schema.dataSource.id}/query`,
      query: { filter_properties: propertyIdsRead(schema) },
      body: { page_size: MOST, ...wanted(schema) },
      shape: Found,
      isRepeatable: true,
    });
    return { answer, pages: answer.value.results };
  });
}

/** All rows that a question finds, in as many pages as they come. */
export async function listAllRows(
  base: Base,
  wanted: (schema: Schema) => Wanted,
): Promise<{ pages: Page[]; schema: Schema }> {
  const pages: Page[] = [];
  for (let cursor: string | null = null; ;) {
    const more: Listing = cursor === null ? {} : { start_cursor: cursor };
    const { answer, schema } = await listRows(base, (known) => ({ ...wanted(known), ...more }));
    pages.push(...answer.value.results);
    cursor = answer.value.next_cursor;
    if (cursor === null) return { pages, schema };
  }
}

/** A row as it is at this moment, which a query may tell late; null where it is gone, or in another database. */
export async function readRow(base: Base, id: string): Promise<{ page: Page; schema: Schema } | null> {
  try {
    const { answer, schema } = await believed(base, async (known) => {
      const told = await base.client.ask({
        method: 'get',
        path: `pages/${id}`,
        query: { filter_properties: propertyIdsRead(known) },
        shape: Page,
        isRepeatable: true,
      });
      return { answer: told, pages: isThere(told.value, known) ? [told.value] : [] };
    });
    return isThere(answer.value, schema) ? { page: answer.value, schema } : null;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    // A database that nobody shares any more looks as if each of its rows were gone.
    await base.schema.refresh(null);
    return null;
  }
}

/** Some rows of a database can be in its trash, or moved to another. */
function isThere({ isInTrash, dataSourceId }: Page, { dataSource }: Schema): boolean {
  return !isInTrash && dataSourceId === dataSource.id;
}

/**
 * Asks again where a property is no longer there, or holds what it cannot hold: somebody changed the database,
 * and it is looked at before we believe that people emptied all those cells.
 */
async function believed<Value>(
  base: Base,
  ask: (schema: Schema) => Promise<{ answer: Answered<Value>; pages: readonly Page[] }>,
): Promise<Told<Value>> {
  const schema = await base.schema.current();
  insistOnColumns(schema);
  const told = await ask(schema).catch((error: unknown) => {
    if (!isRefusal(error)) throw error;
    return null;
  });
  if (told !== null && told.pages.every((page) => isAsExpected(page, schema))) return { answer: told.answer, schema };
  const fresh = await base.schema.refresh(schema);
  insistOnColumns(fresh);
  return { answer: (await ask(fresh)).answer, schema: fresh };
}

function isAsExpected({ values }: Page, { bound }: Schema): boolean {
  return [...bound.values()].every((each) => !isRead(each) || isOfType(each, values.get(each.field.id)));
}

/** Files are left out: they are many, their addresses die, and nobody compares them. */
function propertyIdsRead({ bound }: Schema): string[] {
  return [...bound.values()].filter(isRead).map(({ field }) => field.id);
}

function isRead({ column }: { column: { type: { kind: string } } }): boolean {
  return column.type.kind !== 'files';
}

/** A page as a row of ours. */
export function storedRow(page: Page, schema: Schema, base: Base): StoredRow {
  const known = knownOf(base, schema);
  const ours = base.given.columns().filter(({ edits }) => edits !== 'read');
  const cells = new Map<string, Cell>(ours.map(({ name }) => [name, null]));
  for (const [name, bound] of schema.bound) cells.set(name, cellOf(bound, page.values.get(bound.field.id), known));
  cells.delete('key');
  return {
    id: page.id,
    key: keyIn(page, schema),
    cells: Object.fromEntries(cells),
    createdAt: page.createdAt,
    editedBy: editorOf(page, schema, base),
  };
}

export function keyIn(page: Page, schema: Schema): string | null {
  const bound = schema.bound.get('key');
  const key = bound && cellOf(bound, page.values.get(bound.field.id), { people: null, canAddOptions: false });
  return typeof key === 'string' && key.trim() !== '' ? key.trim() : null;
}

/** By the name that config has for them. Who is no member of the workspace, such as we ourselves, has none. */
function editorOf({ editedBy }: Page, { people }: Schema, { given }: Base): string | null {
  const person = people?.find(({ id }) => id === editedBy);
  if (person === undefined) return null;
  return agentNamed(given.columns().flatMap(agentsOf), person) ?? person.name ?? person.email;
}
