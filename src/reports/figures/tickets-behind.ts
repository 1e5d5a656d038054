import { type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Span } from '../span.ts';
import { type Among, isAmong } from './among.ts';
import type { Figure } from './figure.ts';
import { isWithin, outcomesAsked } from './measure.ts';

/** Of a share, those that make it up or those that do not; of other figures all. */
export type Side = 'in' | 'out' | 'all';

/** A ticket behind a figure, with what it adds to it. */
export interface TicketBehind extends Pick<
  Outcome,
  'number' | 'category' | 'priority' | 'queue' | 'assignee' | 'status' | 'customer'
> {
  subject: string;
  openedAt: string;
  /** When it came into the period; null of what stands now. */
  at: string | null;
  /** In the unit of the figure; null where being there says it all. */
  each: number | null;
  isPart: boolean;
}

export interface Behind {
  figure: Figure;
  span: Span;
  among: Among;
  side: Side;
  now: Temporal.Instant;
  limit: number;
  offset: number;
}

/** Whether a ticket is among those that a figure rests on. */
export function isBehind({ figure, span, among, side }: Pick<Behind, 'figure' | 'span' | 'among' | 'side'>): SQL {
  const isOnSide = side === 'all' ? sql`true` : sql`coalesce(${figure.part ?? sql`true`}, false) = ${side === 'in'}`;
  return sql`${isWithin(span, figure.moment)} and ${isAmong(among)} and ${figure.of} and ${isOnSide}`;
}

/** The tickets that a figure rests on, the latest first, and how many there are in all. */
export async function ticketsBehind(
  queries: Queries,
  behind: Behind,
): Promise<{ tickets: readonly TicketBehind[]; total: number }> {
  const { figure, limit, offset } = behind;
  const part = figure.part ?? sql`true`;
  const at = figure.moment === null ? sql`null::timestamptz` : sql.raw(`o.${figure.moment}`);
  const rows = rowsOf<TicketBehind & { total: number }>(
    await queries.execute(sql`
      with behind as (
        select o.ticket_key, ${at} as at, o.opened_at, ${figure.each ?? sql`null`}::float8 as each,
          coalesce(${part}, false) as is_part
        from ${outcomesAsked(behind)}
        where ${isBehind(behind)}
      ), page as (
        select *, (count(*) over ())::int as total from behind
        order by coalesce(at, opened_at) desc, ticket_key desc limit ${limit} offset ${offset}
      )
      select o.number::int as number, t.ticket ->> 'subject' as subject, o.category, o.priority, o.queue, o.assignee,
        o.status, o.customer, page.opened_at as "openedAt", page.at, page.each, page.is_part as "isPart", page.total
      from page join outcomes as o using (ticket_key) join tickets as t on t.key = o.ticket_key
      order by coalesce(page.at, page.opened_at) desc, page.ticket_key desc
    `),
  );
  return { tickets: rows, total: rows[0]?.total ?? 0 };
}
