import { Refusal } from '../refusal.ts';
import type { Cell, DataSource, Page, PageState, Property, World } from '../world.ts';
import { COMPUTED_TYPES, optionOf, propertyOf, toldTime } from '../world.ts';
import { writesOf, take, type Writing } from './write.ts';
import { defaultStatus } from './options.ts';
import { plainOf, textsOf } from './texts.ts';

/** What people type into a property: text, a number, true, names of options and persons, a date as text, or null. */
export type Plain = string | number | boolean | readonly string[] | null | undefined;
export type PlainValues = Readonly<Record<string, unknown>>;

/** What people see in a property, undefined where it is empty: names and not ids, text and not its pieces. */
export function plainValue(world: World, { page, state }: { page: Page; state: PageState }, property: Property): Plain {
  const cell = state.cells.get(property.id);
  switch (property.type) {
    case 'status':
      return (optionOf(property, cell?.is === 'id' ? cell.id : undefined) ?? defaultStatus(property))?.name;
    case 'unique_id':
      return page.number;
    case 'created_time':
      return toldTime(world, page.createdAt);
    case 'last_edited_time':
      return toldTime(world, state.editedAt);
    case 'created_by':
      return world.users.get(page.createdBy)?.name;
    case 'last_edited_by':
      return world.users.get(state.editedBy)?.name;
    default:
      return cell === undefined ? undefined : plainCell(world, property, cell);
  }
}

/**
 * What is written when people type these values. A new name of a select becomes an option, as in the app.
 *
 * @throws Error for what nobody could type there
 */
export function typed(world: World, source: DataSource, values: PlainValues): ReadonlyMap<string, Cell | null> {
  const writing: Writing = { world, source, mayAddOptions: true, newOptions: [], uploads: [] };
  const shapes = Object.entries(values).map(([name, value]) => {
    const property = propertyOf(source, name);
    if (property === undefined) throw new Error(`There is no property ${name} in ${source.name}.`);
    return [property.id, { [property.type]: shapeOf(world, property, value) }] as const;
  });
  const writes = writesOf(writing, Object.fromEntries(shapes));
  take(writing);
  return writes;
}

/** Reads every value of a property as people do, and types it into what the property has become. What does not fit is lost. */
export function retype(world: World, source: DataSource, { from, to }: { from: Property; to: Property }): void {
  source.properties = source.properties.map((property) => (property.id === from.id ? to : property));
  for (const page of source.pages.values()) {
    const value = plainValue(world, { page, state: page.state }, from);
    const cells = new Map(page.state.cells);
    cells.delete(from.id);
    const cell = value === undefined ? null : converted(() => typed(world, source, { [to.id]: value }).get(to.id));
    if (cell !== null && cell !== undefined) cells.set(to.id, cell);
    page.state = { ...page.state, cells };
  }
}

function plainCell(world: World, property: Property, cell: Cell): Plain {
  switch (cell.is) {
    case 'text':
      return plainOf(cell.text);
    case 'string':
    case 'number':
      return cell.value;
    case 'checked':
      return true;
    case 'date':
      return cell.date.start;
    case 'files':
      return cell.files.map(({ name }) => name);
    case 'id':
      return optionOf(property, cell.id)?.name;
    case 'ids':
      return cell.ids.map((id) => nameOf(world, property, id));
  }
}

function nameOf({ users }: World, property: Property, id: string): string {
  if (property.type === 'people') return users.get(id)?.name ?? id;
  return property.type === 'multi_select' ? (optionOf(property, id)?.name ?? id) : id;
}

/** The value as the API would be given it. */
function shapeOf(world: World, { type, name }: Property, value: unknown): unknown {
  if (COMPUTED_TYPES.some((computed) => computed === type)) throw new Error(`Nobody can type into ${name}.`);
  switch (type) {
    case 'title':
    case 'rich_text':
      return textsOf(textOf(value)).map(({ text }) => ({ text }));
    case 'select':
    case 'status':
      return value === null ? null : { name: textOf(value) };
    case 'multi_select':
      return listOf(value).map((each) => ({ name: each }));
    case 'people':
      return listOf(value).map((each) => ({ id: personCalled(world, each) }));
    case 'relation':
      return listOf(value).map((id) => ({ id }));
    case 'date':
      return value === null ? null : { start: textOf(value) };
    case 'files':
      return listOf(value).map((url) => ({ name: url.split('/').at(-1) ?? url, external: { url } }));
    case 'checkbox':
      return value === true;
    case 'number':
      return value === null ? null : Number(value);
    default:
      return value === null ? null : textOf(value);
  }
}

/** Everybody in the workspace, by id, name or mail address. */
export function personCalled({ users }: World, called: string): string {
  const found = [...users.values()].find(({ id, name, email }) => [id, name, email].includes(called));
  if (found === undefined) throw new Error(`There is nobody called ${called}.`);
  return found.id;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return listOf(value).join(', ');
}

function listOf(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.map((each) => textOf(each));
  return typeof value === 'string' ? value.split(',').map((part) => part.trim()) : [textOf(value)];
}

function converted(write: () => Cell | null | undefined): Cell | null | undefined {
  try {
    return write();
  } catch (error) {
    if (error instanceof Refusal || error instanceof Error) return null;
    throw error;
  }
}
