import { type SQL, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import type { Lane } from '../db/queues.ts';
import { LEARNING } from '../db/learning-mark.ts';
import { RECONSIDERING } from '../db/reconsidering.ts';
import { rowsOf } from '../db/rows-of.ts';

/** Seconds between looks at what has come due; a warning or a retry is late by no more than that. */
export const LOOK_SECONDS = 5;

/** Asking the base may come so much early: else a moment's difference would make it a whole look late. */
const SLACK = { milliseconds: 2500 };

/**
 * Lanes for which something has come due: tickets to wake, messages to send, rows to write, the base to be
 * asked. Flush and pull are not due while they rest, after a failure of the base. Each answer is one step into
 * an index that holds only what waits, however many tickets there are: what stands first in the order of the index
 * is asked for, since of what merely exists a planner without statistics looks through the whole table.
 */
export async function dueLanes({ queries }: Connection, now: Temporal.Instant): Promise<readonly Lane[]> {
  const at = sql`${now.toString()}::timestamptz`;
  const soon = sql`${now.add(SLACK).toString()}::timestamptz`;
  const rows = rowsOf<{ lane: Lane }>(
    await queries.execute(sql`
      select 'sweep' as lane where (
        select wake_at from tickets where wake_at is not null order by wake_at limit 1
      ) <= ${at} or (select true from outbox where state = 'dead' and heard_at is null order by seq limit 1)
      union all ${withFirstDue('outbox', at)}
      union all ${withFirstDue('events', at)}
      union all
      select 'flush' where coalesce(
        (select write_at is null from tickets where dirty_since is not null
          order by write_at desc, dirty_since desc limit 1)
        or (select write_at from tickets where dirty_since is not null order by write_at, dirty_since limit 1) <= ${at},
        false
      )
        and not exists (select from marks where name = 'rest:flush' and (value ->> 'until')::timestamptz > ${at})
      union all
      select 'pull' where not exists (
        select from marks where name = 'pull' and (value ->> 'nextAt')::timestamptz > ${soon} and not coalesce(
          (value ->> 'nextIfOpenAt')::timestamptz <= ${soon} and (
            select true from tickets where is_open order by urgency desc, due_at, number limit 1
          ), false
        )
      ) and not exists (select from marks where name = 'rest:pull' and (value ->> 'until')::timestamptz > ${at})
      union all
      select 'comments' where (
        exists (select from comment_looks where due_at <= ${at} and is_called)
        or exists (select from marks where name = 'comments' and (value ->> 'nextAt')::timestamptz <= ${at})
      )
        and not exists (select from marks where name = 'rest:comments' and (value ->> 'until')::timestamptz > ${at})
      union all
      select 'tables' where exists (
        select from marks where name = 'tables' and (value ->> 'nextAt')::timestamptz <= ${soon}
      ) and not exists (select from marks where name = 'rest:tables' and (value ->> 'until')::timestamptz > ${at})
      union all
      select 'attachments' where exists (
        select from attachments join tickets on tickets.key = attachments.ticket_key
        where attachments.next_at <= ${at} and (attachments.state = 'waiting' or tickets.row_id is not null)
      )
      union all
      select 'learn' where exists (${dueLesson(at)})
      union all ${moreToReconsider(at)} union all ${dueReview(at)}
      union all
      select 'inbox' where (select true from inbox where state = 'waiting' order by seq limit 1)
    `),
  );
  return rows.map(({ lane }) => lane);
}

/**
 * Learning is due when people have left the tickets alone for ten minutes, so that a series of corrections is learned
 * once, and at the latest an hour after the first of them; what broke off is tried again after an hour.
 */
function dueLesson(at: SQL): SQL {
  return sql`
    select from marks where name = ${LEARNING}
      and coalesce((value ->> 'triedAt')::timestamptz <= ${at} - interval '1 hour', true)
      and (
        (value ->> 'newsAt')::timestamptz <= ${at} - interval '10 minutes'
        or (value ->> 'firstNewsAt')::timestamptz <= ${at} - interval '1 hour'
        or value ->> 'triedAt' is not null and value ->> 'endedAt' is null
      )`;
}

/** The weekly review goes out at the time that it was planned for. */
function dueReview(at: SQL): SQL {
  return sql`select 'weekly' where exists (
    select from marks where name = 'weekly' and (value ->> 'nextAt')::timestamptz <= ${at}
  )`;
}

/** Tickets that wait for a review are judged again a few at a time. */
function moreToReconsider(at: SQL): SQL {
  return sql`select 'advise' where exists (
    select from marks where name = ${RECONSIDERING} and (value #>> '{}')::timestamptz <= ${at}
  )`;
}

/** A lane is called as the table in which its work waits. */
function withFirstDue(lane: 'outbox' | 'events', at: SQL): SQL {
  return sql`select ${lane} where (
    select next_at from ${sql.identifier(lane)} where state = 'waiting' order by next_at, seq limit 1
  ) <= ${at}`;
}
