import { type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { type Among, isAmong } from '../figures/among.ts';
import { isWithin } from '../figures/measure.ts';
import { edgesOf, type Span } from '../span.ts';

const HOURS_OF_WEEK = 168;

/** The clock of the world began on a Thursday, so many hours after a Monday. */
const FIRST_HOUR = 72;

/** New tickets by weekday, Monday first, and hour of the desk's clock: seven rows of twenty-four. */
export async function peakHoursOf(
  queries: Queries,
  { span, among = {} }: { span: Span; among?: Among },
): Promise<readonly (readonly number[])[]> {
  // To ask for weekday and hour in a time zone takes several times as long as to count with whole numbers.
  const rows = rowsOf<{ hour: number; tickets: number }>(
    await queries.execute(sql`
      select (((floor(date_part('epoch', o.opened_at))::bigint + ${secondsAhead(span)}) / 3600 + ${FIRST_HOUR}::int)
        % ${HOURS_OF_WEEK}::int)::int as hour, count(*)::int as tickets
      from outcomes as o
      where ${isWithin(span, 'opened_at')} and ${isAmong(among)}
      group by 1
    `),
  );
  const counted = new Map(rows.map(({ hour, tickets }) => [hour, tickets]));
  return Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_hour, hour) => counted.get(day * 24 + hour) ?? 0),
  );
}

/** By how much the desk's clock is ahead when a ticket is opened, which changes with summer time. */
function secondsAhead(span: Span): SQL {
  const { from, until } = edgesOf(span);
  const offsets: SQL[] = [];
  let at = from.toZonedDateTimeISO(span.timeZone);
  for (;;) {
    const change = at.getTimeZoneTransition('next');
    const seconds = sql.raw(String(Math.round(at.offsetNanoseconds / 1e9)));
    if (change === null || Temporal.Instant.compare(change.toInstant(), until) >= 0) {
      return offsets.length === 0 ? seconds : sql`case ${sql.join(offsets, sql` `)} else ${seconds} end`;
    }
    offsets.push(sql`when o.opened_at < ${change.toInstant().toString()}::timestamptz then ${seconds}`);
    at = change;
  }
}
