import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { AUDIT_KEPT, dropAudit } from '../db/audit.ts';
import type { Connection } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import { events, lookups, sessions } from '../db/schema.ts';
import { tidy, type TidyingParts } from './tidying.ts';

/** For so long after its ticket was closed a file that we fetched is kept, should the customer come back to it. */
const FILES_KEPT = { hours: 30 * 24 };

/** What look-ups said is kept for so long after it was last asked for; it is of no use once it is old. */
const ANSWERS_KEPT = { hours: 30 * 24 };

/** For so long what was told to other systems is shown, and what a switched-off one missed is kept for it. */
const EVENTS_KEPT = { hours: 30 * 24 };

/** Clears away what nobody can use any more. */
export interface Housekeeping {
  /** How many sessions and files went, and how many tables were tidied. */
  run(): Promise<{ sessions: number; files: number; tables: number }>;
}

/**
 * Sessions that have ended, what the audit log kept long enough, events of long ago, and the bytes of files whose ticket was closed long ago; at night, the room that rows
 * left behind. Finished jobs need no hand: the queue drops them a minute after they are done.
 */
export function createHousekeeping(parts: TidyingParts): Housekeeping {
  const { connection, now } = parts;
  return {
    async run() {
      const ended = await connection.queries
        .delete(sessions)
        .where(lt(sessions.expiresAt, now()))
        .returning({ id: sessions.id });
      await connection.queries.delete(lookups).where(lt(lookups.triedAt, now().subtract(ANSWERS_KEPT)));
      await dropAudit(connection.queries, now().subtract(AUDIT_KEPT));
      await dropEvents(connection, now().subtract(EVENTS_KEPT));
      const files = await dropFiles(connection, now().subtract(FILES_KEPT));
      return { sessions: ended.length, files, tables: await tidy(parts) };
    },
  };
}

/** What is over, and what waits for a person or the config; what waits for its next attempt has not long to go. */
async function dropEvents({ queries }: Connection, before: Temporal.Instant): Promise<void> {
  const isForgotten = and(eq(events.state, 'waiting'), isNull(events.nextAt), lt(events.createdAt, before));
  await queries.delete(events).where(or(lt(events.finishedAt, before), isForgotten));
}

/** Of files that were fetched, once nothing is to be done with them; what came in a request stays with it. */
async function dropFiles({ queries }: Connection, closedBefore: Temporal.Instant): Promise<number> {
  const dropped = rowsOf<{ id: string }>(
    await queries.execute(sql`
      delete from attachment_bytes using attachments, tickets
      where attachments.id = attachment_bytes.attachment_id and attachments.next_at is null
        and tickets.key = attachments.ticket_key and tickets.status = 'closed'
        and (tickets.ticket ->> 'closedAt')::timestamptz < ${closedBefore.toString()}::timestamptz
      returning attachment_bytes.attachment_id as id
    `),
  );
  return new Set(dropped.map(({ id }) => id)).size;
}
