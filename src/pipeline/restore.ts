import { inArray, or, sql } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import { lessonOf } from '../decide/opinions/lesson.ts';
import { fingerprintOf } from '../decide/placement.ts';
import type { Reason } from '../domain/decision.ts';
import type { NoticeKind } from '../domain/effect.ts';
import { nextDueAt, type Ticket } from '../domain/ticket.ts';
import { meetRestored } from './customers/index.ts';
import { markDead } from './deliveries.ts';
import { countBack, type Desk, type Held } from './desk.ts';
import type { RememberedTicket } from './index.ts';
import { recordConversation } from './names.ts';
import { saveOutcomes } from './outcomes.ts';
import { recordReasons, takeTurn } from './take-turn.ts';

/** Alarms of which a ticket without its memory cannot know whether they went off. */
const ALARMS: ReadonlySet<string> = new Set<NoticeKind>(['sla_warning', 'sla_breach', 'escalated']);

/** A ticket that is being taken back, with the number that it gets. */
interface Back {
  remembered: RememberedTicket;
  ticket: Ticket;
}

/** Takes back tickets that the base has and we have not, as they stood; each with one decision that says so. */
export async function restoreTickets(desk: Desk, all: readonly RememberedTicket[]): Promise<readonly Ticket[]> {
  const missing = await missingOf(desk, all);
  if (missing.length === 0) return [];
  const back = numbered(desk, missing, await takenNumbers(desk, missing));
  const held: TakenBack[] = [];
  for (const each of back) held.push(await takeBack(desk, each));
  await meetRestored(
    desk,
    held.map(({ ticket }) => ticket),
  );
  for (const { ticket } of held) await recallDead(desk, ticket);
  // They may be older than what was read already.
  desk.links.recent.readUpTo = 0;
  for (const { ticket } of held) recordConversation(desk, ticket);
  desk.records.hasLessons ||= held.some(({ ticket }) => lessonOf(ticket) !== null);
  await insert(desk, held);
  await saveOutcomes(
    desk,
    held.map(({ ticket }) => ticket),
  );
  return held.map(({ ticket }) => ticket);
}

/** Looking again takes nobody back twice: another instance may read the same rows. */
async function missingOf({ tx }: Desk, all: readonly RememberedTicket[]): Promise<readonly RememberedTicket[]> {
  if (all.length === 0) return [];
  const [keys, rowIds] = [all.map(({ ticket }) => ticket.key), all.map(({ row }) => row.id)];
  const found = await tx
    .select({ key: tickets.key, rowId: tickets.rowId })
    .from(tickets)
    .where(or(inArray(tickets.key, keys), inArray(tickets.rowId, rowIds)));
  const known = new Set(found.flatMap(({ key, rowId }) => [key, rowId]));
  const byKey = new Map(all.toReversed().map((each) => [each.ticket.key, each]));
  return [...byKey.values()].filter(({ ticket, row }) => !known.has(ticket.key) && !known.has(row.id)).toReversed();
}

async function takenNumbers({ tx }: Desk, missing: readonly RememberedTicket[]): Promise<ReadonlySet<number>> {
  const numbers = missing.map(({ ticket }) => ticket.number);
  const found = await tx.select({ number: tickets.number }).from(tickets).where(inArray(tickets.number, numbers));
  return new Set(found.map(({ number }) => number));
}

/** Who comes with a number that is free keeps it; the others get theirs above all of those. */
function numbered(desk: Desk, missing: readonly RememberedTicket[], taken: ReadonlySet<number>): readonly Back[] {
  const used = new Set(taken);
  const own = missing.map(({ ticket: { number } }) => {
    const isFree = number > 0 && !used.has(number);
    if (isFree) used.add(number);
    return isFree;
  });
  desk.nextNumber = Math.max(desk.nextNumber, 1 + Math.max(0, ...used));
  return missing.map((remembered, index) => {
    const number = own[index] === true ? remembered.ticket.number : nextNumber(desk);
    return { remembered, ticket: { ...remembered.ticket, number } };
  });
}

function nextNumber(desk: Desk): number {
  desk.nextNumber += 1;
  return desk.nextNumber - 1;
}

type TakenBack = Held & { row: RememberedTicket['row'] };

async function takeBack(desk: Desk, back: Back): Promise<TakenBack> {
  const { remembered, ticket } = back;
  const { requester, subject, description: text, fields, status } = ticket;
  const held: Held = {
    ticket,
    // Whatever came due while nobody looked is due now.
    wakeAt: status === 'closed' ? null : desk.now,
    fingerprint: fingerprintOf({ from: requester, subject, text, fields }),
    judgedVersion: null,
    judgedModel: null,
    rowId: remembered.row.id,
    touched: false,
    changed: ticket.number !== remembered.ticket.number,
  };
  countBack(desk, ticket);
  recordReasons(desk, ticket, [reasonOf(back)]);
  if (text !== '') desk.records.messages.push({ ...opening(ticket), id: desk.newId(desk.now) });
  if (remembered.from === 'columns') await beginClocksQuietly(desk, held);
  return { ...held, row: remembered.row };
}

/** Letters to the requester came back before, as the ticket remembers. */
async function recallDead(desk: Desk, { key, mute }: Ticket): Promise<void> {
  if (mute?.why !== 'bounced') return;
  await markDead(desk, { address: mute.address, since: mute.at, reason: mute.evidence, ticketKey: key });
}

/** What the customer wrote first; the rest of the conversation is not in the base. */
function opening({ key, description, requester, openedAt }: Ticket) {
  return {
    ticketKey: key,
    author: 'customer' as const,
    authorName: requester.name,
    visibility: 'public' as const,
    text: description,
    at: openedAt,
  };
}

function reasonOf({ remembered: { ticket, from, log }, ticket: { number } }: Back): Reason {
  const was = ticket.number > 0 && ticket.number !== number ? ticket.number : null;
  return {
    stage: 'intake',
    code: 'intake.restored',
    params: { from, was, log },
    change: null,
    evidence: [],
    source: { kind: 'policy', name: 'restore' },
    opinion: null,
  };
}

/**
 * A ticket that has lost its clocks gets them anew. Alarms that go off in that moment had their time before
 * and were most likely heard; they are kept unsent, for a person to send who thinks otherwise.
 */
async function beginClocksQuietly(desk: Desk, held: Held): Promise<void> {
  const { outbox, events } = desk.records;
  const [before, told] = [outbox.length, events.length];
  await takeTurn(desk, held, { kind: 'due' });
  held.changed = true;
  const late = outbox.splice(before).map((each) => (ALARMS.has(each.template) ? withheld(desk, each) : each));
  outbox.push(...late);
  // What follows tickets was told in its time.
  events.length = told;
}

function withheld(desk: Desk, message: Desk['records']['outbox'][number]) {
  return {
    ...message,
    state: 'not_sent' as const,
    finishedAt: desk.now,
    problem: {
      code: 'outbox.maybe-sent',
      message: 'The ticket was restored without its memory, so this may have been sent before.',
      fix: 'Send it from the console if nobody heard of it.',
    },
  };
}

/** One parameter however many there are, as rows come by hundreds. */
async function insert({ tx, now }: Desk, back: readonly TakenBack[]): Promise<void> {
  const rows = back.map(({ row, ticket, fingerprint, wakeAt, changed }) => ({
    ticket,
    fingerprint,
    due_at: nextDueAt(ticket),
    wake_at: wakeAt,
    row_id: row.id,
    synced: row.synced,
    reply_key: row.replyKey,
    dirty_since: changed ? now : null,
  }));
  await tx.execute(sql`
    insert into tickets (key, ticket, fingerprint, due_at, opened_at, updated_at, wake_at, row_id, synced, reply_key,
      dirty_since)
    select ticket ->> 'key', ticket, fingerprint, due_at, (ticket ->> 'openedAt')::timestamptz,
      (ticket ->> 'updatedAt')::timestamptz, wake_at, row_id, synced, reply_key, dirty_since
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as back (ticket jsonb, fingerprint text,
      due_at timestamptz, wake_at timestamptz, row_id text, synced jsonb, reply_key text, dirty_since timestamptz)
  `);
}
