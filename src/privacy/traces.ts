import { type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import { ERASED } from '../domain/erasure.ts';

/** By what somebody is found beside their tickets. */
export interface Traces {
  /** Keys of their tickets. */
  keys: readonly string[];
  /** Addresses, numbers and ids of chats. */
  values: readonly string[];
  names: readonly string[];
  /** Whether what belongs to no ticket of theirs goes, too: by their addresses, and where it names them. */
  isSought: boolean;
}

/** Shorter texts stand in letters by chance. */
const TELLING = 6;

/** What was erased beside tickets and decisions. */
export interface ErasedBeside {
  messages: number;
  /** Requests as they came in. */
  requests: number;
  letters: number;
  files: number;
}

/** Erases what stands in other tables than those of tickets and decisions. */
export async function eraseBeside(
  tx: Queries,
  traces: Traces & { subjects: readonly string[]; now: Temporal.Instant },
): Promise<ErasedBeside> {
  const ofTickets = among(traces.keys);
  const sought = traces.isSought ? traces.values : [];
  const ofPerson = among(sought);
  // Before the messages, which lead to the requests that brought them.
  const requests = await eraseRequests(tx, { ofTickets, ofPerson, sought });
  const messages = await count(
    tx,
    sql`update messages set text = ${ERASED}, attachments = '[]',
        author_name = case when author = 'customer' then ${ERASED} else author_name end
      where text <> ${ERASED} and (
        ticket_key in (${ofTickets}) or inbox_id in (select id from inbox where delivery_id = 'erased:' || id)
      )`,
  );
  await tx.execute(sql`delete from attachment_bytes where attachment_id in
    (select id from attachments where ticket_key in (${ofTickets}))`);
  const files = await count(tx, sql`delete from attachments where ticket_key in (${ofTickets})`);
  const letters = await eraseLetters(tx, { ofTickets, ofPerson, ...traces });
  await forgetPerson(tx, { ofTickets, ofPerson, sought });
  await tx.execute(sql`delete from identities where value in (${among(traces.values)})`);
  return { messages, requests, letters, files };
}

interface Where {
  ofTickets: SQL;
  ofPerson: SQL;
  /** Words by which they are looked for. */
  sought: readonly string[];
}

/** What waits is left: it is nobody's yet, and becomes a ticket first. */
function eraseRequests(tx: Queries, { ofTickets, ofPerson, sought }: Where): Promise<number> {
  // What became no ticket is of whoever is named in it.
  const names = sought.map((value) => sql`position(convert_to(${value}, 'UTF8') in body) > 0`);
  const isNamed = names.length === 0 ? sql`false` : sql`(${sql.join(names, sql` or `)})`;
  return count(
    tx,
    sql`update inbox set headers = '{}', body = '', sender = null, problem = null, delivery_id = 'erased:' || id,
        state = case when state = 'lost' then 'ignored' else state end
      where state <> 'waiting' and (
        ticket_key in (${ofTickets}) or sender in (${ofPerson})
        or id in (select inbox_id from messages where ticket_key in (${ofTickets}) and inbox_id is not null)
        or state in ('ignored', 'lost') and ${isNamed}
      )`,
  );
}

/** Letters to them, notices of their tickets, and what else names them; what has not gone never goes. */
function eraseLetters(
  tx: Queries,
  {
    ofTickets,
    ofPerson,
    values,
    names,
    isSought,
    subjects,
    now,
  }: Omit<Traces, 'keys'> & { subjects: readonly string[]; now: Temporal.Instant; ofTickets: SQL; ofPerson: SQL },
): Promise<number> {
  const telling = (isSought ? [...values, ...names, ...subjects] : []).filter((each) => each.length >= TELLING);
  const naming = telling.map((each) => sql`position(${each} in concat_ws(' ', subject, text, html, rows::text)) > 0`);
  const isNaming = naming.length === 0 ? sql`false` : sql.join(naming, sql` or `);
  return count(
    tx,
    sql`update outbox set subject = ${ERASED}, text = ${ERASED}, html = null, rows = null, thread = null, problem = null,
        recipient = case when kind = 'message' then ${ERASED} else recipient end,
        finished_at = case when state in ('waiting', 'dead') then ${now.toString()}::timestamptz else finished_at end,
        state = case when state in ('waiting', 'dead', 'not_sent') then 'left_out' else state end
      where ticket_key in (${ofTickets}) or recipient in (${ofPerson}) or ${isNaming}`,
  );
}

/** Who they are, and what other systems said or were told of them. */
async function forgetPerson(tx: Queries, { ofTickets, ofPerson, sought }: Where): Promise<void> {
  await tx.execute(sql`update events set body = '{}', answer = null, problem = null,
      state = case when state = 'waiting' then 'dead' else state end,
      next_at = null
    where ticket_key in (${ofTickets})`);
  await tx.execute(sql`delete from message_names where ticket_key in (${ofTickets})`);
  await tx.execute(sql`delete from undeliverable where address in (${ofPerson}) or ticket_key in (${ofTickets})`);
  if (sought.length === 0) return;
  // Answers of models stand under names that tell nothing of whose they are; they are asked for again when needed.
  await tx.execute(sql`delete from model_answers`);
  for (const value of sought) {
    await tx.execute(sql`delete from lookups
      where position(${value} in url) > 0 or position(${encodeURIComponent(value)} in url) > 0`);
  }
}

/** As one parameter, however many there are. */
function among(texts: readonly string[]): SQL {
  return sql`select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb)`;
}

async function count(tx: Queries, statement: SQL): Promise<number> {
  const rows = rowsOf<{ count: number }>(
    await tx.execute(sql`with done as (${statement} returning 1) select count(*)::integer as count from done`),
  );
  return rows[0]?.count ?? 0;
}
