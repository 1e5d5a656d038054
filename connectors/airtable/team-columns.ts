import type { Cell } from '../../src/ports/ticket-store.ts';
import { CellWords, type Field, type Table } from './wire.ts';

/** Types of field in which nothing stands that a rule could compare: ids of other rows, files, a button. */
export const UNREADABLE: ReadonlySet<string> = new Set(['multipleRecordLinks', 'multipleAttachments', 'button']);

/** Types of field that hold several values, however many there are. Others hold one, or show some of other rows. */
const LISTS: ReadonlySet<string> = new Set(['multipleSelects', 'multipleCollaborators']);

/** Types of field that Airtable fills in: a change of one is no change of the row (developers/web/api/field-model). */
const COMPUTED: ReadonlySet<string> = new Set([
  'autoNumber',
  'createdTime',
  'createdBy',
  'lastModifiedTime',
  'lastModifiedBy',
  'formula',
  'rollup',
  'count',
  'lookup',
  'multipleLookupValues',
  'externalSyncSource',
  'aiText',
]);

export function isComputed({ type }: Field): boolean {
  return COMPUTED.has(type);
}

/** The fields by whose change a change of this one is noticed: itself, or what Airtable computes it from. */
export function watchedFor(
  field: Field,
  { fields }: Pick<Table, 'fields'>,
  seen: readonly string[] = [],
): readonly string[] {
  if (!isComputed(field)) return [field.id];
  const { referencedFieldIds = [], recordLinkFieldId } = field.options ?? {};
  const sources = [...referencedFieldIds, ...(recordLinkFieldId === undefined ? [] : [recordLinkFieldId])];
  return sources.flatMap((id) => {
    const source = seen.includes(id) ? undefined : fields.find((each) => each.id === id);
    return source === undefined ? [] : watchedFor(source, { fields }, [...seen, field.id]);
  });
}

/**
 * What a person reads in a cell of the team's own. A box that is not ticked says no; a lookup of one value says
 * that value, and of several a list.
 */
export function teamCell({ type }: Field, value: unknown): Cell {
  if (type === 'checkbox') return value === true;
  if (!Array.isArray(value)) return saidBy(value);
  const items = value.flat().flatMap((item) => saidBy(item) ?? []);
  const [only = null] = items;
  return items.length < 2 && !LISTS.has(type) ? only : items.map(String);
}

/** Null for what nobody could compare, such as the object of a formula's error. */
function saidBy(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return CellWords.parse(value);
}
