import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { stepNumber } from '../figures/measure.ts';
import { edgesOf, type Span, stepsOf } from '../span.ts';

/** How many tickets were open when a day ended, and how many opened and ended in it. */
export interface BacklogDay {
  /** As `2026-11-16`. */
  day: string;
  open: number;
  opened: number;
  ended: number;
}

/**
 * The backlog at the end of every day, counted back from what is open now, so that its last value is what stands
 * there. A ticket that was opened again counts as opened once more. Days that have not come are left out.
 */
export async function backlogOf(queries: Queries, span: Span, now: Temporal.Instant): Promise<readonly BacklogDay[]> {
  const { from } = edgesOf(span);
  const [standing] = rowsOf<{ open: number }>(
    await queries.execute(sql`select count(*)::int as open from outcomes where is_open`),
  );
  const today = now.toZonedDateTimeISO(span.timeZone).toPlainDate();
  const untilNow = { ...span, until: today.add({ days: 1 }) };
  const days = stepsOf(untilNow, 'day');
  const rows = rowsOf<{ day: number; opened: number; ended: number }>(
    await queries.execute(sql`
      select ${stepNumber('started_at', untilNow, 'day')} as day,
        (count(*) filter (where opens > 0))::int as opened, (count(*) filter (where opens < 0))::int as ended
      from stays where opens <> 0 and started_at >= ${from.toString()}::timestamptz
      group by 1
    `),
  );
  const changes = new Map(rows.map((row) => [days[row.day - 1], row]));
  let open = standing?.open ?? 0;
  const backwards = days.toReversed().map((day) => {
    const { opened = 0, ended = 0 } = changes.get(day) ?? {};
    const atEnd = { day, open, opened, ended };
    open += ended - opened;
    return atEnd;
  });
  const last = span.until.toString();
  return backwards.filter(({ day }) => day < last).toReversed();
}
