import { sameValue } from '../decide/apply.ts';
import { rowColumnsRead } from '../decide/conditions/row-columns.ts';
import { NOTES_IN_ROW } from '../decide/handoff/contract.ts';
import type { Policy } from '../decide/policy.ts';
import type { RowNews, RowValue, Ticket } from '../domain/ticket.ts';
import { storable } from '../kit/storable-text.ts';
import type { Cell, Cells, Column } from '../ports/ticket-store.ts';
import { deskColumns } from './columns.ts';

/** Rules compare short words; a longer text is kept as far as it goes, so that it is something all the same. */
const LONGEST_TEXT = 1000;
const LONGEST_LIST = 100;

/** A column of the team's own that rules ask for. */
export interface TeamColumn extends Column {
  /** The name that a ticket has for it. */
  key: string;
  /** The cell that it is read from, where that is one of ours: then only whether there is anything in it counts. */
  cell?: string;
}

/** That somebody noted something in the row; what, is nobody else's business. */
const NOTES: TeamColumn = {
  key: NOTES_IN_ROW,
  cell: 'internalNotes',
  name: `row.${NOTES_IN_ROW}`,
  title: 'Internal notes',
  type: { kind: 'any' },
  edits: 'read',
  description: 'A hand-off may need a note.',
};

const MADE = new WeakMap<Policy, { team: readonly TeamColumn[]; all: readonly Column[] }>();

function columnsOf(policy: Policy) {
  const made = MADE.get(policy);
  if (made !== undefined) return made;
  const team = rowColumnsRead(policy).map(({ key, title, places }): TeamColumn => ({
    key,
    name: `row.${key}`,
    title,
    type: { kind: 'any' },
    edits: 'read',
    description: `Rules ask for it: ${places.join(', ')}.`,
  }));
  const isNoteAsked = policy.routing.handoffs.some(({ needs }) => needs.includes('note'));
  const columns = { team: isNoteAsked ? [...team, NOTES] : team, all: [...deskColumns(policy), ...team] };
  MADE.set(policy, columns);
  return columns;
}

/** The columns of the team's own that rules ask for. */
export function teamColumns(policy: Policy): readonly TeamColumn[] {
  return columnsOf(policy).team;
}

/** Everything that is read of a row: our columns, and those of the team's own that rules ask for. */
export function storeColumns(policy: Policy): readonly Column[] {
  return columnsOf(policy).all;
}

/** What a look at a row told of the team's own columns. */
export interface TeamNews {
  changed: RowNews;
  /** What no look had told before, as no rule asked for it; what is empty was taken for that anyway. */
  found: RowNews;
  /** Cells that are other than we knew them. */
  synced: Cells;
}

/** Compares a row with what we knew of it. A column that the base lacks tells nothing. */
export function teamNews(team: readonly TeamColumn[], { theirs, synced }: { theirs: Cells; synced: Cells }): TeamNews {
  const news = { changed: {} as Record<string, RowValue | null>, found: {} as Record<string, RowValue | null> };
  const seen: Record<string, Cell> = {};
  for (const column of team) {
    const { key, name } = column;
    const cell = theirs[column.cell ?? name];
    if (cell === undefined) continue;
    const [value, before] = [valueIn(column, cell), synced[name]];
    if (before !== undefined && sameValue(before, value)) continue;
    seen[name] = value;
    if (before !== undefined) news.changed[key] = value;
    else if (value !== null) news.found[key] = value;
  }
  return { ...news, synced: seen };
}

/** Whether there is anything to remember. */
export function isNews({ synced }: TeamNews): boolean {
  return Object.keys(synced).length > 0;
}

/** Whether the ticket must hear of it. */
export function concernsTicket({ changed, found }: TeamNews): boolean {
  return Object.keys(changed).length + Object.keys(found).length > 0;
}

/** What a row says in the team's own columns, as its ticket holds it. */
export function rowSeen(team: readonly TeamColumn[], cells: Cells): Ticket['row'] {
  const said = team.flatMap((column) => {
    const value = valueIn(column, cells[column.cell ?? column.name] ?? null);
    return value === null ? [] : [[column.key, value] as const];
  });
  return Object.fromEntries(said);
}

/** The same cells as the mirror holds them. */
export function teamCells(team: readonly TeamColumn[], cells: Cells): Cells {
  return teamNews(team, { theirs: cells, synced: {} }).synced;
}

/** A row that we make begins without anything in the team's columns. */
export function emptyTeamCells(team: readonly TeamColumn[]): Cells {
  return Object.fromEntries(team.map(({ name }) => [name, null]));
}

function valueIn({ cell: ownCell }: TeamColumn, cell: Cell): RowValue | null {
  const value = valueOf(cell);
  return ownCell === undefined || value === null ? value : true;
}

function valueOf(cell: Cell): RowValue | null {
  if (typeof cell === 'string') return textOf(cell);
  if (!Array.isArray(cell)) return cell;
  const texts = cell.slice(0, LONGEST_LIST).flatMap((item: string) => textOf(item) ?? []);
  return texts.length === 0 ? null : texts;
}

function textOf(cell: string): string | null {
  const text = storable(cell).trim();
  return text === '' ? null : text.slice(0, LONGEST_TEXT).replace(/[\uD800-\uDBFF]$/, '');
}
