import { sql } from 'drizzle-orm';
import { noteLessons } from '../db/learning-mark.ts';
import { agents, attachments, marks, messageNames, messages, outbox, tickets } from '../db/schema.ts';
import { isErased } from '../domain/erasure.ts';
import { isOpen, nextDueAt } from '../domain/ticket.ts';
import { saveCustomers } from './customers/index.ts';
import { type Desk, type Held, NEXT_NUMBER } from './desk.ts';
import { holdBack } from './hold-back.ts';
import { holdNotices } from './notices/hold.ts';
import { saveOutcomes } from './outcomes.ts';
import { withdrawLetters } from './withdraw.ts';

/** Writes everything that the turns of a transaction decided, a table at a time. */
export async function saveDesk(desk: Desk): Promise<void> {
  holdBack(desk);
  await saveTickets(desk);
  await withdrawLetters(desk);
  const { records } = desk;
  if (records.messages.length > 0) await desk.tx.insert(messages).values(records.messages);
  if (records.attachments.length > 0) await desk.tx.insert(attachments).values(records.attachments);
  if (records.decisions.length > 0) await saveDecisions(desk);
  await holdNotices(desk);
  // A key that is taken was sent for already: the same decision, made twice.
  if (records.outbox.length > 0) await desk.tx.insert(outbox).values(records.outbox).onConflictDoNothing();
  if (records.names.length > 0) await saveNames(desk);
  if (records.events.length > 0) await saveEvents(desk);
  if (records.hasLessons) await noteLessons(desk.tx, desk.now);
  await saveCustomers(desk);
  await saveCounts(desk);
}

/**
 * One text and one parameter however many there are: a dozen decisions of fifteen columns each take longer
 * to put together and to plan as a list of values than to write.
 */
async function saveDecisions({ tx, records }: Desk): Promise<void> {
  await tx.execute(sql`
    insert into decisions (id, ticket_key, at, stage, code, params, field, from_value, to_value, sentence, evidence,
      source, opinion, config_version)
    select id, "ticketKey", at, stage, code, params, field, "fromValue", "toValue", sentence, evidence,
      source, opinion, "configVersion"
    from rows from (jsonb_to_recordset(${JSON.stringify(records.decisions)}::jsonb) as (
      id text, "ticketKey" text, at timestamptz, stage text, code text, params jsonb, field text, "fromValue" jsonb,
      "toValue" jsonb, sentence text, evidence jsonb, source jsonb, opinion jsonb, "configVersion" text
    )) with ordinality
    order by ordinality
  `);
}

/** In bulk for the same reason. */
async function saveEvents({ tx, records }: Desk): Promise<void> {
  await tx.execute(sql`
    insert into events (id, subscription, ticket_key, type, body, next_at, created_at)
    select id, subscription, "ticketKey", type, body, "nextAt", "createdAt"
    from rows from (jsonb_to_recordset(${JSON.stringify(records.events)}::jsonb) as (
      id text, subscription text, "ticketKey" text, type text, body text, "nextAt" timestamptz, "createdAt" timestamptz
    )) with ordinality
    order by ordinality
  `);
}

async function saveTickets(desk: Desk): Promise<void> {
  const touched = [...desk.held.values()].filter((held) => held.touched);
  if (touched.length === 0) return;
  await saveOutcomes(
    desk,
    touched.map(({ ticket }) => ticket),
  );
  await desk.tx
    .insert(tickets)
    .values(touched.map((held) => rowOf(held, desk.now)))
    .onConflictDoUpdate({
      target: tickets.key,
      set: {
        ticket: sql`excluded.ticket`,
        fingerprint: sql`excluded.fingerprint`,
        dueAt: sql`excluded.due_at`,
        updatedAt: sql`excluded.updated_at`,
        wakeAt: sql`excluded.wake_at`,
        judgedVersion: sql`excluded.judged_version`,
        judgedModel: sql`excluded.judged_model`,
        version: sql`${tickets.version} + 1`,
        // The flush goes by how long the base has been owed a write, so an older debt keeps its date. A ticket
        // whose row somebody deleted is owed none.
        dirtySince: sql`case when ${tickets.detachedAt} is null
          then coalesce(${tickets.dirtySince}, excluded.dirty_since) end`,
        // How soon it must hear of it depends on what changed, so the flush looks anew.
        writeAt: sql`case when excluded.dirty_since is null then ${tickets.writeAt} end`,
      },
    });
}

function rowOf(held: Held, now: Temporal.Instant): typeof tickets.$inferInsert {
  const { ticket, fingerprint, wakeAt, judgedVersion, judgedModel, rowId, changed } = held;
  return {
    key: ticket.key,
    ticket,
    // Erased and open again, it will have words to be erased once more.
    fingerprint: isErased(ticket) && isOpen(ticket.status) ? ticket.key : fingerprint,
    wakeAt,
    judgedVersion,
    judgedModel,
    rowId,
    dueAt: nextDueAt(ticket),
    openedAt: ticket.openedAt,
    updatedAt: ticket.updatedAt,
    dirtySince: changed ? now : null,
  };
}

/** A conversation that goes on after its ticket was closed belongs to the next one. */
async function saveNames({ tx, records }: Desk): Promise<void> {
  const latest = new Map(records.names.map((each) => [each.name, each]));
  await tx
    .insert(messageNames)
    .values([...latest.values()])
    .onConflictDoUpdate({
      target: messageNames.name,
      set: { ticketKey: sql`excluded.ticket_key`, at: sql`excluded.at` },
    });
}

/** What the lane itself counts: the next number, who has how much, and whose turn it was. */
async function saveCounts(desk: Desk): Promise<void> {
  if (desk.nextNumber !== desk.firstFreeNumber) {
    await desk.tx
      .insert(marks)
      .values({ name: NEXT_NUMBER, value: desk.nextNumber })
      .onConflictDoUpdate({ target: marks.name, set: { value: desk.nextNumber } });
  }
  const busy = [...desk.loads.values()].filter((load) => desk.busy.has(load.name));
  if (busy.length === 0) return;
  await desk.tx
    .insert(agents)
    .values(busy.map(({ name, open, lastAssignedAt }) => ({ name, open, lastAssignedAt })))
    .onConflictDoUpdate({
      target: agents.name,
      set: { open: sql`excluded.open`, lastAssignedAt: sql`excluded.last_assigned_at` },
    });
}
