import type { FieldValue, Ticket, TicketField } from '../domain/ticket.ts';
import type { Cell, Column, ColumnType } from '../ports/ticket-store.ts';
import type { ActivityLine } from './activity.ts';
import { instantCell, sameCell } from './cells.ts';
import type { Wording } from './wording.ts';

/** What the cells of a row are made from. */
export interface Shown {
  ticket: Ticket;
  /** The latest decisions, newest first. */
  activity: readonly ActivityLine[];
  /** Of the last reply that was taken from the row; nothing when there was none. */
  replyKey?: string | null;
}

/** Where a person's edit of a column goes. */
export type Target = TicketField | 'requesterName' | 'requesterEmail';

/** A column of the base, and how its cell and the ticket speak of each other. */
export interface DeskColumn extends Column {
  /** What the cell is to hold, given the longest text that it can hold, in UTF-16 units. */
  show(shown: Shown, longest?: number): Cell;
  /** Where an edit goes; null for the columns that ask for something, such as `Send`, and say nothing. */
  target: Target | null;
  /** What a ticket holds for a cell; undefined when it can hold no such thing. */
  take(cell: Cell): FieldValue | undefined;
}

const OURS = 'Tabledesk works this out; an edit is put back.';
const ONCE = 'Written once, when the ticket comes in; yours from then on.';
const YOURS = 'Change it as you like; your choice stays.';

/** Whether two cells of a column say the same of the ticket: a desk may offer several names for one status. */
export function saysTheSame({ type, take }: DeskColumn, one: Cell, other: Cell): boolean {
  if (sameCell(type, one, other)) return true;
  if (type.kind !== 'choice' || ![one, other].every((cell) => type.options.includes(String(cell)))) return false;
  const value = take(one);
  return value !== undefined && value === take(other);
}

export type Named = Pick<Column, 'name' | 'title' | 'type'>;

export function typed(name: string, title: string, type: ColumnType): Named {
  return { name, title, type };
}

export function line(name: string, title: string): Named {
  return typed(name, title, { kind: 'line' });
}

export function text(name: string, title: string): Named {
  return typed(name, title, { kind: 'text' });
}

export function count(name: string, title: string): Named {
  return typed(name, title, { kind: 'number', decimals: 0 });
}

export function checkbox(name: string, title: string): Named {
  return typed(name, title, { kind: 'checkbox' });
}

export function ours(named: Named, show: DeskColumn['show']): DeskColumn {
  return { ...named, edits: 'undone', description: OURS, show, target: null, take: () => undefined };
}

export function once(named: Named, show: DeskColumn['show']): DeskColumn {
  return { ...named, edits: 'left', description: ONCE, show, target: null, take: () => undefined };
}

export function asked(named: Named, description: string): DeskColumn {
  return { ...named, edits: 'taken', asks: true, description, show: () => null, target: null, take: () => undefined };
}

type Yours = Pick<DeskColumn, 'show' | 'take'> & { target: Target };

export function yours(named: Named, { target, show, take }: Yours): DeskColumn {
  return { ...named, edits: 'taken', description: YOURS, show, target, take };
}

type NamedField = 'category' | 'severity' | 'priority' | 'status' | 'queue' | 'assignee';

/** A field that holds one of the names that config or the product knows. */
export function chosen(name: NamedField, title: string, { shown, show, take }: Wording): DeskColumn {
  return yours(typed(name, title, { kind: 'choice', options: shown, closed: true }), {
    target: name,
    // A name that config no longer has is shown as it is: the ticket still bears it.
    show: ({ ticket }) => show(ticket[name]) ?? ticket[name],
    take: (cell) => (wordsOf(cell) === '' ? null : take(wordsOf(cell))),
  });
}

type MomentField = {
  [Name in keyof Ticket]: Ticket[Name] extends Temporal.Instant | null ? Name : never;
}[keyof Ticket];

export function moment(name: MomentField, title: string): DeskColumn {
  return ours(typed(name, title, { kind: 'instant' }), ({ ticket }) => instantCell(ticket[name]));
}

export function wordsOf(cell: Cell): string {
  return (Array.isArray(cell) ? cell.join(', ') : String(cell ?? '')).trim();
}

export function addressOf(cell: Cell): string | null {
  const written = wordsOf(cell).toLowerCase();
  return written === '' ? null : written;
}

/** One name alone counts as a list of one, as by hand it is easily typed so. */
export function listOf(cell: Cell): readonly string[] {
  const items = Array.isArray(cell) ? cell : wordsOf(cell).split(',');
  return [...new Set(items.map((item: string) => item.trim()).filter((item: string) => item !== ''))];
}
