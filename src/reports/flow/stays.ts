import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { edgesOf, type Span } from '../span.ts';

/** Where tickets spend their time. */
export type Place = 'status' | 'queue' | 'assignee';

/** What tickets spent in one place. */
export interface TimeSpent {
  /** Empty for nobody. */
  place: string;
  /** How many tickets were there. */
  tickets: number;
  /** Of all tickets together, within the stretch. */
  minutes: number;
  /** Half of the tickets were there no longer. */
  medianMinutes: number;
}

/**
 * How long open tickets were where, of the time within a stretch: where most of it goes is the bottleneck. A ticket
 * that was in a place twice counts once there, with both times. The longest first.
 */
export async function timeSpent(
  queries: Queries,
  { span, by, now }: { span: Span; by: Place; now: Temporal.Instant },
): Promise<readonly TimeSpent[]> {
  const { from, until } = edgesOf(span);
  const begin = sql`${from.toString()}::timestamptz`;
  const end = sql`least(${until.toString()}::timestamptz, ${now.toString()}::timestamptz)`;
  return rowsOf<TimeSpent>(
    await queries.execute(sql`
      with spent as (
        select coalesce(${sql.identifier(by)}, '') as place, ticket_key,
          sum(date_part('epoch', least(coalesce(ended_at, ${end}), ${end}) - greatest(started_at, ${begin}))) / 60 as minutes
        from stays
        where is_open and started_at < ${end} and (ended_at is null or ended_at > ${begin})
        group by 1, 2
      )
      select place, count(*)::int as tickets, sum(minutes)::float8 as minutes,
        percentile_cont(0.5) within group (order by minutes) as "medianMinutes"
      from spent group by 1 order by 3 desc, 1
    `),
  );
}
