/**
 * Tickets are kept for as long as `privacy.yaml` says. By night those are erased that ended longer ago, a few at a time,
 * so that requests are decided in between.
 */
import type { LoadedConfig } from '../config/live.ts';
import { isInShadow } from '../config/shadow.ts';
import type { Connection } from '../db/connection.ts';
import { inLane } from '../db/lane.ts';
import { keepRetention, readRetention, type RetentionMark } from '../db/retention-mark.ts';
import type { Reason } from '../domain/decision.ts';
import type { Ticket } from '../domain/ticket.ts';
import { isDueByNight } from '../kit/by-night.ts';
import { dayWriter } from '../kit/date-words.ts';
import type { Log } from '../kit/log.ts';
import type { Now } from '../ports/now.ts';
import { countEndedBefore, keysEndedBefore, knownByTheseOnly, stillEndedBefore } from './come-of-age.ts';
import { eraseStrays } from './erase-strays.ts';
import { eraseTickets, type ErasingTickets, newNames } from './erase-tickets.ts';
import { forgetLearned } from './forget-learned.ts';
import { forgetSubjects, type Stretch } from './forget-subjects.ts';

/** Between a period that is new, or shorter than before, and the first ticket that it costs. */
const GRACE = { hours: 48 };

/** Tickets in a night: their rows are 200 requests to Airtable, and 2,000 to Notion, a quarter of an hour's. */
export const MOST_A_NIGHT = 2000;

/** Tickets that are erased at once. Nothing else is decided meanwhile: about half a second with 100,000 tickets. */
const LOT = 100;

/** Tickets that are read at once for whether they name erased ones. */
const STRETCH = 5000;

/** A machine that is off at night erases at another hour once so many have passed. */
const LONGEST_HOURS = 36;

const DAY = dayWriter({ day: 'numeric', month: 'short', year: 'numeric' });

export interface RetentionParts {
  connection: Connection;
  config: { current(): LoadedConfig };
  now: Now;
  log: Log;
  /** Has what was learned learned anew. */
  learnAnew: () => Promise<unknown>;
}

/** Erases tickets that ended too long ago to be kept. */
export interface Retention {
  /** To be run every hour; returns how many tickets were erased. */
  run(): Promise<number>;
}

type Kept = NonNullable<LoadedConfig['retention']>;

export function createRetention(parts: RetentionParts): Retention {
  return { run: () => run(parts) };
}

async function run(parts: RetentionParts): Promise<number> {
  const { connection, config, now } = parts;
  const { retention: kept, policy } = config.current();
  // What an erasure has begun is finished, whatever the config says by now.
  await forgetNamed(parts);
  const known = await readRetention(connection.queries);
  if (kept === null) {
    if (known !== null) await keepRetention(connection.queries, null);
    return 0;
  }
  const mark = await announced(parts, { kept, known });
  if (Temporal.Instant.compare(now(), mark.begins) < 0 || isInShadow(config.current(), now())) return 0;
  const { timeZone } = policy.desk;
  const last = later(mark.begins, mark.lastRun?.at ?? mark.begins);
  if (!isDueByNight(last, { now: now(), timeZone, longestHours: LONGEST_HOURS })) return 0;
  return erase(parts, kept);
}

function later(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}

/** Says of a period that is new or shorter what it will cost, and from when. */
async function announced(
  parts: RetentionParts,
  { kept, known }: { kept: Kept; known: RetentionMark | null },
): Promise<RetentionMark> {
  const { connection, now, log } = parts;
  if (known?.kept === kept.span.toString()) return known;
  const relativeTo = now().toZonedDateTimeISO('UTC');
  const isLonger = known !== null && Temporal.Duration.compare(kept.span, known.kept, { relativeTo }) > 0;
  const due = await countEndedBefore(connection.queries, keptSince(parts, kept));
  const mark: RetentionMark = {
    kept: kept.span.toString(),
    begins: isLonger ? known.begins : now().add(GRACE),
    due,
    lastRun: known?.lastRun ?? null,
    named: known?.named ?? [],
  };
  await keepRetention(connection.queries, mark);
  if (!isLonger) {
    const told = { keepTickets: kept.written, tickets: due, from: mark.begins.toString() };
    log.warn(told, 'tickets that ended longer ago than they are kept will be erased; change privacy.yaml to keep them');
  }
  return mark;
}

/** Tickets that ended before are kept no longer. */
function keptSince({ config, now }: Pick<RetentionParts, 'config' | 'now'>, { span }: Kept): Temporal.Instant {
  return now().toZonedDateTimeISO(config.current().policy.desk.timeZone).subtract(span).toInstant();
}

async function erase(parts: RetentionParts, kept: Kept): Promise<number> {
  const { connection, now, log, learnAnew } = parts;
  const { queries } = connection;
  const since = keptSince(parts, kept);
  const keys = await keysEndedBefore(queries, since, MOST_A_NIGHT);
  const nameOf = newNames(now());
  let erased = 0;
  for (let from = 0; from < keys.length; from += LOT) {
    const lot = keys.slice(from, from + LOT);
    erased += await inLane(connection, (tx) => eraseLot({ ...parts, tx, nameOf }, { lot, since, kept }));
  }
  await forgetNamed(parts);
  await eraseStrays(queries, since);
  const mark = await readRetention(queries);
  if (mark !== null) {
    const due = await countEndedBefore(queries, since);
    await keepRetention(queries, { ...mark, due, lastRun: { at: now(), erased } });
  }
  if (erased === 0) return 0;
  log.info({ tickets: erased, keepTickets: kept.written }, 'tickets that ended long ago were erased');
  await learnAnew();
  return erased;
}

async function eraseLot(
  parts: ErasingTickets,
  { lot, since, kept }: { lot: readonly string[]; since: Temporal.Instant; kept: Kept },
): Promise<number> {
  const { tx, config } = parts;
  const rows = await stillEndedBefore(tx, since, lot);
  if (rows.length === 0) return 0;
  const keys = rows.map(({ key }) => key);
  const traces = {
    keys,
    values: await knownByTheseOnly(tx, keys),
    names: rows.map(({ name }) => name),
    isSought: false,
  };
  const { timeZone } = config.current().policy.desk;
  const { tickets } = await eraseTickets(parts, traces, (ticket) => reasonOf(ticket, { kept, timeZone }));
  await forgetLearned(tx);
  const mark = await readRetention(tx);
  if (mark !== null) await keepRetention(tx, { ...mark, named: [...mark.named, ...tickets] });
  return tickets.length;
}

function reasonOf({ closedAt, resolvedAt }: Ticket, { kept, timeZone }: { kept: Kept; timeZone: string }): Reason {
  const ended = (closedAt ?? resolvedAt)?.toZonedDateTimeISO(timeZone).toPlainDate();
  return {
    stage: 'edit',
    code: 'edit.aged_out',
    params: { ended: ended === undefined ? '' : DAY(ended), kept: kept.written },
    change: null,
    evidence: [],
    source: { kind: 'policy', name: 'keepTickets' },
    opinion: null,
  };
}

/** All tickets are read for whether they name what was erased, a stretch at a time; a crash leaves the rest to the next hour. */
async function forgetNamed({ connection, now }: RetentionParts): Promise<void> {
  const mark = await readRetention(connection.queries);
  if (mark === null || mark.named.length === 0) return;
  const numbers = mark.named;
  for (let after: string | null = ''; after !== null;) {
    const stretch: Stretch = { after, most: STRETCH };
    after = await inLane(connection, (tx) => forgetSubjects(tx, { numbers, now: now(), stretch }));
  }
  await keepRetention(connection.queries, { ...mark, named: [] });
}
