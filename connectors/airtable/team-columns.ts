import { nearestName } from '../../src/kit/nearest-name.ts';
import type { Cell, Column, StoreFinding } from '../../src/ports/ticket-store.ts';
import { CellWords, type Field, type Table } from './wire.ts';

/** Types of field in which nothing stands that a rule could compare: ids of other rows, files, a button. */
const UNREADABLE: ReadonlySet<string> = new Set(['multipleRecordLinks', 'multipleAttachments', 'button']);

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

/** A column, and the field of the base in which it is. */
interface Kept {
  column: Column;
  field: Field;
}

/** A column of the team's own that rules ask for and that cannot be read, and its field where there is one. */
export interface Unread {
  column: Column;
  why: 'missing' | 'ours' | 'unreadable';
  field: Field | null;
}

/** The team's own columns and the fields in which they are; `taken` holds ids of fields in which ours are kept. */
export function bindTeamColumns(
  found: readonly { column: Column; field: Field | undefined }[],
  taken: ReadonlySet<string>,
): { bound: readonly Kept[]; unread: readonly Unread[] } {
  const bound: Kept[] = [];
  const unread: Unread[] = [];
  for (const { column, field } of found) {
    if (field === undefined) unread.push({ column, why: 'missing', field: null });
    else if (taken.has(field.id)) unread.push({ column, why: 'ours', field });
    else if (UNREADABLE.has(field.type)) unread.push({ column, why: 'unreadable', field });
    else bound.push({ column, field });
  }
  return { bound, unread };
}

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

/** What keeps rules from reading columns that they ask for, and columns that have another name by now. */
export function teamFindings(
  { fields }: Pick<Table, 'fields'>,
  { bound, unread }: { bound: Iterable<Kept>; unread: readonly Unread[] },
): StoreFinding[] {
  const names = fields.map(({ name }) => name);
  const renamed = [...bound].filter(
    ({ column, field }) => column.edits === 'read' && field.name.toLowerCase() !== column.title.toLowerCase(),
  );
  return [
    ...unread.map((each) => ({ severity: 'warning' as const, ...wordsFor(each, names), fixable: false })),
    ...renamed.map(({ column: { title, description }, field: { name } }) => ({
      severity: 'warning' as const,
      message: `The column "${title}" is called "${name}" now. ${description}`,
      fix: `It is read all the same; write row.${name} in the rules, so that people know it again.`,
      fixable: false,
    })),
  ];
}

function wordsFor(
  { column: { title, description }, why, field }: Unread,
  names: readonly string[],
): Pick<StoreFinding, 'message' | 'fix'> {
  switch (why) {
    case 'missing': {
      const nearest = nearestName(title, names);
      const question = nearest === null ? '' : `Did you mean "${nearest}"? `;
      return {
        message: `The table has no column "${title}". ${description}`,
        fix: `${question}Correct the rule, or add the column; or, if it was renamed, name its field id in desk.yaml: columns: { row.${title}: fld… }.`,
      };
    }
    case 'ours':
      return {
        message: `The column "${field?.name ?? title}" is one that Tabledesk fills. ${description}`,
        fix: 'Ask for the field of the ticket instead; docs/rules.md names them.',
      };
    case 'unreadable':
      return {
        message: `The column "${field?.name ?? title}" is of the type ${field?.type ?? 'unknown'}, which rules cannot read. ${description}`,
        fix: 'Add a lookup or a formula that shows what is to be compared, and ask for that.',
      };
  }
}
