import { lt } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { sessions } from '../db/schema.ts';
import type { Now } from '../ports/now.ts';

/** Clears away what nobody can use any more. */
export interface Housekeeping {
  run(): Promise<{ sessions: number }>;
}

/** Sessions that have ended. Finished jobs need no hand: the queue drops them a minute after they are done. */
export function createHousekeeping({ connection, now }: { connection: Connection; now: Now }): Housekeeping {
  return {
    async run() {
      const ended = await connection.queries
        .delete(sessions)
        .where(lt(sessions.expiresAt, now()))
        .returning({ id: sessions.id });
      return { sessions: ended.length };
    },
  };
}
