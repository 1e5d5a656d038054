import type { SentCells } from '../db/schema.ts';
import type { FieldChange } from '../domain/occasion.ts';
import type { FieldValue, Ticket, TicketField } from '../domain/ticket.ts';
import type { Edit } from '../pipeline/index.ts';
import type { Cell, Cells } from '../ports/ticket-store.ts';
import { sameCell } from './cells.ts';
import { type DeskColumn, saysTheSame, type Shown } from './desk-column.ts';
import { type CellLimits, shownCell } from './shown-cell.ts';

/** The three sides of a row, and what we may have sent of it without hearing whether it arrived. */
export interface Sides {
  columns: readonly DeskColumn[];
  /** The row as it was read just now. */
  theirs: Cells;
  /** The row as we last knew it. */
  synced: Cells;
  sent: SentCells;
  /** What the ticket would have in the row. */
  shown: Shown;
  limits: CellLimits;
  /** Of the columns that we write but once, those that could not be written yet; left out, none. */
  withheld?: readonly string[];
}

/** What a look at a row brought. */
export interface Merged {
  /** Fields that a person changed. */
  changes: readonly FieldChange[];
  requester: NonNullable<Edit['requester']>;
  /** A text that a person asked to send. */
  reply: string | null;
  /** The row as we know it now. */
  synced: Cells;
  /** Whether the row is other than we knew it. */
  isNews: boolean;
}

/**
 * Tells a person's edits from our own echoes, cell by cell: what is as we last knew it, as we sent it, or
 * as the ticket has it anyway is nobody's edit; all else is a person's, and wins. Columns of ours that a
 * person changed stand in `synced` as they are, so that the next write puts them back.
 */
export function merge({ columns, theirs, synced, sent, shown, limits, withheld = [] }: Sides): Merged {
  const changes: FieldChange[] = [];
  const requester: { name?: string; email?: string | null } = {};
  const watched = columns.filter(({ name, edits }) => name !== 'key' && (edits !== 'left' || withheld.includes(name)));
  const news = watched.filter(({ name, type }) => !sameCell(type, theirs[name] ?? null, synced[name] ?? null));
  for (const column of news) {
    if (column.target === null || !isEdit(column, { theirs, sent, shown, limits })) continue;
    const to = taken(column, theirs[column.name] ?? null);
    if (column.target === 'requesterName') requester.name = String(to ?? '');
    else if (column.target === 'requesterEmail') requester.email = to === null ? null : String(to);
    else changes.push({ field: column.target, from: shown.ticket[column.target], to });
  }
  return {
    changes,
    requester,
    reply: askedReply(columns, { theirs, synced, sent }),
    synced: { ...synced, ...Object.fromEntries(watched.map(({ name }) => [name, theirs[name] ?? null])) },
    isNews: news.length > 0,
  };
}

function isEdit(
  column: DeskColumn,
  { theirs, sent, shown, limits }: Pick<Sides, 'theirs' | 'sent' | 'shown' | 'limits'>,
): boolean {
  const cell = theirs[column.name] ?? null;
  if (isEcho(column, cell, sent)) return false;
  const ours = [column.show(shown), shownCell(column, shown, limits)];
  return !ours.some((each) => saysTheSame(column, cell, each));
}

function isEcho({ name, type }: DeskColumn, cell: Cell, sent: SentCells): boolean {
  return (sent[name] ?? []).some((each) => sameCell(type, each, cell));
}

/** What no ticket can hold goes to the judgement as it was typed; it refuses it, and says why. */
function taken({ take }: DeskColumn, cell: Cell): FieldValue {
  const value = take(cell);
  return value === undefined ? cell : value;
}

/** Each tick by which people send something, and the column whose text they see then. */
const SENDING = [
  { tick: 'send', text: 'reply' },
  { tick: 'sendSuggestion', text: 'suggestedReply' },
] as const;

/** The tick is the request: it counts once, when it appears. */
function askedReply(
  columns: readonly DeskColumn[],
  { theirs, synced, sent }: Pick<Sides, 'theirs' | 'synced' | 'sent'>,
): string | null {
  for (const { tick, text } of SENDING) {
    const column = columns.find(({ name }) => name === tick);
    const isTicked = theirs[tick] === true && synced[tick] !== true;
    if (column === undefined || !isTicked || isEcho(column, true, sent)) continue;
    const cell = theirs[text];
    const written = typeof cell === 'string' ? cell.trim() : '';
    if (written !== '') return written;
  }
  return null;
}

/** The fields of a row that a person typed: what is filled in and can stand. */
export function chosenFields(
  columns: readonly DeskColumn[],
  cells: Cells,
): Readonly<Partial<Record<TicketField, FieldValue>>> {
  const chosen: Partial<Record<TicketField, FieldValue>> = {};
  for (const { name, target, take } of columns) {
    if (target === null || NOT_CHOSEN.has(target) || !isTicketField(target)) continue;
    const cell = cells[name] ?? null;
    if (cell === null || cell === '' || (Array.isArray(cell) && cell.length === 0)) continue;
    const value = take(cell);
    if (value !== undefined && value !== null) chosen[target] = value;
  }
  return chosen;
}

/** Told to the pipeline by themselves, or no choice at all: an empty box is how every new row begins. */
const NOT_CHOSEN: ReadonlySet<string> = new Set([
  'subject',
  'needsReview',
  'requesterName',
  'requesterEmail',
  'incident',
  'knownIncident',
  'incidentMessage',
]);

function isTicketField(target: DeskColumn['target']): target is TicketField & keyof Ticket {
  return target !== null && target !== 'requesterName' && target !== 'requesterEmail';
}
