import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { type Among, isAmong } from '../figures/among.ts';
import { isWithin } from '../figures/measure.ts';
import type { Span } from '../span.ts';

/** New tickets by weekday, Monday first, and hour of the desk's clock: seven rows of twenty-four. */
export async function peakHoursOf(
  queries: Queries,
  { span, among = {} }: { span: Span; among?: Among },
): Promise<readonly (readonly number[])[]> {
  const rows = rowsOf<{ weekday: number; hour: number; tickets: number }>(
    await queries.execute(sql`
      select date_part('isodow', at)::int as weekday, date_part('hour', at)::int as hour, count(*)::int as tickets
      from (
        select o.opened_at at time zone ${span.timeZone} as at from outcomes as o
        where ${isWithin(span, 'opened_at')} and ${isAmong(among)}
      ) as asked
      group by 1, 2
    `),
  );
  const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { weekday, hour, tickets } of rows) {
    const day = week[weekday - 1];
    if (day !== undefined) day[hour] = tickets;
  }
  return week;
}
