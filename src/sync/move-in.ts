import { eq, inArray, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { baseRows, commentLooks, marks } from '../db/schema.ts';
import { rowsOf } from '../db/rows-of.ts';
import type { TicketStore } from '../ports/ticket-store.ts';
import { CALLS_MARK } from './calls.ts';
import { COMMENTS_MARK } from './comment-looks.ts';
import { PULL_MARK } from './place.ts';
import { REST_MARKS } from './rest.ts';
import { TABLES_MARK } from './table-places.ts';
import type { SyncParts } from './take-row.ts';

const MARK = 'base';

type MovingParts = Pick<SyncParts, 'connection' | 'now' | 'log'> & { store: Pick<TicketStore, 'place'> };

/**
 * Sees to it that the desk lives in the base that the config names. When that is another one than before,
 * every ticket that is not closed is owed a row there, and the base is read from its beginning; a row that
 * bears a ticket's key already is taken for its row. A closed ticket stays in our database alone, unless
 * something still happens to it. What the old rows said in columns of the team's own counts no longer.
 *
 * @returns how many tickets move; null when the desk stays where it was
 */
export async function moveIn({ connection, store, now, log }: MovingParts): Promise<number | null> {
  const { place } = store;
  const moved = await move(connection, place, now());
  if (moved !== null) log.info({ base: place, tickets: moved }, 'the desk moves to another base');
  return moved;
}

function move({ queries }: Connection, place: string, now: Temporal.Instant): Promise<number | null> {
  return queries.transaction(async (tx) => {
    const [mark] = await tx.select().from(marks).where(eq(marks.name, MARK));
    if (mark?.value === place) return null;
    await tx
      .insert(marks)
      .values({ name: MARK, value: place })
      .onConflictDoUpdate({ target: marks.name, set: { value: place } });
    if (mark === undefined) return null;
    await tx
      .delete(marks)
      .where(inArray(marks.name, [PULL_MARK, CALLS_MARK, COMMENTS_MARK, TABLES_MARK, ...REST_MARKS]));
    await tx.delete(commentLooks);
    await tx.delete(baseRows);
    const at = sql`${now.toString()}::timestamptz`;
    await tx.execute(sql`
      update tickets set ticket = jsonb_set(ticket, '{row}', '{}'), row_id = null, synced = '{}', sent = '{}',
        dirty_since = null, row_problem = null, withheld = '[]'
      where status = 'closed'
    `);
    // As if each had been sent: it is looked for by its key before it is made.
    const moved = rowsOf<{ key: string }>(
      await tx.execute(sql`
        update tickets set ticket = jsonb_set(ticket, '{row}', '{}'), row_id = null, synced = '{}',
          sent = jsonb_build_object('key', jsonb_build_array(key)),
          dirty_since = ${at}, write_at = null, row_problem = null, detached_at = null, withheld = '[]'
        where status <> 'closed'
        returning key
      `),
    );
    return moved.length;
  });
}
