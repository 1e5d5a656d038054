import { isKeptAsChosen } from '../decide/apply.ts';
import { fingerprintOf } from '../decide/placement.ts';
import type { Policy } from '../decide/policy.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { InboundMessage } from '../domain/message.ts';
import { type FieldValue, type Override, type Ticket, type TicketField, undecidedTicket } from '../domain/ticket.ts';
import { type Desk, type Held, recount } from './desk.ts';

/** Where a message came from, and when we had it. */
export interface Arrival {
  channel: string;
  receivedAt: Temporal.Instant;
}

/** A ticket that a person began in the base: its row, and the cells that the person filled in. */
export interface HandTyped {
  rowId: string;
  by: string;
  chosen: Readonly<Partial<Record<TicketField, FieldValue>>>;
  row: Ticket['row'];
}

interface Origin {
  handTyped?: HandTyped;
  followUpOf?: Ticket['followUpOf'];
}

/** Begins a ticket as it stands before anything is decided: new, in the default queue, owed to nobody yet. */
export function newTicket(desk: Desk, message: InboundMessage, given: Arrival & Origin): Held {
  const ticket: Ticket = {
    ...ticketSaid(message, given, { policy: desk.config.policy, now: desk.now }),
    key: desk.newId(given.receivedAt),
    number: desk.nextNumber,
    row: given.handTyped?.row ?? {},
    followUpOf: given.followUpOf ?? null,
    ...chosenByHand(given.handTyped, desk.now),
  };
  desk.nextNumber += 1;
  const held = {
    ticket,
    wakeAt: null,
    fingerprint: fingerprintOf(message),
    judgedVersion: null,
    judgedModel: null,
    rowId: given.handTyped?.rowId ?? null,
    touched: true,
    changed: true,
  };
  desk.held.set(ticket.key, held);
  recount(desk, null, ticket);
  return held;
}

/** What a message makes of a ticket, before it has a key and a number. */
export function ticketSaid(
  message: InboundMessage,
  { channel, receivedAt }: Arrival,
  { policy, now }: { policy: Policy; now: Temporal.Instant },
): Ticket {
  const openedAt = message.sentAt ?? receivedAt;
  return {
    ...undecidedTicket({ priority: policy.triage.defaultPriority, queue: policy.routing.defaultQueue, now }),
    key: '',
    number: 0,
    subject: message.subject,
    description: message.text,
    requester: { ...message.from, account: message.account },
    channel,
    externalId: message.externalId,
    fields: message.fields,
    conversation: conversationOf(message, { channel, at: openedAt }),
    mute: muteOf(message, openedAt),
    openedAt,
    lastCustomerMessageAt: openedAt,
  };
}

/**
 * Where an answer to a message goes. Who writes by mail is answered by mail; a message that says nothing of either,
 * such as a form without an address, changes nothing.
 */
export function conversationOf(
  { conversation, from }: InboundMessage,
  { channel, at, before = null }: { channel: string; at: Temporal.Instant; before?: Conversation | null },
): Conversation | null {
  if (conversation !== undefined) return { ...conversation, channel, at };
  return from.email === null ? before : null;
}

/** A machine gets no letter, though a ticket is made of what it wrote. */
function muteOf({ automatic, from }: InboundMessage, at: Temporal.Instant): Ticket['mute'] {
  if (automatic === null || from.email === null) return null;
  return { why: 'machine', address: from.email.toLowerCase(), evidence: automatic.evidence, at };
}

/** What a person filled in is theirs from the start: triage and routing leave it alone, as after an edit. */
function chosenByHand(handTyped: HandTyped | undefined, now: Temporal.Instant): Partial<Ticket> {
  if (handTyped === undefined) return {};
  const overrides = Object.fromEntries(
    Object.entries(handTyped.chosen)
      .filter(([field]) => isKeptAsChosen(field))
      .map(([field, to]): [string, Override] => [field, { by: handTyped.by, at: now, from: null, to }]),
  );
  return { ...handTyped.chosen, overrides } as Partial<Ticket>;
}
