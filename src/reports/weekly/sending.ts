import { eq } from 'drizzle-orm';
import { destinationsOf } from '../../config/destinations.ts';
import type { LiveConfig, LoadedConfig } from '../../config/live.ts';
import type { WeeklySettings } from '../../config/reports.ts';
import { isInShadow } from '../../config/shadow.ts';
import type { Connection, Queries } from '../../db/connection.ts';
import { marks, outbox } from '../../db/schema.ts';
import { documentOf, type ReviewDocument } from './document.ts';
import { asLetter } from './letter.ts';
import { isInTime, latestTime, nextTime } from './moments.ts';
import { asChat, asText } from './plain-text.ts';
import { readWeekly, type WeeklyReview } from './review.ts';
import { rowsOf } from './rows.ts';
import { lastWeek, type Week } from './week.ts';

/** When the next review goes out, and which went out last: one row, so that each goes out once. */
const MARK = 'weekly';

/** Gmail shows 102 KB of a letter, and nobody reads more. */
const MOST_TICKETS = 100;

export interface SendingParts {
  connection: Connection;
  config: Pick<LiveConfig, 'current'>;
  /** Where people reach the console; null where nobody said. */
  publicAddress: string | null;
  /** There is something to send. */
  wake(): Promise<void>;
  now(): Temporal.Instant;
}

/** Sends the weekly review when its time has come. */
export interface WeeklySending {
  /** Finds out when the next review goes out, as the config may be another. */
  plan(): Promise<void>;
  /** Sends the review if it is due. */
  run(): Promise<{ sent: number }>;
  /** Has a review written into the base, whether it was before or not. False where the config names no table. */
  writeAgain(week: Week): Promise<boolean>;
}

interface Mark {
  nextAt: Temporal.Instant;
  /** The latest week of which the review went out; null before the first. */
  week: string | null;
}

export function createWeeklySending(parts: SendingParts): WeeklySending {
  return { plan: () => plan(parts), run: () => run(parts), writeAgain: (week) => writeAgain(parts, week) };
}

async function plan({ connection, config, now }: SendingParts): Promise<void> {
  const { reports, policy } = config.current();
  await connection.queries.transaction(async (tx) => {
    const week = (await readMark(tx))?.week ?? null;
    const at = now();
    if (reports.weekly === null) {
      await tx.delete(marks).where(eq(marks.name, MARK));
      return;
    }
    const times = { ...reports.weekly, timeZone: policy.desk.timeZone };
    const latest = latestTime(times, at);
    const isMissing = isInTime(latest, at) && isNew(lastWeek(latest, times.timeZone), week);
    await keepMark(tx, { week, nextAt: isMissing ? latest : nextTime(times, at) });
  });
}

async function run(parts: SendingParts): Promise<{ sent: number }> {
  const { connection, config, publicAddress } = parts;
  const { reports, policy } = config.current();
  const { weekly, primary } = reports;
  const at = parts.now();
  const { timeZone } = policy.desk;
  if (weekly === null || !isDue(await readMark(connection.queries), at)) return { sent: 0 };
  const times = { ...weekly, timeZone };
  const latest = latestTime(times, at);
  const week = lastWeek(latest, timeZone);
  const review = await readWeekly(connection.queries, { week, primary, now: at, mostTickets: MOST_TICKETS });
  const given = { weekly, policy, publicAddress, at };
  // What comes due in shadow is never sent, not when the shadow ends either.
  const goesOut = isInTime(latest, at) && !isInShadow(config.current(), at);
  const rows = goesOut ? [...lettersOf(review, given), ...tableRowsOf(review, given)] : [];
  // What says that it went out is written with what is sent, so that no crash parts them and no instance sends it too.
  const sent = await connection.queries.transaction(async (tx) => {
    const mark = await readMark(tx);
    if (!isDue(mark, at)) return 0;
    const isFirst = isNew(week, mark?.week ?? null);
    if (isFirst && rows.length > 0)
      await tx
        .insert(outbox)
        .values([...rows])
        .onConflictDoNothing();
    await keepMark(tx, { week: isFirst ? week.name : (mark?.week ?? null), nextAt: nextTime(times, at) });
    return isFirst ? rows.length : 0;
  });
  if (sent > 0) await parts.wake();
  return { sent };
}

/** Names of weeks stand in the order of time. */
function isNew({ name }: Week, before: string | null): boolean {
  return before === null || name > before;
}

function isDue(mark: Mark | null, now: Temporal.Instant): boolean {
  return mark !== null && Temporal.Instant.compare(mark.nextAt, now) <= 0;
}

/** Whoever reads it in a transaction keeps it to themselves until that ends. */
async function readMark(queries: Queries): Promise<Mark | null> {
  const [row] = await queries.select().from(marks).where(eq(marks.name, MARK)).for('update');
  if (row === undefined) return null;
  const { nextAt, week } = row.value as { nextAt: string; week: string | null };
  return { nextAt: Temporal.Instant.from(nextAt), week };
}

async function keepMark(queries: Queries, { nextAt, week }: Mark): Promise<void> {
  const value = { nextAt: nextAt.toString(), week };
  await queries.insert(marks).values({ name: MARK, value }).onConflictDoUpdate({ target: marks.name, set: { value } });
}

interface Written extends Pick<LoadedConfig, 'policy'>, Pick<SendingParts, 'publicAddress'> {
  weekly: WeeklySettings;
  at: Temporal.Instant;
}

/** It is of no ticket. Whoever reads it by mail has all of it, and a chat what matters most. */
function lettersOf(
  review: WeeklyReview,
  { weekly: { to, by }, policy, publicAddress, at }: Written,
): readonly (typeof outbox.$inferInsert)[] {
  const document = documentOf(review, { desk: policy.desk, publicAddress });
  const written = { ...outgoingOf(document, at), kind: 'notify' as const };
  return destinationsOf(policy, { key: `weekly:${review.week.name}`, to, by }).map(({ note, ...destination }) => {
    const isMail = destination.way === null;
    const text = isMail ? asText(document) : asChat(document);
    const noted = note === null ? text : `${text}\n\n${note}`;
    return { ...written, ...destination, text: noted, html: isMail ? asLetter(document) : null };
  });
}

/** The same for the table of the base, if there is one. */
function tableRowsOf(
  review: WeeklyReview,
  { weekly: { table }, policy, publicAddress, at }: Written,
): readonly (typeof outbox.$inferInsert)[] {
  if (table === null) return [];
  const document = documentOf(review, { desk: policy.desk, publicAddress });
  return [
    {
      ...outgoingOf(document, at),
      key: keyOfRows(review.week),
      kind: 'rows',
      recipient: table.table,
      text: asText(document),
      rows: rowsOf(review, { desk: policy.desk, publicAddress }),
    },
  ];
}

/** Under which the rows of a week stand in the outbox. */
export function keyOfRows({ name }: Pick<Week, 'name'>): string {
  return `weekly:${name}:rows`;
}

function outgoingOf({ title, about, link }: ReviewDocument, at: Temporal.Instant) {
  return { ticketKey: '', subject: `${title}, ${about}`, template: 'weekly_review', link, nextAt: at, createdAt: at };
}

/** Figures of a week may come to something else than when it was over, as its tickets go on. */
async function writeAgain(parts: SendingParts, week: Week): Promise<boolean> {
  const { connection, config, publicAddress } = parts;
  const { reports, policy } = config.current();
  const { weekly, primary } = reports;
  if (weekly === null || weekly.table === null) return false;
  const at = parts.now();
  const review = await readWeekly(connection.queries, { week, primary, now: at, mostTickets: MOST_TICKETS });
  const rows = tableRowsOf(review, { weekly, policy, publicAddress, at });
  const anew = { state: 'waiting', attempts: 0, finishedAt: null, problem: null, heardAt: null } as const;
  for (const row of rows) {
    await connection.queries
      .insert(outbox)
      .values(row)
      .onConflictDoUpdate({ target: outbox.key, set: { ...row, ...anew } });
  }
  await parts.wake();
  return true;
}
