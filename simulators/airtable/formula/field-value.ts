import { choiceOf, idsIn, nameOfRow } from '../cells/parts.ts';
import type { Base, Cell, Field, Row, World } from '../world.ts';
import { moment, type Value } from './value.ts';

/** What a field of a row is worth in a formula (section 5): selects by name, links by the names of what they link. */
export function fieldValue({ world, base }: { world: World; base: Base }, field: Field, row: Row): Value {
  const cell = row.cells.get(field.id);
  switch (field.type) {
    case 'autoNumber':
      return row.autoNumber;
    case 'createdTime':
      return moment(row.createdAt);
    case 'lastModifiedTime':
      return row.modifiedAt.size === 0 ? null : moment(Math.max(...row.modifiedAt.values()));
    case 'createdBy':
      return nameOf(world, row.createdBy);
    case 'lastModifiedBy':
      return row.modifiedBy === null ? null : nameOf(world, row.modifiedBy);
    case 'checkbox':
      return cell === true;
    default:
      return cell === undefined ? null : filledValue({ world, base, field }, cell);
  }
}

function filledValue({ world, base, field }: { world: World; base: Base; field: Field }, cell: Cell): Value {
  switch (field.type) {
    case 'singleSelect':
      return choiceOf(field, cell)?.name ?? null;
    case 'multipleSelects':
      return idsIn(cell)
        .map((id) => choiceOf(field, id)?.name ?? '')
        .join(', ');
    case 'singleCollaborator':
      return typeof cell === 'string' ? nameOf(world, cell) : null;
    case 'multipleCollaborators':
      return idsIn(cell)
        .map((id) => nameOf(world, id))
        .join(', ');
    case 'multipleRecordLinks':
      return idsIn(cell)
        .map((id) => nameOfRow(base, field, id))
        .join(', ');
    case 'date':
    case 'dateTime':
      return moment(typeof cell === 'string' ? Date.parse(cell) : Number.NaN);
    default:
      if (typeof cell !== 'object') return cell;
      return cell.map((item) => (typeof item === 'string' ? item : item.filename)).join(', ');
  }
}

function nameOf(world: World, userId: string): string {
  return world.users.get(userId)?.name ?? userId;
}
