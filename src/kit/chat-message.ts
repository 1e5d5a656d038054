import type { Attachment, InboundMessage } from '../domain/message.ts';
import type { Identity } from '../domain/requester.ts';
import { firstLine } from './guess-message.ts';
import { inboundMessage } from './inbound-message.ts';
import { storable } from './storable-text.ts';

/** What somebody wrote in a chat. */
export interface ChatMessage {
  /** As the chat shows it; the id where it shows none. */
  name: string;
  /** Where the chat tells it; left out where it does not. */
  email?: string | null;
  text: string;
  /** A subject that was asked for; the first line where none was. */
  subject?: string;
  externalId: string | null;
  sentAt: Temporal.Instant | null;
  identities: readonly Identity[];
  files?: readonly Attachment[];
  conversation: NonNullable<InboundMessage['conversation']>;
  thread?: Partial<InboundMessage['thread']>;
}

/** Puts together what a chat said, in texts that the database can hold. */
export function chatMessage(said: ChatMessage): InboundMessage {
  const { name, email = null, text, subject = firstLine(text), externalId, sentAt, identities, files = [] } = said;
  const guess = { name, email, subject, text, rest: [] };
  const message = inboundMessage(guess, { externalId, sentAt, ticket: null, identities, files });
  const { to, thread, name: known } = said.conversation;
  return {
    ...message,
    conversation: { to: storable(to), thread: ofText(thread), name: ofText(known) },
    thread: { ...message.thread, ...said.thread },
  };
}

function ofText(text: string | null): string | null {
  return text === null ? null : storable(text);
}
