/** Everything that the desk holds of somebody, for whoever asks what that is. */
import { sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import { identityName } from '../domain/requester.ts';
import { findPerson } from './person.ts';

/** By table, the rows as they stand; requests and files as text, or in base64 where they are none. */
export type Held = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** What `person show` gives. */
export interface PersonFile {
  knownAs: readonly string[];
  names: readonly string[];
  held: Held;
}

/**
 * Reads all of it.
 *
 * @throws Problem `person.not-named`
 */
export async function showPerson(queries: Queries, who: string): Promise<PersonFile> {
  const { identities, names, tickets } = await findPerson(queries, who);
  const keys = sql`select jsonb_array_elements_text(${JSON.stringify(tickets.map(({ key }) => key))}::jsonb)`;
  const values = sql`select jsonb_array_elements_text(${JSON.stringify(identities.map(({ value }) => value))}::jsonb)`;
  const ofTicket = sql`ticket_key in (${keys})`;
  const reads = {
    tickets: sql`select ticket from tickets where key in (${keys}) order by number`,
    messages: sql`select at, author, author_name, visibility, text, attachments from messages where ${ofTicket} order by at`,
    decisions: sql`select at, stage, code, sentence, field, from_value, to_value, params, evidence, source from decisions
      where ${ofTicket} order by seq`,
    letters: sql`select created_at, kind, recipient, subject, text, state from outbox
      where ${ofTicket} or recipient in (${values}) order by seq`,
    events: sql`select created_at, subscription, type, body, state from events where ${ofTicket} order by seq`,
    requests: sql`select received_at, channel, state, headers, encode(body, 'base64') as body from inbox
      where ${ofTicket} or sender in (${values}) order by seq`,
    files: sql`select attachments.name, content_type, size, url, (select encode(string_agg(bytes, ''::bytea order by
        attachment_bytes.seq), 'base64') from attachment_bytes where attachment_id = attachments.id) as bytes
      from attachments where ${ofTicket} order by attachments.seq`,
    identities: sql`select kind, value from identities where requester_id in (
        select requester_id from identities where value in (${values})
      ) order by kind, value`,
    undeliverable: sql`select address, since, reason from undeliverable where address in (${values})`,
  };
  const held: Record<string, readonly Record<string, unknown>[]> = {};
  for (const [name, read] of Object.entries(reads)) {
    held[name] = rowsOf<Record<string, unknown>>(await queries.execute(read)).map(readable);
  }
  return { knownAs: identities.map(identityName), names, held };
}

/** What is text is shown as such. */
function readable(row: Record<string, unknown>): Record<string, unknown> {
  const { body } = row;
  if (typeof body !== 'string' || !('received_at' in row)) return row;
  const bytes = Buffer.from(body, 'base64');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? { ...row, body: text } : { ...row, body: null, base64: body };
}
