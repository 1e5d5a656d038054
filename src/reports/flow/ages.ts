import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';

/** Since how many hours open tickets are open at least, as people speak of it. */
export const AGES = [
  { fromHours: 0, title: 'Under 4 hours' },
  { fromHours: 4, title: '4 to 24 hours' },
  { fromHours: 24, title: '1 to 3 days' },
  { fromHours: 72, title: '3 to 7 days' },
  { fromHours: 168, title: '1 to 4 weeks' },
  { fromHours: 672, title: 'Over 4 weeks' },
] as const;

/** How many open tickets there are of each age, in the order of `AGES`. */
export async function agesOf(queries: Queries, now: Temporal.Instant): Promise<readonly number[]> {
  const bounds = sql.raw(`array[${AGES.map(({ fromHours }) => fromHours).join(', ')}]::float8[]`);
  const rows = rowsOf<{ age: number; tickets: number }>(
    await queries.execute(sql`
      select greatest(width_bucket(
        extract(epoch from ${now.toString()}::timestamptz - opened_at)::float8 / 3600, ${bounds}
      ), 1) as age, count(*)::int as tickets
      from outcomes where is_open group by 1
    `),
  );
  const counted = new Map(rows.map(({ age, tickets }) => [age, tickets]));
  return AGES.map((_, index) => counted.get(index + 1) ?? 0);
}
