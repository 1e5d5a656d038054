import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { figuresOf } from '../figures/catalogue.ts';
import { outcomesAsked } from '../figures/measure.ts';

/** A ticket that is open for more than 24 hours, and why it stands as it does. */
export interface OverdueTicket {
  number: number;
  subject: string;
  /** A person, or else the queue. */
  owner: string;
  openedAt: Temporal.Instant;
  /** The sentence of the latest decision. */
  why: string;
}

/** Those, the oldest first, that the figure "Open over 24 hours" counts: one definition for both. */
export async function overdueTickets(
  queries: Queries,
  { now, limit }: { now: Temporal.Instant; limit: number },
): Promise<readonly OverdueTicket[]> {
  const [figure] = figuresOf('open_over_24_hours');
  const rows = rowsOf<Omit<OverdueTicket, 'openedAt'> & { openedAt: string }>(
    await queries.execute(sql`
      with overdue as (
        select o.ticket_key, o.opened_at, o.number, o.assignee, o.queue from ${outcomesAsked({ now })}
        where o.is_open and ${figure?.of ?? sql`true`} order by o.opened_at, o.ticket_key limit ${limit}
      )
      select overdue.number::int as number, t.ticket ->> 'subject' as subject,
        coalesce(overdue.assignee, overdue.queue) as owner, overdue.opened_at::text as "openedAt", t.ticket ->> 'why' as why
      from overdue join tickets as t on t.key = overdue.ticket_key
      order by overdue.opened_at, overdue.ticket_key
    `),
  );
  return rows.map((row) => ({ ...row, openedAt: Temporal.Instant.from(row.openedAt) }));
}
