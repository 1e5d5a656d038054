import { and, eq, sql } from 'drizzle-orm';
import { draftText } from '../config/drafts.ts';
import { decisions, messages, tickets } from '../db/schema.ts';
import { rowAfter } from '../decide/apply.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { Occasion, OfferedDraft } from '../domain/occasion.ts';
import type { Ticket } from '../domain/ticket.ts';
import { composeReply } from './compose.ts';
import { meetCustomer } from './customers/index.ts';
import { countNotes, type Desk, type Held, heldTicket } from './desk.ts';
import { refuseInShadow } from './hold-back.ts';
import type { Answer, Edit, Note, Opened, TypedRow, TypedTicket } from './index.ts';
import { openTurn } from './hear.ts';
import { receive } from './intake.ts';
import { newTicket } from './new-ticket.ts';
import { recordReasons } from './take-turn.ts';

/** A ticket that a person types into the console: a call, a visit. */
export async function openByHand(desk: Desk, typed: TypedTicket): Promise<Opened> {
  const key = await receive(desk, messageOf(typed), {
    channel: typed.channel ?? 'console',
    receivedAt: desk.now,
    inboxId: null,
  });
  return { ticketKey: key, number: (await heldTicket(desk, key)).ticket.number };
}

/** A row that a person typed into the base. Adopting it twice gives the same ticket. */
export async function adoptRow(desk: Desk, row: TypedRow): Promise<Opened> {
  const [known] = await desk.tx
    .select({ ticketKey: tickets.key, number: tickets.number })
    .from(tickets)
    .where(eq(tickets.rowId, row.rowId));
  if (known !== undefined) return known;
  const message = messageOf(row);
  const arrival = { channel: row.channel ?? 'base', receivedAt: row.createdAt };
  const held = newTicket(desk, message, { ...arrival, handTyped: row });
  await openTurn(desk, held, { message, arrival: { ...arrival, inboxId: null } });
  return { ticketKey: held.ticket.key, number: held.ticket.number };
}

/** What somebody typed, as a message. */
export function messageOf({ subject, text, requester }: TypedTicket): InboundMessage {
  return {
    externalId: null,
    sentAt: null,
    from: requester,
    subject,
    text,
    account: {},
    fields: {},
    attachments: [],
    thread: { ticketNumber: null, ticketKey: null },
    automatic: null,
  };
}

/** Who asks can be corrected at any time; it is no decision of ours, and so none is recorded. */
export async function takeEdit(
  desk: Desk,
  held: Held,
  { requester, handoff, answer: said, row, ...edit }: Edit,
): Promise<Occasion> {
  if (requester !== undefined) await correct(desk, held, requester);
  if (row !== undefined) {
    held.ticket = { ...held.ticket, row: rowAfter(held.ticket.row, row.found) };
    held.changed = true;
  }
  const isRowChanged = row !== undefined && Object.keys(row.changed).length > 0;
  const { key } = held.ticket;
  if (handoff !== undefined) await countNotes(desk, [key]);
  const isNews = async (asking: { key: string }) => !(await isDecided(desk, key, asking.key));
  return {
    kind: 'edited',
    ...edit,
    ...(handoff !== undefined && (await isNews(handoff)) && { handoff }),
    ...(said !== undefined && (await isNews(said)) && { answer: said }),
    ...(isRowChanged && { row: row.changed }),
  };
}

/** Behind another address is another person, of whom nothing is known that the sender did not say. */
async function correct(desk: Desk, held: Held, corrected: NonNullable<Edit['requester']>): Promise<void> {
  const { identities: _theirs, said, ...before } = held.ticket.requester;
  const isOther = corrected.email !== undefined && corrected.email !== before.email;
  const known = isOther ? { ...before, account: said ?? before.account } : held.ticket.requester;
  held.ticket = { ...held.ticket, requester: { ...known, ...corrected } };
  held.changed = true;
  // By the key of the ticket goes who asked with it first.
  if (isOther) await meetCustomer(desk, { ticket: held.ticket, given: [], id: desk.newId(desk.now) });
}

async function isDecided({ tx }: Desk, ticketKey: string, askingKey: string): Promise<boolean> {
  const isOfAsking = sql`${decisions.params} ->> 'key' = ${askingKey}`;
  const found = await tx
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(eq(decisions.ticketKey, ticketKey), eq(decisions.stage, 'handoff'), isOfAsking))
    .limit(1);
  return found.length > 0;
}

/** An agent's answer to the customer; null when it was recorded already. */
export async function answer(desk: Desk, held: Held, { by, text, key, draft }: Answer): Promise<Occasion | null> {
  refuseInShadow(desk);
  if (key !== undefined && (await isRecorded(desk, key))) return null;
  const id = record(desk, held, { by, text, visibility: 'public', ...(key === undefined ? {} : { id: key }) });
  desk.records.outbox.push(...composeReply(desk, held.ticket, { id, text, by }));
  const begun = draftBehind(desk, held.ticket, { taken: draft, message: id });
  held.ticket = { ...held.ticket, lastAgentMessageAt: desk.now };
  return { kind: 'replied', by: 'agent', name: by, text, at: desk.now, ...(begun !== null && { draft: begun }) };
}

/** What the answer began with: the reply that the person took, or else the one that was suggested. */
function draftBehind(
  { config }: Desk,
  ticket: Ticket,
  { taken, message }: { taken: string | undefined; message: string },
): OfferedDraft | null {
  const reply = taken ?? ticket.suggestion?.reply ?? null;
  const text = reply === null ? null : draftText(config.policy, ticket, reply);
  return reply === null || text === null ? null : { reply, text, message };
}

/**
 * A note changes nothing but the conversation: no clock stops for what the customer never sees. It is work all the
 * same, and may be what a hand-off was held for.
 */
export async function writeNote(desk: Desk, held: Held, { by, text, comment }: Note): Promise<Occasion | null> {
  if (comment === undefined) record(desk, held, { by, text, visibility: 'internal' });
  else if (!(await takeComment(desk, held, { by, text, comment }))) return null;
  return { kind: 'noted', by, at: comment?.at ?? desk.now };
}

/**
 * Nobody here did it, so the log says who did. `Why` stays: nothing was decided about the ticket. False for a comment
 * that is known.
 */
async function takeComment(desk: Desk, held: Held, { by, text, comment }: Required<Note>): Promise<boolean> {
  const { id, at } = comment;
  const [known] = await desk.tx.select({ text: messages.text }).from(messages).where(eq(messages.id, id));
  if (known?.text === text) return false;
  if (known === undefined) record(desk, held, { by, text, visibility: 'internal', id, at });
  else await desk.tx.update(messages).set({ text }).where(eq(messages.id, id));
  const code = known === undefined ? 'edit.commented' : 'edit.comment_corrected';
  const source = { kind: 'person' as const, name: by };
  const reason = { stage: 'edit' as const, code, params: { by }, change: null, evidence: [], source, opinion: null };
  recordReasons(desk, held.ticket, [reason]);
  return true;
}

async function isRecorded(desk: Desk, messageId: string): Promise<boolean> {
  const found = await desk.tx.select({ id: messages.id }).from(messages).where(eq(messages.id, messageId));
  return found.length > 0;
}

interface Written {
  by: string;
  text: string;
  visibility: 'public' | 'internal';
  id?: string;
  at?: Temporal.Instant;
}

function record(
  desk: Desk,
  held: Held,
  { by, text, visibility, id = desk.newId(desk.now), at = desk.now }: Written,
): string {
  const { key: ticketKey } = held.ticket;
  if (visibility === 'internal') desk.internalNotes.set(ticketKey, (desk.internalNotes.get(ticketKey) ?? 0) + 1);
  desk.records.messages.push({ id, ticketKey, author: 'agent', authorName: by, visibility, text, at });
  return id;
}
