import { sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { ERASED } from '../domain/erasure.ts';

/** What belongs to no ticket and is older: requests that became none, letters about many, answers of models. */
export async function eraseStrays(queries: Queries, before: Temporal.Instant): Promise<void> {
  const moment = sql`${before.toString()}::timestamptz`;
  await queries.execute(sql`
    update inbox set headers = '{}', body = '', sender = null, problem = null, delivery_id = 'erased:' || id,
      state = 'ignored'
    where state in ('ignored', 'lost') and received_at < ${moment} and delivery_id <> 'erased:' || id
  `);
  await queries.execute(sql`
    update outbox set subject = ${ERASED}, text = ${ERASED}, html = null, rows = null, thread = null, problem = null,
      recipient = case when kind = 'message' then ${ERASED} else recipient end
    where ticket_key = '' and finished_at < ${moment} and subject <> ${ERASED}
  `);
  await queries.execute(sql`delete from model_answers where at < ${moment}`);
}
