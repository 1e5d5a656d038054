import { Problem } from '../domain/problem.ts';
import type { TableEntry, WantedColumn, WantedTable, WrittenKind } from '../ports/store-tables.ts';
import { ROW_GONE, type Column, type StoreFinding } from '../ports/ticket-store.ts';
import { bindColumns, type BoundColumns, type Unread } from './store/bind-columns.ts';
import { nearestName } from './nearest-name.ts';
import type { BaseField } from './store/propose-fields.ts';

/** What a vendor calls things, and which of its fields hold what. */
export interface TableWords {
  /** What holds the rows: "table". */
  table: string;
  /** What a row is made of: "column". */
  field: string;
  /** The type of field that holds ticks. */
  tickType: string;
  /** What shows in words what cannot be read: "a lookup or a formula". */
  shownBy: string;
  /** Types of field in which nothing stands that could be compared. */
  unreadable: ReadonlySet<string>;
  /** The types of field into which we write what; the first is the one to make. */
  written: Readonly<Record<WrittenKind, readonly string[]>>;
  /** What to do where a table is there, and we do not see it. Left out where we see all that there are. */
  ifUnseen?: string;
}

/** A table as the base has it. */
export interface BaseTable<Field extends BaseField> {
  id: string;
  name: string;
  fields: readonly Field[];
}

/** A wanted table, and which of its columns is kept in which field. */
export interface BoundTable<Field extends BaseField> {
  wanted: WantedTable;
  bound: ReadonlyMap<string, { column: Column; field: Field }>;
  unread: readonly Unread<Field>[];
  /** The names of all fields, for whoever missed one. */
  names: readonly string[];
}

/** The wanted table among those of the base: by its id, else by the id that it had before, else by its name. */
export function findTable<Table extends { id: string; name: string }>(
  { table: wanted }: Pick<WantedTable, 'table'>,
  tables: readonly Table[],
  kept: Readonly<Record<string, string>>,
): Table | undefined {
  return (
    tables.find(({ id }) => id === wanted) ??
    tables.find(({ id }) => id === kept[wanted]) ??
    tables.find(({ name }) => name === wanted) ??
    tables.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  );
}

/** Finds the field of each wanted column; one that was renamed is known by the id under which it was kept. */
export function bindTable<Field extends BaseField>(
  wanted: WantedTable,
  { fields }: Pick<BaseTable<Field>, 'fields'>,
  { kept, words }: { kept: Readonly<Record<string, string>>; words: TableWords },
): BoundTable<Field> {
  const columns = wanted.columns.map((column) => columnFor(column, wanted));
  const { bound, unread }: BoundColumns<Field> = bindColumns({
    columns,
    fields,
    named: {},
    kept,
    acceptedTypes: () => [],
    unreadable: words.unreadable,
  });
  return { wanted, bound, unread, names: fields.map(({ name }) => name) };
}

/** Wanted columns are read as columns of the team's own are, under their titles. */
function columnFor({ title }: WantedColumn, { usedFor }: WantedTable): Column {
  return { name: title, title, type: { kind: 'any' }, edits: 'read', description: usedFor };
}

/**
 * Insists on the columns without which the table says nothing.
 *
 * @throws Problem `store.table-unfit`
 */
export function insistOnTable<Field extends BaseField>(table: BoundTable<Field>, words: TableWords): void {
  const needed = needsOf(table.wanted);
  const [first] = table.unread.filter(({ column }) => needed.has(column.title));
  if (first !== undefined) throw new Problem({ code: 'store.table-unfit', ...unreadWords(table, first, words) });
}

/** The field of the key of rows that we add. */
export function keyFieldOf<Field extends BaseField>(
  table: BoundTable<Field>,
  words: TableWords,
): { title: string; field: Field } {
  const key = table.wanted.columns.find(({ written }) => written === 'key');
  const field = key === undefined ? undefined : writableFields(table, words).get(key.title);
  if (key !== undefined && field !== undefined) return { title: key.title, field };
  const [wrong] = [...table.bound.values()].filter(({ column }) => column.title === key?.title);
  if (wrong === undefined) throw new Error(`the table "${table.wanted.table}" is wanted without a key`);
  throw new Problem({ code: 'store.table-unfit', ...notWritable(table, { ...wrong, kind: 'key' }, words) });
}

/** The fields into which we can write, by the titles of their columns. */
function writableFields<Field extends BaseField>(
  { wanted: { columns }, bound }: BoundTable<Field>,
  words: TableWords,
): ReadonlyMap<string, Field> {
  return new Map(
    columns.flatMap(({ title, written }) => {
      const field = bound.get(title)?.field;
      const fits = field !== undefined && written !== undefined && words.written[written].includes(field.type);
      return fits ? [[title, field] as const] : [];
    }),
  );
}

/** What goes into which field; a text that no cell takes is cut. */
export function cellsOfEntry<Field extends BaseField>(
  entry: TableEntry,
  table: BoundTable<Field>,
  { words, longestText }: { words: TableWords; longestText: number },
): readonly { field: Field; cell: string | number | null }[] {
  return [...writableFields(table, words)].flatMap(([title, field]) => {
    const cell = entry[title];
    if (cell === undefined) return [];
    const isLong = typeof cell === 'string' && cell.length > longestText;
    return [{ field, cell: isLong ? `${cell.slice(0, longestText - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : cell }];
  });
}

/** What keeps a column empty that we would fill. */
function notWritable<Field extends BaseField>(
  { wanted: { table, usedFor } }: Pick<BoundTable<Field>, 'wanted'>,
  { field, kind }: { field: Field; kind: WrittenKind },
  words: TableWords,
): Pick<StoreFinding, 'message' | 'fix'> {
  return {
    message: `The ${words.field} "${field.name}" of the ${words.table} "${table}" is of the type ${field.type}, so it cannot be filled. ${usedFor}`,
    fix: `Make it a ${words.field} of the type ${words.written[kind].join(' or ')}.`,
  };
}

function needsOf({ columns }: WantedTable): ReadonlySet<string> {
  return new Set(columns.flatMap(({ title, isNeeded }) => (isNeeded ? [title] : [])));
}

/** No such table, with the one that was probably meant. */
export function tableMissing({ table, usedFor }: WantedTable, names: readonly string[], words: TableWords): Problem {
  const nearest = nearestName(table, names);
  return new Problem({
    code: 'store.table-missing',
    message: `The base has no ${words.table} "${table}". ${usedFor}`,
    fix: `${nearest === null ? '' : `Did you mean "${nearest}"? `}${words.ifUnseen === undefined ? '' : `${words.ifUnseen} `}Bring the ${words.table} back, or correct its name in the config.`,
  });
}

/** The row that was to be ticked is not there. */
export function tableRowGone({ table }: WantedTable, words: TableWords): Problem {
  return new Problem({
    code: ROW_GONE,
    message: `The row is no longer in the ${words.table} "${table}".`,
    fix: 'Nothing is to be done if it was deleted on purpose; it is noticed by itself.',
  });
}

/** The column cannot be ticked: it is missing, or holds something else. */
export function notTicked({ table }: WantedTable, title: string, words: TableWords): Problem {
  return new Problem({
    code: 'store.table-unfit',
    message: `The ${words.table} "${table}" has no ${words.field} "${title}" of the type ${words.tickType}, so it cannot be ticked.`,
    fix: `Make "${title}" a ${words.field} of that type in the base, or change the row there by hand.`,
  });
}

/** What keeps columns from being read or ticked, and which of them have another name by now. */
export function tableFindings<Field extends BaseField>(table: BoundTable<Field>, words: TableWords): StoreFinding[] {
  const needed = needsOf(table.wanted);
  const meant = table.unread.filter(({ column: { title }, field }) => {
    // Nobody has to have every column; one that is nearly there was meant to be.
    return needed.has(title) || field !== null || nearestName(title, table.names) !== null;
  });
  const others = table.unread
    .filter((each) => !meant.includes(each))
    .map(({ column: { title } }) => `"${title}"${typeToMake(table, title, words)}`);
  return [
    ...meant.map((each): StoreFinding => {
      const severity = needed.has(each.column.title) ? 'error' : 'warning';
      return { severity, ...unreadWords(table, each, words), fixable: false };
    }),
    ...(others.length === 0 ? [] : [withoutColumns(table, others, words)]),
    ...[...table.bound.values()].flatMap((each) => boundFindings(table, each, words)),
  ];
}

/** Of a column that we fill, the type that it should have. */
function typeToMake<Field extends BaseField>({ wanted }: BoundTable<Field>, title: string, words: TableWords): string {
  const kind = wanted.columns.find((column) => column.title === title)?.written;
  return kind === undefined ? '' : ` (${words.written[kind][0] ?? ''})`;
}

function withoutColumns<Field extends BaseField>(
  { wanted: { table, usedFor, guide } }: BoundTable<Field>,
  titles: readonly string[],
  words: TableWords,
): StoreFinding {
  return {
    severity: 'advice',
    message: `The ${words.table} "${table}" does without ${titles.join(', ')}. ${usedFor}`,
    fix: `Add a ${words.field} when you want that, too; ${guide} tells what each is for.`,
    fixable: false,
  };
}

function boundFindings<Field extends BaseField>(
  { wanted }: BoundTable<Field>,
  { column, field }: { column: Column; field: Field },
  words: TableWords,
): StoreFinding[] {
  const found: StoreFinding[] = [];
  const { isTicked, written: kind } = wanted.columns.find(({ title }) => title === column.title) ?? {};
  if (field.name.toLowerCase() !== column.title.toLowerCase()) {
    found.push({
      severity: 'warning',
      message: `The ${words.field} "${column.title}" of the ${words.table} "${wanted.table}" is called "${field.name}" now.`,
      fix: 'It is known all the same; write its new name into the config, so that people know it again.',
      fixable: false,
    });
  }
  if (kind !== undefined && !words.written[kind].includes(field.type)) {
    const severity = kind === 'key' ? 'error' : 'warning';
    found.push({ severity, ...notWritable({ wanted }, { field, kind }, words), fixable: false });
  }
  if (isTicked === true && field.type !== words.tickType) {
    const { message, fix } = notTicked(wanted, column.title, words);
    found.push({ severity: 'warning', message, fix, fixable: false });
  }
  return found;
}

function unreadWords<Field extends BaseField>(
  bound: BoundTable<Field>,
  { column: { title }, field }: Unread<Field>,
  words: TableWords,
): Pick<StoreFinding, 'message' | 'fix'> {
  const { wanted, names } = bound;
  const { table, usedFor } = wanted;
  const kind = wanted.columns.find((column) => column.title === title)?.written;
  if (field !== null && kind !== undefined) return notWritable(bound, { field, kind }, words);
  if (field !== null) {
    return {
      message: `The ${words.field} "${field.name}" of the ${words.table} "${table}" is of the type ${field.type}, which cannot be read. ${usedFor}`,
      fix: `Add ${words.shownBy} that shows it in words, and name that in the config.`,
    };
  }
  const nearest = nearestName(title, names);
  return {
    message: `The ${words.table} "${table}" has no ${words.field} "${title}". ${usedFor}`,
    fix: `${nearest === null ? '' : `Did you mean "${nearest}"? `}Add the ${words.field}${typeToMake(bound, title, words)}, or name another in the config.`,
  };
}
