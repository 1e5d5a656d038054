import { agentNamed, agentsOf, type BasePerson, personIn } from '../../src/kit/store/base-people.ts';
import type { Bound as BoundTo } from '../../src/kit/store/bind-columns.ts';
import type { Cell, Column } from '../../src/ports/ticket-store.ts';
import { hasOptions, mayOffer } from './fields.ts';
import { teamCell } from './team-columns.ts';
import { CellPerson, type Field } from './wire.ts';

/** A column of ours, and the field of the base in which it is kept. */
export type Bound = BoundTo<Field>;

/** What is known of the base besides its columns. */
export interface Known {
  /** Who can be assigned; null when the base does not tell. */
  people: readonly BasePerson[] | null;
  /** Whether options can be added to a column, as far as we know. */
  canAddOptions: boolean;
}

/** What the field will hold when this cell is written into it. An option that is missing is for the writer. */
export function fitCell({ column, field }: Bound, cell: Cell, known: Known): Cell {
  if (cell === null) return null;
  switch (field.type) {
    case 'singleCollaborator':
      return writtenPerson(column, cell, known) === null ? null : cell;
    case 'multipleSelects':
      return fitOptions({ column, field }, listOf(cell), known);
    case 'singleLineText':
      return typeof cell === 'string' ? cell.replace(/\s*[\r\n]+\s*/g, ' ') : cell;
    case 'number':
      return typeof cell === 'number' ? rounded(cell, field) : cell;
    default:
      return cell;
  }
}

/** The value to send for a cell that fits. */
export function valueOf({ column, field }: Bound, cell: Cell, known: Known): unknown {
  switch (field.type) {
    case 'singleCollaborator':
      return cell === null ? null : writtenPerson(column, cell, known);
    case 'multipleSelects':
      return cell === null ? [] : [...new Set(listOf(cell))];
    case 'checkbox':
      return cell === true;
    case 'multipleAttachments':
      return [];
    default:
      return cell === '' ? null : cell;
  }
}

/**
 * What a value says. What cannot be read, such as the object of a formula's error, reads as nothing: such
 * values live in types of field that we keep nothing in.
 */
export function cellOf({ column, field }: Bound, value: unknown, known: Known): Cell {
  if (column.edits === 'read') return teamCell(field, value);
  switch (field.type) {
    case 'singleCollaborator':
      return readPerson(column, value, known);
    case 'multipleSelects':
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : null;
    case 'checkbox':
      return value === true ? true : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    default:
      return typeof value === 'string' ? value : null;
  }
}

/** Whether a value can come from this field at all; if not, somebody changed its type. */
export function isOfType({ column, field }: Bound, value: unknown): boolean {
  if (column.edits === 'read' || value === undefined || value === null) return true;
  switch (field.type) {
    case 'singleCollaborator':
      return typeof value === 'object' && !Array.isArray(value);
    case 'multipleSelects':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'checkbox':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number';
    default:
      return typeof value === 'string';
  }
}

/** The options of a cell that its field does not have. */
export function missingOptions({ field }: Bound, cell: Cell): readonly string[] {
  if (cell === null || cell === '' || !hasOptions(field.type)) return [];
  const offered = new Set(field.options?.choices?.map(({ name }) => name));
  return listOf(cell).filter((option) => !offered.has(option));
}

/** Tags that can neither be found nor added are left out; the row is worth more than they are. */
function fitOptions(bound: Bound, options: readonly string[], { canAddOptions }: Known): Cell {
  const missing = new Set(missingOptions(bound, options));
  return options.filter((option) => !missing.has(option) || (canAddOptions && mayOffer(bound.column, option)));
}

/** An agent of the config as the base takes a person; null for somebody whom it does not know. */
function writtenPerson(column: Column, cell: Cell, { people }: Known): { id: string } | { email: string } | null {
  if (people === null) {
    const agent = agentsOf(column).find(({ name }) => name === cell);
    return agent?.email ? { email: agent.email } : null;
  }
  const found = personIn(people, column, cell);
  return found === undefined ? null : { id: found.id };
}

/** The name that config has for a person, or else whatever tells people who it is. */
function readPerson(column: Column, value: unknown, { people }: Known): Cell {
  const read = CellPerson.safeParse(value);
  if (!read.success) return null;
  const { id, email = null, name = null } = read.data;
  const listed = people?.find((person) => person.id === id);
  const person = { id, email: email ?? listed?.email ?? null, name: name ?? listed?.name ?? null };
  return agentNamed(agentsOf(column), person) ?? person.name ?? person.email ?? id;
}

function rounded(value: number, { options }: Field): number {
  return options?.precision === undefined ? value : Number(value.toFixed(options.precision));
}

function listOf(cell: Cell): readonly string[] {
  return Array.isArray(cell) ? cell : [String(cell)];
}
