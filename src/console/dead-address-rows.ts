import { desc, eq } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { tickets, undeliverable } from '../db/schema.ts';

/** An address at which nothing arrives. */
export interface DeadAddressRow {
  address: string;
  since: Temporal.Instant;
  /** In the words of the mail system. */
  reason: string;
  /** Of the ticket whose letter came back; null where that is gone. */
  number: number | null;
}

/** So many of the latest stand on the page. */
const MOST_LISTED = 50;

const COLUMNS = {
  address: undeliverable.address,
  since: undeliverable.since,
  reason: undeliverable.reason,
  number: tickets.number,
};

/** The latest addresses of which letters came back. */
export function deadAddresses(queries: Queries): Promise<DeadAddressRow[]> {
  return queries
    .select(COLUMNS)
    .from(undeliverable)
    .leftJoin(tickets, eq(tickets.key, undeliverable.ticketKey))
    .orderBy(desc(undeliverable.since))
    .limit(MOST_LISTED);
}

/** What is known against one address; null when nothing is. */
export async function deadAddress(queries: Queries, address: string | null): Promise<DeadAddressRow | null> {
  if (address === null) return null;
  const [row] = await queries
    .select(COLUMNS)
    .from(undeliverable)
    .leftJoin(tickets, eq(tickets.key, undeliverable.ticketKey))
    .where(eq(undeliverable.address, address.toLowerCase()));
  return row ?? null;
}
