import { agentNamed, agentsOf, type BasePerson, personIn } from '../../src/kit/store/base-people.ts';
import type { Bound as BoundTo } from '../../src/kit/store/bind-columns.ts';
import type { Cell, Column } from '../../src/ports/ticket-store.ts';
import { hasOptions, mayOffer, optionCalled, optionName, uniqueNames } from './properties.ts';
import { teamCell } from './team-columns.ts';
import { piecesOf } from './texts.ts';
import { CellDate, CellOption, CellOptions, CellPeople, type Property, Texts, type Value } from './wire.ts';

/** A column of ours, and the property of the database in which it is kept. */
export type Bound = BoundTo<Property>;

/** What is known of the database besides its properties. */
export interface Known {
  /** Who can be assigned; null when Notion does not tell. */
  people: readonly BasePerson[] | null;
  /** Whether options can be added to a property, as far as we know. */
  canAddOptions: boolean;
}

/** What these hold at most (developers.notion.com, "Request limits"); a longer one is left out. */
const LONGEST: Readonly<Record<string, number>> = { email: 200, phone_number: 200, url: 2000 };

/** Options to a cell, the most that one request takes (the same page). */
const MOST_OPTIONS = 100;

/** What the property will hold when this cell is written into it. An option that is missing is for the writer. */
export function fitCell({ column, field: property }: Bound, cell: Cell, known: Known): Cell {
  if (cell === null) return null;
  switch (property.type) {
    case 'people':
      return writtenPerson(column, cell, known) === null ? null : cell;
    case 'multi_select':
      return fitOptions({ column, field: property }, listOf(cell), known);
    case 'select':
    case 'status':
      return cell === '' ? null : spelling(property, String(cell));
    case 'title':
      return typeof cell === 'string' ? cell.replace(/\s*[\r\n]+\s*/g, ' ') : cell;
    case 'date':
      return toTheMinute(cell);
    case 'email':
    case 'phone_number':
    case 'url':
      return String(cell).length > (LONGEST[property.type] ?? 0) ? null : cell;
    default:
      return cell;
  }
}

/**
 * The value to send for a cell that fits. Options go by their ids: of a name that is not there any more Notion
 * would make another option.
 */
export function valueOf({ column, field: property }: Bound, cell: Cell, known: Known): object {
  const { type } = property;
  switch (type) {
    case 'people': {
      const person = cell === null ? null : writtenPerson(column, cell, known);
      return { people: person === null ? [] : [person] };
    }
    case 'multi_select':
      return { multi_select: cell === null ? [] : listOf(cell).flatMap((name) => optionOf(property, name) ?? []) };
    case 'select':
    case 'status':
      return { [type]: cell === null || cell === '' ? null : optionOf(property, String(cell)) };
    case 'title':
    case 'rich_text':
      return { [type]: cell === null ? [] : piecesOf(String(cell)) };
    case 'date':
      return { date: cell === null || cell === '' ? null : { start: cell } };
    case 'checkbox':
      return { checkbox: cell === true };
    case 'files':
      return { files: [] };
    default:
      return { [type]: cell === '' ? null : cell };
  }
}

/** What a value says. What cannot be read reads as nothing: such values live in properties that we keep nothing in. */
export function cellOf({ column, field: property }: Bound, value: Value | undefined, known: Known): Cell {
  const held = value?.[property.type];
  if (column.edits === 'read') return teamCell(property, held);
  switch (property.type) {
    case 'people':
      return readPerson(column, held, known);
    case 'multi_select':
      return filled(CellOptions.safeParse(held).data?.map(({ name }) => name));
    case 'select':
    case 'status':
      return CellOption.safeParse(held).data?.name ?? null;
    case 'title':
    case 'rich_text':
      return filled(Texts.safeParse(held).data?.map(({ plain_text: text }) => text))?.join('') ?? null;
    case 'date':
      return readMoment(held);
    case 'checkbox':
      return held === true ? true : null;
    case 'number':
      return typeof held === 'number' ? held : null;
    default:
      return typeof held === 'string' ? held : null;
  }
}

/** Whether a value comes from this property as we know it; if not, somebody changed the property. */
export function isOfType({ field: property }: Bound, value: Value | undefined): boolean {
  return value?.type === property.type;
}

/** The options of a cell that its property does not have. */
export function missingOptions({ field: property }: Bound, cell: Cell): readonly string[] {
  if (cell === null || cell === '' || !hasOptions(property.type)) return [];
  const names = listOf(cell).map(optionName);
  return names.filter((name) => optionCalled(property, name) === undefined);
}

/** Tags that can neither be found nor added are left out; the row is worth more than they are. */
function fitOptions({ column, field: property }: Bound, options: readonly string[], { canAddOptions }: Known): Cell {
  const spelt = uniqueNames(options.map((option) => spelling(property, option)));
  const missing = new Set(missingOptions({ column, field: property }, spelt));
  const kept = spelt.filter((name) => !missing.has(name) || (canAddOptions && mayOffer(column, property, name)));
  return kept.slice(0, MOST_OPTIONS);
}

/** As the property has it: names that differ in their case alone are one. */
function spelling(property: Property, option: string): string {
  const name = optionName(option);
  return optionCalled(property, name)?.name ?? name;
}

function optionOf(property: Property, name: string): { id: string } | null {
  const option = optionCalled(property, name);
  return option === undefined ? null : { id: option.id };
}

/** Notion keeps no seconds. What is no moment is refused by it, and told. */
function toTheMinute(cell: Cell): Cell {
  try {
    const moment = Temporal.Instant.from(String(cell)).round({ smallestUnit: 'minute', roundingMode: 'floor' });
    return moment.toString({ smallestUnit: 'millisecond' });
  } catch {
    return cell;
  }
}

/** A day alone is its beginning; a moment with an offset is told in UTC. */
function readMoment(held: unknown): Cell {
  const start = CellDate.safeParse(held).data?.start;
  if (start === undefined) return null;
  try {
    const moment = Temporal.Instant.from(/T/.test(start) ? start : `${start}T00:00:00Z`);
    return moment.toString({ smallestUnit: 'millisecond' });
  } catch {
    return start;
  }
}

/** An agent of the config as Notion takes a person; null for somebody whom it does not know. */
function writtenPerson(column: Column, cell: Cell, { people }: Known): { id: string } | null {
  const found = personIn(people ?? [], column, cell);
  return found === undefined ? null : { id: found.id };
}

/** The first of several, by the name that config has, or else whatever tells people who it is. */
function readPerson(column: Column, held: unknown, { people }: Known): Cell {
  const [first] = CellPeople.safeParse(held).data ?? [];
  if (first === undefined) return null;
  const { name, email } = people?.find(({ id }) => id === first.id) ?? { name: first.name ?? null, email: null };
  return agentNamed(agentsOf(column), { id: first.id, name, email }) ?? name ?? email ?? first.id;
}

function filled(texts: readonly string[] | undefined): readonly string[] | null {
  return texts === undefined || texts.length === 0 ? null : texts;
}

function listOf(cell: Cell): readonly string[] {
  return Array.isArray(cell) ? cell : [String(cell)];
}
