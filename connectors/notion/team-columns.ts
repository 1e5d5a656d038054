import { nearestName } from '../../src/kit/nearest-name.ts';
import type { Cell, Column, StoreFinding } from '../../src/ports/ticket-store.ts';
import { CellWords, Computed, type DataSource, type Property } from './wire.ts';

/** Types of property in which nothing stands that a rule could compare: ids of other rows, files, a button. */
const UNREADABLE: ReadonlySet<string> = new Set(['relation', 'files', 'button', 'verification']);

/** Types of property that hold several values, however many there are. */
const LISTS: ReadonlySet<string> = new Set(['multi_select', 'people']);

/** A column, and the property of the database in which it is. */
interface Kept {
  column: Column;
  property: Property;
}

/** A column of the team's own that rules ask for and that cannot be read, and its property where there is one. */
export interface Unread {
  column: Column;
  why: 'missing' | 'ours' | 'unreadable';
  property: Property | null;
}

/** The team's own columns and their properties; `taken` holds ids of properties in which ours are kept. */
export function bindTeamColumns(
  found: readonly { column: Column; property: Property | undefined }[],
  taken: ReadonlySet<string>,
): { bound: readonly Kept[]; unread: readonly Unread[] } {
  const bound: Kept[] = [];
  const unread: Unread[] = [];
  for (const { column, property } of found) {
    if (property === undefined) unread.push({ column, why: 'missing', property: null });
    else if (taken.has(property.id)) unread.push({ column, why: 'ours', property });
    else if (UNREADABLE.has(property.type)) unread.push({ column, why: 'unreadable', property });
    else bound.push({ column, property });
  }
  return { bound, unread };
}

/** What a person reads in a cell of the team's own. A box that is not ticked says no. */
export function teamCell({ type }: Pick<Property, 'type'>, held: unknown): Cell {
  if (type === 'formula' || type === 'rollup') return computedCell(held);
  if (type === 'title' || type === 'rich_text') return textIn(held);
  if (!Array.isArray(held)) return saidBy(held);
  const items = held.flatMap((item) => saidBy(item) ?? []);
  const [only = null] = items;
  return items.length < 2 && !LISTS.has(type) ? only : items.map(String);
}

/** A rollup that shows values of other rows has one of its kind for each. */
function computedCell(held: unknown): Cell {
  const { success, data: computed } = Computed.safeParse(held);
  if (!success) return null;
  const value = computed[computed.type];
  if (computed.type !== 'array' || !Array.isArray(value)) return saidBy(value);
  const items = value.flatMap((item) => {
    const each = Computed.safeParse(item).data;
    const said = each === undefined ? null : teamCell({ type: each.type }, each[each.type]);
    return said ?? [];
  });
  const [only = null] = items;
  return items.length < 2 ? only : items.map(String);
}

function textIn(held: unknown): string | null {
  const pieces = Array.isArray(held) ? held.map((piece) => saidBy(piece) ?? '') : [];
  return pieces.length === 0 ? null : pieces.join('');
}

/** Null for what nobody could compare. */
function saidBy(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return CellWords.parse(value);
}

/** What keeps rules from reading columns that they ask for, and columns that have another name by now. */
export function teamFindings(
  { properties }: Pick<DataSource, 'properties'>,
  { bound, unread }: { bound: Iterable<Kept>; unread: readonly Unread[] },
): StoreFinding[] {
  const names = properties.map(({ name }) => name);
  const renamed = [...bound].filter(
    ({ column, property }) => column.edits === 'read' && property.name.toLowerCase() !== column.title.toLowerCase(),
  );
  return [
    ...unread.map((each) => ({ severity: 'warning' as const, ...wordsFor(each, names), fixable: false })),
    ...renamed.map(({ column: { title, description }, property: { name } }) => ({
      severity: 'warning' as const,
      message: `The property "${title}" is called "${name}" now. ${description}`,
      fix: `It is read all the same; write row.${name} in the rules, so that people know it again.`,
      fixable: false,
    })),
  ];
}

function wordsFor(
  { column: { title, description }, why, property }: Unread,
  names: readonly string[],
): Pick<StoreFinding, 'message' | 'fix'> {
  switch (why) {
    case 'missing': {
      const nearest = nearestName(title, names);
      const question = nearest === null ? '' : `Did you mean "${nearest}"? `;
      return {
        message: `The database has no property "${title}". ${description}`,
        fix: `${question}Correct the rule, or add the property; or, if it was renamed, name its id in desk.yaml: columns: { row.${title}: … }.`,
      };
    }
    case 'ours':
      return {
        message: `The property "${property?.name ?? title}" is one that Tabledesk fills. ${description}`,
        fix: 'Ask for the field of the ticket instead; docs/rules.md names them.',
      };
    case 'unreadable':
      return {
        message: `The property "${property?.name ?? title}" is of the type ${property?.type ?? 'unknown'}, which rules cannot read. ${description}`,
        fix: 'Add a rollup or a formula that shows what is to be compared, and ask for that.',
      };
  }
}
