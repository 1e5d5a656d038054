import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { isAmong } from '../figures/among.ts';
import { isWithin } from '../figures/measure.ts';
import type { Scope } from './check.ts';

/** Whoever is the third with a ticket reads for the third time what two have read. */
const MANY_OWNERS = 3;

/** A ticket that went through many hands. */
export interface ManyOwned {
  number: number;
  subject: string;
  owners: number;
  queue: string;
}

/** New tickets that were given to so many people, the most first. */
export async function manyOwned(
  queries: Queries,
  { span, among }: Scope,
  most: number,
): Promise<{ tickets: readonly ManyOwned[]; total: number }> {
  const rows = rowsOf<ManyOwned & { total: number }>(
    await queries.execute(sql`
      with page as (
        select o.ticket_key, o.number, o.assignment_count, o.queue, (count(*) over ())::int as total
        from outcomes as o
        where ${isWithin(span, 'opened_at')} and ${isAmong(among)} and o.assignment_count >= ${MANY_OWNERS}
        order by o.assignment_count desc, o.number desc limit ${most}
      )
      select page.number::int as number, t.ticket ->> 'subject' as subject, page.assignment_count as owners, page.queue,
        page.total
      from page join tickets as t on t.key = page.ticket_key order by page.assignment_count desc, page.number desc
    `),
  );
  return { tickets: rows, total: rows[0]?.total ?? 0 };
}
