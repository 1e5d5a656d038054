import { Problem } from '../domain/problem.ts';
import type { WantedColumn, WantedTable } from '../ports/store-tables.ts';
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
  const others = table.unread.filter((each) => !meant.includes(each)).map(({ column }) => `"${column.title}"`);
  return [
    ...meant.map((each): StoreFinding => {
      const severity = needed.has(each.column.title) ? 'error' : 'warning';
      return { severity, ...unreadWords(table, each, words), fixable: false };
    }),
    ...(others.length === 0 ? [] : [withoutColumns(table, others, words)]),
    ...[...table.bound.values()].flatMap((each) => boundFindings(table, each, words)),
  ];
}

function withoutColumns<Field extends BaseField>(
  { wanted: { table, usedFor } }: BoundTable<Field>,
  titles: readonly string[],
  words: TableWords,
): StoreFinding {
  return {
    severity: 'advice',
    message: `The ${words.table} "${table}" does without ${titles.join(', ')}. ${usedFor}`,
    fix: `Add a ${words.field} when you want to say that, too; docs/people.md tells what each is for.`,
    fixable: false,
  };
}

function boundFindings<Field extends BaseField>(
  { wanted }: BoundTable<Field>,
  { column, field }: { column: Column; field: Field },
  words: TableWords,
): StoreFinding[] {
  const found: StoreFinding[] = [];
  if (field.name.toLowerCase() !== column.title.toLowerCase()) {
    found.push({
      severity: 'warning',
      message: `The ${words.field} "${column.title}" of the ${words.table} "${wanted.table}" is called "${field.name}" now.`,
      fix: 'It is read all the same; write its new name into the config, so that people know it again.',
      fixable: false,
    });
  }
  const isTicked = wanted.columns.some(({ title, isTicked: isOne }) => isOne && title === column.title);
  if (isTicked && field.type !== words.tickType) {
    const { message, fix } = notTicked(wanted, column.title, words);
    found.push({ severity: 'warning', message, fix, fixable: false });
  }
  return found;
}

function unreadWords<Field extends BaseField>(
  { wanted: { table, usedFor }, names }: BoundTable<Field>,
  { column: { title }, field }: Unread<Field>,
  words: TableWords,
): Pick<StoreFinding, 'message' | 'fix'> {
  if (field !== null) {
    return {
      message: `The ${words.field} "${field.name}" of the ${words.table} "${table}" is of the type ${field.type}, which cannot be read. ${usedFor}`,
      fix: `Add ${words.shownBy} that shows it in words, and name that in the config.`,
    };
  }
  const nearest = nearestName(title, names);
  return {
    message: `The ${words.table} "${table}" has no ${words.field} "${title}". ${usedFor}`,
    fix: `${nearest === null ? '' : `Did you mean "${nearest}"? `}Add the ${words.field}, or name another in the config.`,
  };
}
