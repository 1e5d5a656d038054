import { sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import { tickets } from '../db/schema.ts';
import { FINGERPRINT_OF_ERASED } from './erase-tickets.ts';
import { withoutSubjectsOf } from './redact-ticket.ts';

/** Tickets by their keys, from one that is left out on. */
export interface Stretch {
  after: string;
  most: number;
}

/**
 * Other tickets name erased ones by their subjects: as related ones, and as the nearest of an opinion. All tickets are
 * read for that, or those of a stretch.
 *
 * @returns the last ticket of the stretch; null where nothing comes after it
 */
export async function forgetSubjects(
  tx: Queries,
  { numbers, now, stretch }: { numbers: readonly number[]; now: Temporal.Instant; stretch?: Stretch },
): Promise<string | null> {
  if (numbers.length === 0) return null;
  const last = stretch === undefined ? null : await lastOf(tx, stretch);
  const upTo = last === null ? sql`true` : sql`${tickets.key} <= ${last}`;
  const named = sql`select jsonb_array_elements_text(${JSON.stringify(numbers)}::jsonb)::bigint`;
  const rows = await tx.select({ ticket: tickets.ticket }).from(tickets)
    .where(sql`${tickets.key} > ${stretch?.after ?? ''} and ${upTo} and ${tickets.fingerprint} <> ${FINGERPRINT_OF_ERASED} and (
      exists (select from jsonb_array_elements(ticket -> 'related') as one where (one ->> 'number')::bigint in (${named}))
      or exists (select from jsonb_array_elements((ticket -> 'opinions') || (ticket -> 'proposals')) as one
        where (one #>> '{nearest,number}')::bigint in (${named}))
    )`);
  const erased = new Set(numbers);
  const page = rows.map(({ ticket }) => ({ key: ticket.key, ticket: withoutSubjectsOf(ticket, erased) }));
  await tx.execute(sql`
    update tickets set ticket = page.ticket, version = version + 1, write_at = null,
      dirty_since = case when detached_at is null then coalesce(dirty_since, ${now.toString()}::timestamptz) end
    from jsonb_to_recordset(${JSON.stringify(page)}::jsonb) as page (key text, ticket jsonb)
    where tickets.key = page.key
  `);
  return last;
}

async function lastOf(tx: Queries, { after, most }: Stretch): Promise<string | null> {
  const rows = rowsOf<{ key: string }>(
    await tx.execute(sql`select key from tickets where key > ${after} order by key offset ${most - 1} limit 1`),
  );
  return rows[0]?.key ?? null;
}
