import { sql } from 'drizzle-orm';
import type { Connection, Queries } from './connection.ts';

/** Any number, the same for all instances: who holds it decides, the others wait. */
const DECIDING = 7_261_003;

/**
 * Runs work in the one lane in which tickets are decided, as one transaction: all of it is recorded, or
 * none. Two instances, or a sweep and a form post, never give the same place away.
 */
export function inLane<Result>(connection: Connection, work: (tx: Queries) => Promise<Result>): Promise<Result> {
  return connection.queries.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${DECIDING})`);
    return work(tx);
  });
}
