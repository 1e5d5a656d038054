import { sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import type { Lane } from '../db/queues.ts';
import { rowsOf } from '../db/rows-of.ts';

/**
 * Lanes for which something has come due: tickets to wake, messages to send, rows to write. A flush that
 * rests is not due before its rest is over. Each answer is one step into an index that holds only what
 * waits, however many tickets there are.
 */
export async function dueLanes({ queries }: Connection, now: Temporal.Instant): Promise<readonly Lane[]> {
  const at = sql`${now.toString()}::timestamptz`;
  const rows = rowsOf<{ lane: Lane }>(
    await queries.execute(sql`
      select 'sweep' as lane where exists (select from tickets where wake_at <= ${at})
      union all
      select 'outbox' where exists (select from outbox where state = 'waiting' and next_at <= ${at})
      union all
      select 'flush' where exists (select from tickets where dirty_since is not null)
        and not exists (select from marks where name = 'rest:flush' and (value ->> 'until')::timestamptz > ${at})
      union all
      select 'inbox' where exists (select from inbox where state = 'waiting')
    `),
  );
  return rows.map(({ lane }) => lane);
}
