import { sql } from 'drizzle-orm';
import type { Connection } from '../../src/db/connection.ts';

/** Rows to one statement. */
const CHUNK = 10_000;

/** Copies of one ticket. */
export interface Copies {
  /** How many tickets there are already, the first included, and how many there are to be. */
  from: number;
  to: number;
  /** When the first of them is looked at again; the others follow over a day. */
  wakeAt: Temporal.Instant;
  /** One in so many is open; the others were closed. */
  openOneIn: number;
}

/** Copies the first ticket, each with a number, a key, a time and a requester of its own, all assigned. */
export async function copyFirstTicket({ queries, script }: Connection, { from, to, ...rest }: Copies): Promise<void> {
  const wakeAt = rest.wakeAt.toString();
  for (let at = from; at < to; at += CHUNK) {
    await queries.execute(sql`
      insert into tickets (key, ticket, fingerprint, due_at, opened_at, updated_at, wake_at, row_id)
      select key || '-' || n,
        ticket || jsonb_build_object(
          'key', key || '-' || n, 'number', 100000 + n, 'assignee', 'Agent ' || n % 50, 'waiting', null,
          'status', case when n % ${rest.openOneIn}::int = 0 then 'open' else 'closed' end,
          'requester', jsonb_build_object('name', 'Person ' || n, 'email', 'person-' || n || '@example.com', 'account', '{}'::jsonb)
        ),
        fingerprint || n, opened_at + make_interval(mins => n % 10000), opened_at, updated_at,
        case when n % ${rest.openOneIn}::int = 0 then ${wakeAt}::timestamptz + make_interval(secs => n % 100000) end, null
      from tickets, generate_series(${at}::int, ${Math.min(at + CHUNK, to) - 1}::int) as n
      where number = 1001
    `);
  }
  await script('analyze tickets');
}
