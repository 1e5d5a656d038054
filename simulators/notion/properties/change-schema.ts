import { invalid } from '../refusal.ts';
import { noteSchema } from '../write.ts';
import type { SchemaChange } from '../webhooks/record.ts';
import type { Author, Cell, DataSource, Property, World } from '../world.ts';
import { propertyOf } from '../world.ts';
import { retype } from './plain.ts';
import { changedProperty, expectSchema, newProperty } from './schema.ts';

/** One property before and after; null where it was not, or is no longer. */
export interface PropertyChange {
  from: Property | null;
  to: Property | null;
}

/**
 * What an update of a schema asks for: null deletes the column of all rows, a name renames it, and what is not
 * there is made (section 4). Nothing has changed yet.
 *
 * @throws Refusal 400
 */
export function schemaChanges(
  world: World,
  source: DataSource,
  given: Readonly<Record<string, unknown>>,
): PropertyChange[] {
  const changes = Object.entries(given).map(([key, wanted]): PropertyChange => {
    const from = propertyOf(source, key) ?? null;
    if (wanted !== null) {
      return { from, to: from === null ? newProperty(world, key, wanted) : changedProperty(world, from, wanted) };
    }
    if (from === null) throw invalid(`${key} is not a property that exists.`);
    return { from, to: null };
  });
  expectSchema(after(source, changes));
  return changes;
}

/** Applies changes, to the rows too: what their new property cannot hold is lost. */
export function changeSchema(
  world: World,
  author: Author,
  { source, changes }: { source: DataSource; changes: readonly PropertyChange[] },
): void {
  for (const { from, to } of changes) {
    if (from !== null && to !== null && from.type !== to.type) retype(world, source, { from, to });
    else if (from !== null) forget(source, from, to);
  }
  source.properties = after(source, changes);
  noteSchema(world, author, { source, changes: changes.flatMap(told) });
}

function after({ properties }: DataSource, changes: readonly PropertyChange[]): Property[] {
  const kept = properties.flatMap((property) => {
    const change = changes.find(({ from }) => from?.id === property.id);
    return change === undefined ? [property] : (change.to ?? []);
  });
  return [...kept, ...changes.flatMap(({ from, to }) => (from === null ? (to ?? []) : []))];
}

/** Takes a column out of all rows, or the options that are gone out of those that had them. */
function forget(source: DataSource, from: Property, to: Property | null): void {
  const left = to === null ? null : new Set(to.options.map(({ id }) => id));
  const isGone = from.options.some(({ id }) => left?.has(id) !== true);
  if (left !== null && !isGone) return;
  for (const page of source.pages.values()) {
    const cell = page.state.cells.get(from.id);
    const kept = left === null ? undefined : without(cell, left);
    if (kept === cell) continue;
    const cells = new Map(page.state.cells);
    if (kept === undefined) cells.delete(from.id);
    else cells.set(from.id, kept);
    page.state = { ...page.state, cells };
  }
}

function without(cell: Cell | undefined, left: ReadonlySet<string>): Cell | undefined {
  if (cell?.is === 'id') return left.has(cell.id) ? cell : undefined;
  if (cell?.is !== 'ids') return cell;
  const ids = cell.ids.filter((id) => left.has(id));
  if (ids.length === cell.ids.length) return cell;
  return ids.length === 0 ? undefined : { is: 'ids', ids };
}

function told({ from, to }: PropertyChange): SchemaChange[] {
  if (to !== null) return [{ id: to.id, name: to.name, action: from === null ? 'created' : 'updated' }];
  return from === null ? [] : [{ id: from.id, name: from.name, action: 'deleted' }];
}
