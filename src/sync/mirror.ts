import { and, asc, eq, inArray, isNotNull, isNull, lte, notInArray, or, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { type SentCells, type StoredProblem, tickets } from '../db/schema.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Cells } from '../ports/ticket-store.ts';
import { ACTIVITY_LINES, type ActivityLine } from './activity.ts';
import { stillUnderWay } from './still-under-way.ts';

/** A ticket beside its row, as the row stood when we last spoke with the base. */
export interface MirrorRow {
  key: string;
  ticket: Ticket;
  /** Of the ticket; counts up with each change. */
  version: number;
  rowId: string | null;
  /** The row as we last knew it; its key too, under `key`. */
  synced: Cells;
  /** What was sent since and not confirmed. */
  sent: SentCells;
  /** Grows with every change of `synced`. */
  syncedSeq: number;
  replyKey: string | null;
  handoffKey: string | null;
  detachedAt: Temporal.Instant | null;
  /** Columns in which the row is behind, as the base does not let us write them. */
  withheld: readonly string[];
}

const MIRROR_ROW = {
  key: tickets.key,
  ticket: tickets.ticket,
  version: tickets.version,
  rowId: tickets.rowId,
  synced: tickets.synced,
  sent: tickets.sent,
  syncedSeq: tickets.syncedSeq,
  replyKey: tickets.replyKey,
  handoffKey: tickets.handoffKey,
  detachedAt: tickets.detachedAt,
  withheld: tickets.withheld,
};

const NEXT_SEQ = sql`nextval('tickets_synced_seqs')`;

/** A ticket whose row is owed a write. */
export interface DirtyRow extends MirrorRow {
  dirtySince: Temporal.Instant;
  /** When the write is due; null while nobody has looked at what changed. */
  writeAt: Temporal.Instant | null;
}

/** Who has waited for so long goes before new rows, which otherwise come first. */
const PATIENCE = { seconds: 60 };

/** Tickets whose row is owed a write, due or not: those without a row first, then who has waited longest. */
export function dirtyRows({ queries }: Connection, limit: number): Promise<MirrorRow[]> {
  return queries
    .select(MIRROR_ROW)
    .from(tickets)
    .where(and(isNotNull(tickets.dirtySince), isNull(tickets.detachedAt)))
    .orderBy(sql`${tickets.rowId} is not null`, asc(tickets.dirtySince), asc(tickets.number))
    .limit(limit);
}

/** Which dirty rows to look at: so many, and none whose write is under way. */
export interface DirtyWanted {
  limit: number;
  busy: ReadonlySet<string>;
}

/** The same, with those first that are due; a new row does not go before who has waited long. */
export async function dueRows(
  { queries }: Connection,
  { limit, busy, now }: DirtyWanted & { now: Temporal.Instant },
): Promise<DirtyRow[]> {
  const at = sql`${now.toString()}::timestamptz`;
  const patient = sql`${now.subtract(PATIENCE).toString()}::timestamptz`;
  const rows = await queries
    .select({ ...MIRROR_ROW, dirtySince: tickets.dirtySince, writeAt: tickets.writeAt })
    .from(tickets)
    .where(and(isNotNull(tickets.dirtySince), isNull(tickets.detachedAt), notInArray(tickets.key, [...busy])))
    .orderBy(
      sql`coalesce(${tickets.writeAt} > ${at}, true)`,
      sql`${tickets.dirtySince} > ${patient}`,
      sql`${tickets.rowId} is not null`,
      asc(tickets.dirtySince),
      asc(tickets.number),
    )
    .limit(limit);
  return rows.flatMap(asDirty);
}

/** Rows that changed since anybody looked. */
export async function freshRows({ queries }: Connection, { limit, busy }: DirtyWanted): Promise<DirtyRow[]> {
  const rows = await queries
    .select({ ...MIRROR_ROW, dirtySince: tickets.dirtySince, writeAt: tickets.writeAt })
    .from(tickets)
    .where(
      and(
        isNotNull(tickets.dirtySince),
        isNull(tickets.writeAt),
        isNull(tickets.detachedAt),
        notInArray(tickets.key, [...busy]),
      ),
    )
    .orderBy(asc(tickets.dirtySince))
    .limit(limit);
  return rows.flatMap(asDirty);
}

function asDirty<Row extends { dirtySince: Temporal.Instant | null }>({ dirtySince, ...row }: Row) {
  return dirtySince === null ? [] : [{ ...row, dirtySince }];
}

/** A ticket without a row is always waited for; there is nothing to look at. */
export async function noteNewRowsDue({ queries }: Connection, seconds: number): Promise<void> {
  await queries
    .update(tickets)
    .set({ writeAt: sql`${tickets.dirtySince} + make_interval(secs => ${seconds})` })
    .where(and(isNotNull(tickets.dirtySince), isNull(tickets.writeAt), isNull(tickets.rowId)));
}

/** Records when writes are due. A ticket that changed since is to be looked at anew. */
export async function noteDue(
  { queries }: Connection,
  due: readonly { row: Pick<MirrorRow, 'key' | 'version' | 'syncedSeq'>; at: Temporal.Instant }[],
): Promise<void> {
  if (due.length === 0) return;
  const noted = due.map(({ row: { key, version, syncedSeq }, at }) => ({ key, version, syncedSeq, at }));
  await queries.execute(sql`
    update tickets set write_at = noted.at
    from jsonb_to_recordset(${JSON.stringify(noted)}::jsonb)
      as noted (key text, version bigint, "syncedSeq" bigint, at timestamptz)
    where tickets.key = noted.key and tickets.version = noted.version and tickets.synced_seq = noted."syncedSeq"
  `);
}

/** Tickets by their keys, or by the ids of their rows. */
export function mirrorOf(
  { queries }: Connection,
  { keys, rowIds }: { keys: readonly string[]; rowIds: readonly string[] },
): Promise<MirrorRow[]> {
  return queries
    .select(MIRROR_ROW)
    .from(tickets)
    .where(or(inArray(tickets.key, [...keys]), inArray(tickets.rowId, [...rowIds])));
}

/** The latest decisions of each ticket, newest first. */
export async function activityOfTickets(
  { queries }: Connection,
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly ActivityLine[]>> {
  const { rows } = (await queries.execute(sql`
    select wanted.key, latest.at::text as at, latest.sentence, latest.log
    from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) as wanted (key)
    cross join lateral (
      select at, sentence, seq, case when code = 'intake.restored' then params -> 'log' end as log
      from decisions where ticket_key = wanted.key order by seq desc limit ${ACTIVITY_LINES}
    ) latest
    order by latest.seq desc
  `)) as { rows: { key: string; at: string; sentence: string; log: readonly string[] | null }[] };
  const byKey = Map.groupBy(rows, (row) => row.key);
  return new Map(
    [...byKey].map(([key, lines]) => [
      key,
      lines.map(({ at, sentence, log }) => ({ at: Temporal.Instant.from(at), sentence, log: log ?? [] })),
    ]),
  );
}

/** The latest number that any `synced` got: rows read from now on show every write before it. */
export async function latestSeq({ queries }: Connection): Promise<number> {
  const { rows } = (await queries.execute(
    sql`select case when is_called then last_value else 0 end::text as seq from tickets_synced_seqs`,
  )) as { rows: { seq: string }[] };
  return Number(rows[0]?.seq ?? 0);
}

/** Remembers what is about to be sent, so that its echo is known even if the answer is lost. */
export async function noteSent({ queries }: Connection, sent: readonly { key: string; sent: SentCells }[]) {
  if (sent.length === 0) return;
  await queries.execute(sql`
    update tickets set sent = noted.sent
    from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) as noted (key text, sent jsonb)
    where tickets.key = noted.key
  `);
}

/** A row that was written: where it is, and which state of ticket and mirror was written. */
export type WrittenRow = Pick<MirrorRow, 'key' | 'version' | 'syncedSeq' | 'withheld'> & {
  rowId: string;
  cells: Cells;
};

/** Records what was written. A ticket that changed meanwhile, here or there, stays owed. */
export async function noteWritten({ queries }: Connection, written: readonly WrittenRow[]): Promise<void> {
  if (written.length === 0) return;
  await queries.execute(sql`
    update tickets set
      row_id = noted."rowId", synced = tickets.synced || noted.cells, sent = '{}', synced_seq = ${NEXT_SEQ},
      row_problem = null, withheld = noted.withheld,
      dirty_since = case
        when tickets.version = noted.version and tickets.synced_seq = noted."syncedSeq" then null else dirty_since
      end
    from jsonb_to_recordset(${JSON.stringify(written)}::jsonb)
      as noted (key text, version bigint, "syncedSeq" bigint, "rowId" text, cells jsonb, withheld jsonb)
    where tickets.key = noted.key
  `);
}

/** Nothing is owed that the base would take. */
export async function noteSettled(
  { queries }: Connection,
  rows: readonly Pick<MirrorRow, 'key' | 'version' | 'syncedSeq' | 'withheld'>[],
): Promise<void> {
  if (rows.length === 0) return;
  const settled = rows.map(({ key, version, syncedSeq, withheld }) => ({ key, version, syncedSeq, withheld }));
  await queries.execute(sql`
    update tickets set dirty_since = null, write_at = null, row_problem = null, withheld = noted.withheld
    from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb)
      as noted (key text, version bigint, "syncedSeq" bigint, withheld jsonb)
    where tickets.key = noted.key and tickets.version = noted.version and tickets.synced_seq = noted."syncedSeq"
  `);
}

/** The base refuses the row as it is; it is left in peace until the ticket changes. */
export async function noteRefused(
  { queries }: Connection,
  { key, version }: MirrorRow,
  problem: StoredProblem,
): Promise<void> {
  await queries
    .update(tickets)
    .set({
      rowProblem: problem,
      sent: {},
      dirtySince: sql`case when ${tickets.version} = ${version} then null else ${tickets.dirtySince} end`,
    })
    .where(eq(tickets.key, key));
}

/** The row is tried again then, and says why; a ticket that changed since is looked at anew. */
export async function notePutOff(
  { queries }: Connection,
  { key, version, syncedSeq }: MirrorRow,
  { problem, at }: { problem: StoredProblem; at: Temporal.Instant },
): Promise<void> {
  await queries
    .update(tickets)
    .set({ rowProblem: problem, writeAt: at })
    .where(and(eq(tickets.key, key), eq(tickets.version, version), eq(tickets.syncedSeq, syncedSeq)));
}

/**
 * Records the row as it was read. False when the mirror changed meanwhile; the row is then to be read
 * again, for what was read may be older than what was written.
 */
export async function noteSeen(
  { queries }: Connection,
  before: MirrorRow,
  seen: Pick<MirrorRow, 'synced' | 'replyKey' | 'handoffKey' | 'withheld'> & { rowId: string; at: Temporal.Instant },
): Promise<boolean> {
  const updated = await queries
    .update(tickets)
    .set({
      rowId: seen.rowId,
      synced: seen.synced,
      replyKey: seen.replyKey,
      handoffKey: seen.handoffKey,
      withheld: seen.withheld,
      // What was sent since the mirror was read stays.
      sent: sql`case when ${tickets.sent} = ${JSON.stringify(before.sent)}::jsonb
        then ${JSON.stringify(stillUnderWay(before, seen.synced))}::jsonb else ${tickets.sent} end`,
      detachedAt: null,
      syncedSeq: NEXT_SEQ,
      writeAt: null,
      dirtySince: sql`coalesce(${tickets.dirtySince}, ${seen.at.toString()}::timestamptz)`,
    })
    .where(and(eq(tickets.key, before.key), eq(tickets.syncedSeq, before.syncedSeq)))
    .returning({ key: tickets.key });
  return updated.length > 0;
}

/** The rows are gone from the base. Their tickets stay, and nothing is written for them again. */
export async function noteGone(
  { queries }: Connection,
  rowIds: readonly string[],
  at: Temporal.Instant,
): Promise<readonly string[]> {
  if (rowIds.length === 0) return [];
  const gone = await queries
    .update(tickets)
    .set({ detachedAt: at, dirtySince: null, sent: {} })
    .where(and(inArray(tickets.rowId, [...rowIds]), isNull(tickets.detachedAt)))
    .returning({ key: tickets.key });
  return gone.map(({ key }) => key);
}

/** Ids of the rows that the base is believed to have, as of a number; in pages, by key. */
export async function knownRowIds(
  { queries }: Connection,
  { after, seq, limit }: { after: string; seq: number; limit: number },
): Promise<{ key: string; rowId: string }[]> {
  const rows = await queries
    .select({ key: tickets.key, rowId: tickets.rowId })
    .from(tickets)
    .where(
      and(
        isNotNull(tickets.rowId),
        isNull(tickets.detachedAt),
        lte(tickets.syncedSeq, seq),
        sql`${tickets.key} > ${after}`,
      ),
    )
    .orderBy(asc(tickets.key))
    .limit(limit);
  return rows.flatMap(({ key, rowId }) => (rowId === null ? [] : [{ key, rowId }]));
}

/** Owes a write again to every row that the base refused. Returns how many there are. */
export async function oweRefusedAgain({ queries }: Connection, at: Temporal.Instant): Promise<number> {
  const rows = await queries
    .update(tickets)
    .set({ dirtySince: at, writeAt: null })
    .where(and(isNotNull(tickets.rowProblem), isNull(tickets.detachedAt)))
    .returning({ key: tickets.key });
  return rows.length;
}

/**
 * Owes a write to rows that are behind in a column which is not among these. Returns whether there were any.
 * What the base refuses for another reason waits for that.
 */
export async function oweWithheld(
  { queries }: Connection,
  { locked, limit, now }: { locked: readonly string[]; limit: number; now: Temporal.Instant },
): Promise<boolean> {
  const at = sql`${now.toString()}::timestamptz`;
  const { rows } = (await queries.execute(sql`
    update tickets set dirty_since = ${at}, write_at = ${at}
    where key in (
      select key from tickets
      where withheld <> '[]' and not withheld <@ ${JSON.stringify(locked)}::jsonb
        and dirty_since is null and detached_at is null and row_problem is null
      order by number limit ${limit}
    )
    returning key
  `)) as { rows: unknown[] };
  return rows.length > 0;
}
