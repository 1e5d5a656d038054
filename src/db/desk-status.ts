import { sql } from 'drizzle-orm';
import type { Queries } from './connection.ts';
import { rowsOf } from './rows-of.ts';

/** What waits where, by what an index can count; nothing here grows with the number of finished things. */
export interface DeskStatus {
  inbox: { waiting: number; oldestWaitingSeconds: number; lost: number; ignored: number };
  outbox: { waiting: number; oldestWaitingSeconds: number; dead: number };
  /** What other systems are to be told, and how many of them were switched off. */
  events: { waiting: number; switchedOff: number };
  /** Rows of the base that we owe a write, since when the oldest, and rows that the base refused. */
  sync: { waiting: number; lagSeconds: number; refused: number };
  tickets: { open: number; needsReview: number };
  /** Decisions ever made. */
  decisions: number;
}

/** Whether the database answers at all. */
export async function isReachable(queries: Queries): Promise<boolean> {
  try {
    await queries.execute(sql`select 1`);
    return true;
  } catch {
    return false;
  }
}

export async function readDeskStatus(queries: Queries, now: Temporal.Instant): Promise<DeskStatus> {
  const [row] = rowsOf<Record<string, unknown>>(
    await queries.execute(sql`
      select
        (select count(*) from inbox where state = 'waiting') as inbox_waiting,
        (select ${secondsSince('received_at', now)} from inbox where state = 'waiting') as inbox_age,
        (select count(*) from inbox where state in ('lost', 'ignored') and state = 'lost') as inbox_lost,
        (select count(*) from inbox where state in ('lost', 'ignored') and state = 'ignored') as inbox_ignored,
        (select count(*) from outbox where state = 'waiting') as outbox_waiting,
        (select ${secondsSince('created_at', now)} from outbox where state = 'waiting' and not held) as outbox_age,
        (select count(*) from outbox where state = 'dead') as outbox_dead,
        (select count(*) from events where state = 'waiting') as events_waiting,
        (select count(*) from subscriptions where off_at is not null) as events_off,
        (select count(*) from tickets where dirty_since is not null) as sync_waiting,
        (select ${secondsSince('dirty_since', now)} from tickets where dirty_since is not null) as sync_lag,
        (select count(*) from tickets where row_problem is not null) as sync_refused,
        (select count(*) from tickets where is_open) as tickets_open,
        (select count(*) from tickets where is_open and needs_review) as tickets_review,
        coalesce(pg_sequence_last_value(pg_get_serial_sequence('decisions', 'seq')::regclass), 0) as decisions
    `),
  );
  return statusOf((name) => Number(row?.[name] ?? 0));
}

function secondsSince(column: string, now: Temporal.Instant) {
  return sql`extract(epoch from ${now.toString()}::timestamptz - min(${sql.identifier(column)}))`;
}

function statusOf(number: (name: string) => number): DeskStatus {
  const age = (name: string) => Math.max(0, Math.round(number(name)));
  return {
    inbox: {
      waiting: number('inbox_waiting'),
      oldestWaitingSeconds: age('inbox_age'),
      lost: number('inbox_lost'),
      ignored: number('inbox_ignored'),
    },
    outbox: {
      waiting: number('outbox_waiting'),
      oldestWaitingSeconds: age('outbox_age'),
      dead: number('outbox_dead'),
    },
    events: { waiting: number('events_waiting'), switchedOff: number('events_off') },
    sync: { waiting: number('sync_waiting'), lagSeconds: age('sync_lag'), refused: number('sync_refused') },
    tickets: { open: number('tickets_open'), needsReview: number('tickets_review') },
    decisions: number('decisions'),
  };
}
