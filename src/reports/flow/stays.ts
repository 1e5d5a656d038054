import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { edgesOf, type Span } from '../span.ts';

/** Where tickets spend their time. */
export const PLACES = ['status', 'queue', 'assignee'] as const;
export type Place = (typeof PLACES)[number];

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
  { span, now }: { span: Span; now: Temporal.Instant },
): Promise<Readonly<Record<Place, readonly TimeSpent[]>>> {
  const { from, until } = edgesOf(span);
  const begin = sql`${from.toString()}::timestamptz`;
  const end = sql`least(${until.toString()}::timestamptz, ${now.toString()}::timestamptz)`;
  const sums = PLACES.map(
    (by) => sql`
      select ${by}::text as by, coalesce(${sql.identifier(by)}, '') as place, sum(minutes) as minutes
      from held group by 2, ticket_key`,
  );
  // The stays are read once for all three. Those that last and those that ended have an index each.
  const rows = rowsOf<TimeSpent & { by: Place }>(
    await queries.execute(sql`
      with held as materialized (
        select ticket_key, status, queue, assignee,
          date_part('epoch', least(coalesce(ended_at, ${end}), ${end}) - greatest(started_at, ${begin})) / 60 as minutes
        from stays
        where started_at < ${end} and (ended_at is null and is_open or ended_at > ${begin} and is_open)
      ), spent as (${sql.join(sums, sql` union all `)})
      select by, place, count(*)::int as tickets, sum(minutes)::float8 as minutes,
        percentile_cont(0.5) within group (order by minutes) as "medianMinutes"
      from spent group by 1, 2 order by 4 desc, 2
    `),
  );
  const of = (by: Place) =>
    rows
      .filter((row) => row.by === by)
      .map(({ place, tickets, minutes, medianMinutes }) => ({ place, tickets, minutes, medianMinutes }));
  return { status: of('status'), queue: of('queue'), assignee: of('assignee') };
}
