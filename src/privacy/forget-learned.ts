import { sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { wantLearning } from '../db/learning-mark.ts';

/** What was learned knows the words of tickets that were erased since. It is dropped, and to be learned anew. */
export async function forgetLearned(tx: Queries): Promise<void> {
  await tx.execute(sql`delete from learned_models`);
  await tx.execute(sql`delete from learned_proposals`);
  await wantLearning({ queries: tx });
}
