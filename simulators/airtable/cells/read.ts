import { compile } from '../formula/compile.ts';
import { momentToIso, type Value } from '../formula/value.ts';
import type { Attachment, Base, Cell, Choice, Field, Row, Table, World } from '../world.ts';
import { fieldOf, isoOf, roleOf, tableOf, wholeSecond } from '../world.ts';
import { choiceOf, idsIn, nameOfRow } from './parts.ts';

/** Addresses of uploaded files die after two hours (section 2). */
const FILE_LIVES_MS = 2 * 60 * 60 * 1000;

/** Where a cell stands. */
export interface Place {
  world: World;
  base: Base;
  table: Table;
  row: Row;
}

/** What the records API says of a cell, or undefined where it is empty: empty cells are left out (section 3). */
export function readCell(place: Place, field: Field): unknown {
  const { world, row } = place;
  const cell = row.cells.get(field.id);
  switch (field.type) {
    case 'singleSelect':
      return choiceOf(field, cell)?.name;
    case 'multipleSelects':
      return listOrNothing(choicesIn(field, cell).map(({ name }) => name));
    case 'singleCollaborator':
      return typeof cell === 'string' ? person(world, cell) : undefined;
    case 'multipleCollaborators':
      return listOrNothing(idsIn(cell).map((id) => person(world, id)));
    case 'multipleAttachments':
      return listOrNothing(attachmentsIn(cell).map((attachment) => shownAttachment(world, attachment)));
    case 'createdTime':
      return isoOf(row.createdAt);
    case 'createdBy':
      return person(world, row.createdBy);
    case 'lastModifiedBy':
      return row.modifiedBy === null ? undefined : person(world, row.modifiedBy);
    case 'lastModifiedTime':
      return lastModified(row);
    case 'autoNumber':
      return row.autoNumber;
    case 'multipleLookupValues':
      return listOrNothing(lookedUp(place, field));
    case 'formula':
      return shownResult(compile(field.options?.formula ?? '', place.world, place)(row));
    default:
      return cell;
  }
}

/** What a webhook says of a cell: more of selects, people and links, and null where it is empty (section 4). */
export function webhookCell(place: Place, field: Field, cell: Cell | undefined): unknown {
  if (cell === undefined) return null;
  const { world, base } = place;
  switch (field.type) {
    case 'singleSelect':
      return shownChoice(choiceOf(field, cell));
    case 'multipleSelects':
      return choicesIn(field, cell).map(shownChoice);
    case 'singleCollaborator':
      return typeof cell === 'string' ? webhookPerson(world, base, cell) : null;
    case 'multipleCollaborators':
      return idsIn(cell).map((id) => webhookPerson(world, base, id));
    case 'multipleRecordLinks':
      return idsIn(cell).map((id) => ({ id, name: nameOfRow(base, field, id) }));
    case 'multipleAttachments':
      return attachmentsIn(cell).map((attachment) => shownAttachment(world, attachment));
    default:
      return cell;
  }
}

export function attachmentsIn(cell: Cell | undefined): Attachment[] {
  return Array.isArray(cell) ? cell.filter((item): item is Attachment => typeof item === 'object') : [];
}

/** The person that webhooks name as who made a change. */
export function webhookPerson(world: World, base: Base, id: string): object {
  return {
    ...person(world, id),
    permissionLevel: roleOf(base, id),
    profilePicUrl: `https://static.airtable.com/images/userIcons/${id}.png`,
  };
}

function person(world: World, id: string): { id: string; email?: string; name?: string } {
  const user = world.users.get(id);
  return user === undefined ? { id } : { id, email: user.email, name: user.name };
}

/** What a field of the rows says that a row is linked to. */
function lookedUp({ world, base, table, row }: Place, { options }: Field): unknown[] {
  const link = fieldOf(table, String(options?.['recordLinkFieldId']));
  const linked = tableOf(base, link?.options?.linkedTableId ?? '');
  const shown = linked === undefined ? undefined : fieldOf(linked, String(options?.['fieldIdInLinkedTable']));
  if (link === undefined || linked === undefined || shown === undefined) return [];
  const rows = idsIn(row.cells.get(link.id)).flatMap((id) => linked.rows.get(id) ?? []);
  return rows.flatMap((each) => readCell({ world, base, table: linked, row: each }, shown) ?? []);
}

function choicesIn(field: Field, cell: Cell | undefined): Choice[] {
  return idsIn(cell).flatMap((id) => choiceOf(field, id) ?? []);
}

function shownChoice(choice: Choice | undefined): object | null {
  if (choice === undefined) return null;
  const { id, name, color } = choice;
  return color === undefined ? { id, name } : { id, name, color };
}

function shownAttachment({ settings, files }: World, attachment: Attachment): Attachment {
  if (!files.has(attachment.id)) return attachment;
  const { id, filename } = attachment;
  const diesAt = settings.now() + FILE_LIVES_MS;
  return { ...attachment, url: `${settings.filesAddress}/${id}/${diesAt}/${encodeURIComponent(filename)}` };
}

function lastModified({ modifiedAt }: Row): string | undefined {
  return modifiedAt.size === 0 ? undefined : isoOf(wholeSecond(Math.max(...modifiedAt.values())));
}

function shownResult(value: Value): unknown {
  if (value === null || value === '') return undefined;
  if (typeof value !== 'object') return value;
  // Errors are objects in a cell [U, section 4].
  return value.kind === 'error' ? { error: '#ERROR!' } : momentToIso(value);
}

function listOrNothing<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
