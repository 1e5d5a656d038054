import type { Conversation } from '../domain/conversation.ts';
import type { InboundMessage } from '../domain/message.ts';
import { type Ticket, undecidedTicket } from '../domain/ticket.ts';
import type { Policy } from './policy.ts';

/** Where a message came from, and when we had it. */
export interface Arrival {
  channel: string;
  receivedAt: Temporal.Instant;
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
