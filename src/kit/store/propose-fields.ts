import type { Column } from '../../ports/ticket-store.ts';

/** A column as the base has it: a field of Airtable's, a property of Notion's. */
export interface BaseField {
  id: string;
  name: string;
  /** In the vendor's words. */
  type: string;
}

/** A column of ours, and what a table that there is has for it. */
export interface Proposal<Field extends BaseField> {
  column: Column;
  /** Fields of a type in which the column can be kept. */
  fitting: readonly Field[];
  /** The one that it is most likely kept in; null when it is to be made. */
  field: Field | null;
}

interface Known<Field extends BaseField> {
  columns: readonly Column[];
  fields: readonly Field[];
  /** Ids of fields that were chosen before, by our names for the columns. */
  named: Readonly<Record<string, string>>;
  /** The types of field in which a column can be kept. */
  acceptedTypes: (column: Column) => readonly string[];
  /** What is taken for a column where no title says more. */
  isLikely?: (column: Column, field: Field) => boolean;
}

/**
 * What teams call a column in tables of their own. Only for what people write: what Tabledesk works out is
 * written over, so that it takes a field of the very same title and no other.
 */
const OTHER_TITLES: Readonly<Record<string, readonly string[]>> = {
  subject: ['title', 'name', 'summary', 'request', 'issue', 'topic'],
  description: ['details', 'message', 'body', 'text', 'request', 'notes from customer'],
  requesterName: ['customer', 'contact', 'from', 'customer name', 'requester name', 'submitted by'],
  requesterEmail: ['email', 'e-mail', 'mail', 'customer email', 'contact email', 'email address'],
  category: ['type', 'kind', 'request type'],
  severity: ['impact'],
  priority: ['urgency'],
  status: ['state', 'stage'],
  queue: ['team', 'department', 'group'],
  assignee: ['assigned to', 'agent', 'owner', 'responsible'],
  tags: ['labels', 'keywords'],
  attachments: ['files', 'file', 'documents', 'screenshots', 'uploads'],
  internalNotes: ['notes', 'internal', 'comments'],
};

/** Whether nothing can be read or written without this column: a missing cell would be taken for a person's edit. */
export function isNeeded({ name, edits, asks }: Column): boolean {
  return name === 'key' || (edits === 'taken' && asks !== true);
}

/**
 * Finds for each column the field that it is kept in: as it was chosen before, else by title, else by what such
 * a column is often called. No field is proposed twice.
 */
export function proposeFields<Field extends BaseField>(known: Known<Field>): readonly Proposal<Field>[] {
  const { columns, fields, named, acceptedTypes, isLikely = () => false } = known;
  const fitting = new Map(
    columns.map((column) => [column, fields.filter(({ type }) => acceptedTypes(column).includes(type))]),
  );
  const found = new Map<Column, Field>();
  const ways: readonly ((column: Column, field: Field) => boolean)[] = [
    ({ name }, { id }) => named[name] === id,
    ({ title }, { name }) => name === title,
    ({ title }, { name }) => plain(name) === plain(title),
    (column, { name }) => column.edits !== 'undone' && (OTHER_TITLES[column.name] ?? []).includes(plain(name)),
    isLikely,
  ];
  for (const isIt of ways) {
    for (const column of columns) {
      const taken = new Set(found.values());
      const field = fitting.get(column)?.find((each) => !taken.has(each) && isIt(column, each));
      if (!found.has(column) && field !== undefined) found.set(column, field);
    }
  }
  return columns.map((column) => ({
    column,
    fitting: fitting.get(column) ?? [],
    field: found.get(column) ?? null,
  }));
}

function plain(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}-]+/gu, ' ')
    .trim();
}
