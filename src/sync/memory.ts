import type { Clock } from '../domain/clock.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Cell } from '../ports/ticket-store.ts';
import { Memory } from './wire.ts';

/** Our name for the column in which a row remembers what else there is to know of its ticket. */
export const MEMORY = 'memory';

/** Of the form below; a later one that older versions cannot read counts up. */
const VERSION = 1;

/** What goes first when a cell cannot hold everything. Columns hold all but proposals, opinions, fields and account, too. */
const DROPPED_FIRST = [
  'draft',
  'proposals',
  'opinions',
  'surveyComment',
  'resolution',
  'fields',
  'account',
  'externalId',
  'subject',
  'requester',
] as const;

/** Escapes of what no database keeps: NUL, and halves of a character. */
const UNKEPT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

/** What a row remembers: a ticket but for what it says in columns of its own, and the key of the last reply. */
export interface Remembered {
  ticket: Partial<Ticket>;
  replyKey: string | null;
}

/**
 * Everything that a ticket is, as one line of JSON, so that a lost database can be rebuilt from the base.
 * What people may change stands in it too: only so can their edit be told from what we wrote. The same
 * ticket gives the same text. Null when even the least of it is too long for a cell.
 */
export function memoryOf(
  { ticket, replyKey }: { ticket: Ticket; replyKey: string | null },
  longest: number,
): string | null {
  const all: Record<string, unknown> = { v: VERSION, replyKey, ...factsOf(ticket) };
  const cut: string[] = [];
  for (const name of [null, ...DROPPED_FIRST]) {
    if (name !== null) cut.push(name);
    const text = JSON.stringify(packed({ ...dropped(all, cut), cut }));
    if (text.length <= longest) return text;
  }
  return null;
}

/**
 * The description is the longest of all and has a column to itself, as columns of the team's own have; the
 * other two change with every look.
 */
const ELSEWHERE: ReadonlySet<string> = new Set<keyof Ticket>(['description', 'row', 'why', 'updatedAt']);

function factsOf(ticket: Ticket): Record<string, unknown> {
  const facts = Object.entries(ticket).filter(([name]) => !ELSEWHERE.has(name));
  return { ...Object.fromEntries(facts), clocks: ticket.clocks.map(packedClock) };
}

/** A clock has many moments that have not come. */
function packedClock(clock: Clock): object {
  return Object.fromEntries(Object.entries(clock).filter(([, value]) => value !== null));
}

function dropped(all: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
  const { requester } = kept;
  if (!names.includes('account') || typeof requester !== 'object') return kept;
  return { ...kept, requester: { ...requester, account: {}, said: {} } };
}

/** Without what is empty, and in the order of the alphabet. */
function packed(all: Readonly<Record<string, unknown>>): unknown {
  return ordered(Object.fromEntries(Object.entries(all).filter(([, value]) => !isNothing(value))));
}

function isNothing(value: unknown): boolean {
  if (value === null || value === false) return true;
  return typeof value === 'object' && !(value instanceof Temporal.Instant) && Object.keys(value).length === 0;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null || value instanceof Temporal.Instant) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, held]) => [name, ordered(held)]));
}

/** What a cell remembers of the ticket with that key; null when it is empty, damaged or of another ticket. */
export function recall(cell: Cell, key: string): Remembered | null {
  if (typeof cell !== 'string' || cell.trim() === '' || UNKEPT.test(cell) || !isKept(cell)) return null;
  const read = Memory.safeParse(parsed(cell));
  if (!read.success || read.data.key !== key) return null;
  const { cut, replyKey, ...facts } = read.data;
  const kept = Object.entries(facts).filter(([name]) => name !== 'v' && !cut.includes(name));
  return { ticket: Object.fromEntries(kept), replyKey };
}

function isKept(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
