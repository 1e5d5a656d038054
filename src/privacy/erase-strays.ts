import { type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { ERASED } from '../domain/erasure.ts';
import { FINGERPRINT_OF_ERASED } from './erase-tickets.ts';

/** Whoever opens one again has it erased anew as a whole. */
const ERASED_AND_OVER = sql`select key from tickets where fingerprint = ${FINGERPRINT_OF_ERASED} and not is_open`;

/**
 * What is older and goes with no ticket: requests that became none, letters about many, answers of models, and what was
 * written on a ticket after it was erased, which nobody opened again.
 */
export async function eraseStrays(queries: Queries, before: Temporal.Instant): Promise<void> {
  const moment = sql`${before.toString()}::timestamptz`;
  await queries.execute(sql`
    update inbox set headers = '{}', body = '', sender = null, problem = null, delivery_id = 'erased:' || id,
      state = case when state = 'lost' then 'ignored' else state end
    where (state in ('ignored', 'lost') or state = 'done' and ticket_key in (${ERASED_AND_OVER})) and received_at < ${moment} and delivery_id <> 'erased:' || id
  `);
  await queries.execute(sql`
    update outbox set subject = ${ERASED}, text = ${ERASED}, html = null, rows = null, thread = null, problem = null,
      recipient = case when kind = 'message' then ${ERASED} else recipient end
    where (ticket_key = '' or ticket_key in (${ERASED_AND_OVER})) and finished_at < ${moment} and subject <> ${ERASED}
  `);
  await eraseLateMessages(queries, moment);
  await queries.execute(sql`delete from model_answers where at < ${moment}`);
}

async function eraseLateMessages(queries: Queries, moment: SQL): Promise<void> {
  const late = sql`ticket_key in (${ERASED_AND_OVER}) and at < ${moment} and text <> ${ERASED}`;
  const ofLate = sql`message_id in (select id from messages where ${late})`;
  await queries.execute(
    sql`delete from attachment_bytes where attachment_id in (select id from attachments where ${ofLate})`,
  );
  await queries.execute(sql`delete from attachments where ${ofLate}`);
  await queries.execute(sql`
    update messages set text = ${ERASED}, attachments = '[]',
      author_name = case when author = 'customer' then ${ERASED} else author_name end
    where ${late}
  `);
}
