import type { Connection } from '../db/connection.ts';
import type { Policy } from '../decide/policy.ts';
import type { Log } from '../kit/log.ts';
import type { Pipeline } from '../pipeline/index.ts';
import type { Now } from '../ports/now.ts';
import type { Cells, StoredRow, TicketStore } from '../ports/ticket-store.ts';
import { type SeenHandoff, seeHandoff } from './asked-handoff.ts';
import { askingKeyOf } from './asking-key.ts';
import { isEmpty } from './cells.ts';
import { deskColumns } from './columns.ts';
import type { DeskColumn } from './desk-column.ts';
import { chosenFields, merge, type Merged } from './merge.ts';
import { type MirrorRow, mirrorOf, noteSeen } from './mirror.ts';
import type { KeptMeter } from './request-meter.ts';
import { noteChoices } from './shadow-choices.ts';
import { type CellLimits, limitsOf } from './shown-cell.ts';
import {
  concernsTicket,
  emptyTeamCells,
  isNews,
  rowSeen,
  teamCells,
  teamColumns,
  type TeamNews,
  teamNews,
} from './team-columns.ts';
import { SOMEBODY } from './wording.ts';

/** What sync works with. */
export interface SyncParts {
  connection: Connection;
  store: TicketStore;
  pipeline: Pick<Pipeline, 'edit' | 'reply' | 'adopt' | 'restore'>;
  /** Of the config in force. */
  policy: () => Policy;
  /** Counts what is asked of the base. */
  meter: Pick<KeptMeter, 'spentThisMonth' | 'save'>;
  /** Told of rows that changed lately, once they were taken in; left out, nobody is. */
  noteEdited?: (rows: readonly StoredRow[]) => Promise<void>;
  /** Whether the base was given an address of ours to call; left out, it was not. */
  hasNews?: () => boolean;
  /** Whether the desk only looks on; left out, it never does. */
  isInShadow?: () => boolean;
  /** Whether this process was told to stop, and leaves what is not begun to the next; left out, it never is. */
  isStopping?: () => boolean;
  now: Now;
  /** Lets time pass; a test's clock jumps instead. */
  pause: (milliseconds: number) => Promise<void>;
  log: Log;
}

/**
 * What came of looking at a row: nothing new; edits taken over; only columns of the team's own `noted`, which
 * change by themselves too; or `overtaken`, when the mirror changed meanwhile and the row is to be read again.
 */
export type Taken = 'same' | 'taken' | 'noted' | 'overtaken';

/** Takes over what people did to the row of a ticket. Doing it again changes nothing. */
export async function takeRow(parts: SyncParts, row: StoredRow, mirror: MirrorRow): Promise<Taken> {
  const columns = deskColumns(parts.policy());
  const limits = limitsOf(parts);
  const isBegun = isMerelyBegun(row, mirror);
  const sides = { columns, theirs: row.cells, synced: isBegun ? {} : asMade(mirror, limits) };
  const shown = { ticket: mirror.ticket, activity: [] };
  const { sent, withheld } = mirror;
  const merged = merge({ ...sides, sent, shown, limits, withheld });
  const team = teamColumns(parts.policy());
  const known = mirror.rowId === null ? emptyTeamCells(team) : mirror.synced;
  const news = teamNews(team, { theirs: row.cells, synced: known });
  const isOurs = merged.isNews || !isAsKnown(row, mirror);
  if (!isOurs && !isNews(news)) return 'same';
  const pollSeconds = parts.store.abilities.pollSeconds.busy;
  const handoff = seeHandoff({ ...sides, mirror }, { now: parts.now(), pollSeconds });
  if (parts.isInShadow?.() === true) await noteChoices(parts.connection, chooserOf(parts, row, mirror), sides);
  const replyKey = await tell(parts, { stored: row, mirror, merged, handoff, news });
  const synced = { ...merged.synced, ...news.synced, key: row.key };
  const owedOnce = isBegun ? columns.filter(({ edits }) => edits === 'left').map(({ name }) => name) : withheld;
  const seen = { rowId: row.id, synced, replyKey, handoffKey: handoff.key, at: parts.now(), withheld: owedOnce };
  if (!(await noteSeen(parts.connection, mirror, seen))) return 'overtaken';
  return isOurs ? 'taken' : 'noted';
}

function chooserOf({ now }: SyncParts, { editedBy }: StoredRow, { key }: MirrorRow) {
  return { ticketKey: key, by: editedBy ?? SOMEBODY, at: now() };
}

/**
 * Where the base keeps us out of a column, a new row may be made with its key alone, and then filled. Of one of
 * which we did not hear more, nobody has emptied all the cells.
 */
function isMerelyBegun({ cells }: StoredRow, { rowId, sent }: MirrorRow): boolean {
  const names = Object.keys(sent).filter((name) => name !== 'key');
  return rowId === null && names.length > 0 && names.every((name) => isEmpty(cells[name] ?? null));
}

/**
 * A row that was made without our hearing of it began as it was sent, save the columns that the base keeps us out
 * of; a cell that is empty now was emptied.
 */
function asMade({ rowId, synced, sent }: MirrorRow, { locked }: CellLimits): Cells {
  if (rowId !== null) return synced;
  const made = Object.entries(sent).filter(([name]) => !locked({ isNew: true }).has(name));
  return Object.fromEntries(made.map(([name, cells]) => [name, cells.at(-1) ?? null]));
}

function isAsKnown(row: StoredRow, { rowId, synced, detachedAt }: MirrorRow): boolean {
  return rowId === row.id && (synced['key'] ?? null) === row.key && detachedAt === null;
}

/** A row, and what a look at it told. */
interface Seen {
  stored: StoredRow;
  mirror: MirrorRow;
  merged: Merged;
  handoff: SeenHandoff;
  news: TeamNews;
}

/** The answer goes first: who answers and resolves in one go has answered an open ticket. */
async function tell(
  { pipeline, now, isInShadow }: SyncParts,
  { stored, mirror, merged, handoff, news }: Seen,
): Promise<string | null> {
  const by = stored.editedBy ?? SOMEBODY;
  const { changes, requester } = merged;
  // While we only look on nothing is sent; the text stays in its cell, to be sent later or not at all.
  const reply = isInShadow?.() === true ? null : merged.reply;
  const key = reply === null ? mirror.replyKey : askingKeyOf(mirror.replyKey ?? mirror.key, { text: reply });
  if (reply !== null && key !== null) await pipeline.reply(mirror.key, { by, text: reply, key });
  const { asked, answer } = handoff;
  const isEdited = changes.length > 0 || Object.keys(requester).length > 0;
  if (isEdited || asked !== null || answer !== null || concernsTicket(news)) {
    await pipeline.edit(mirror.key, {
      by,
      at: now(),
      changes,
      requester,
      ...(asked !== null && { handoff: asked }),
      ...(answer !== null && { answer }),
      ...(concernsTicket(news) && { row: { changed: news.changed, found: news.found } }),
    });
  }
  return key;
}

/**
 * Makes a ticket of a row that a person typed. Null while the row says nothing yet: bases make a row with
 * the first click, and its cells are filled one by one. The title comes first there, so what people write into it
 * is the subject, unless they wrote another.
 */
export async function adoptRow(parts: SyncParts, row: StoredRow): Promise<string | null> {
  const columns = deskColumns(parts.policy());
  const subject = wordsOf(row.cells, 'subject') || wordsOf(row.cells, 'ticket');
  const text = wordsOf(row.cells, 'description');
  if (subject === '' && text === '') return null;
  const email = wordsOf(row.cells, 'requesterEmail').toLowerCase();
  const { ticketKey } = await parts.pipeline.adopt({
    by: row.editedBy ?? SOMEBODY,
    ...channelOf(row.cells),
    rowId: row.id,
    createdAt: row.createdAt,
    subject: subject === '' ? firstLineOf(text) : subject,
    text,
    requester: { name: wordsOf(row.cells, 'requesterName') || email || 'Unknown', email: email === '' ? null : email },
    chosen: chosenFields(columns, row.cells),
    row: rowSeen(teamColumns(parts.policy()), row.cells),
  });
  if (parts.isInShadow?.() === true) {
    const chooser = { ticketKey, by: row.editedBy ?? SOMEBODY, at: row.createdAt };
    await noteChoices(parts.connection, chooser, { columns, theirs: row.cells, synced: {} });
  }
  await mirrorTyped(parts, row, { ticketKey, columns });
  return ticketKey;
}

/** Who types a row may say how the request came. */
function channelOf(cells: Cells): { channel?: string } {
  const channel = wordsOf(cells, 'channel').slice(0, LONGEST_CHANNEL);
  return channel === '' ? {} : { channel };
}

/** What stood in the row when it became a ticket is nobody's later edit, even where triage added to it. */
async function mirrorTyped(
  parts: SyncParts,
  row: StoredRow,
  { ticketKey, columns }: { ticketKey: string; columns: readonly DeskColumn[] },
): Promise<void> {
  const [mirror] = await mirrorOf(parts.connection, { keys: [ticketKey], rowIds: [] });
  if (mirror === undefined) return;
  const synced = { ...readAlready(row, columns), ...teamCells(teamColumns(parts.policy()), row.cells) };
  const seen = { rowId: row.id, synced, replyKey: null, handoffKey: null, withheld: [], at: parts.now() };
  await noteSeen(parts.connection, mirror, seen);
  const [fresh] = await mirrorOf(parts.connection, { keys: [ticketKey], rowIds: [] });
  if (fresh !== undefined) await takeRow(parts, row, fresh);
}

/** A channel is a name. */
const LONGEST_CHANNEL = 80;

/** The cells by which people ask for something: it is judged once there is a ticket of which to judge it. */
const ASKING: ReadonlySet<string> = new Set([
  'send',
  'sendSuggestion',
  'handoffTo',
  'handoffReason',
  'handoffAnswer',
  'incident',
  'knownIncident',
  'incidentMessage',
]);

/**
 * The row as it went into a ticket. Two things are left out, to be looked at once more: what no ticket can
 * hold, so that the person hears why it was put back, and what was asked for, such as a tick at `Send`.
 */
export function readAlready({ key, cells }: StoredRow, columns: readonly DeskColumn[]): Cells {
  const read = columns.flatMap(({ name, edits, target, take }) => {
    const cell = cells[name] ?? null;
    const isOpen = ASKING.has(name) || (target !== null && take(cell) === undefined);
    return name === 'key' || edits === 'left' || isOpen ? [] : [[name, cell]];
  });
  return { ...Object.fromEntries(read), key };
}

function wordsOf(cells: Cells, name: string): string {
  const cell = cells[name];
  return typeof cell === 'string' ? cell.trim() : '';
}

/** For a row that has a text and no subject. */
function firstLineOf(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length <= 80 ? line : `${line.slice(0, 79).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
