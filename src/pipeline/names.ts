import { inArray } from 'drizzle-orm';
import { messageNames } from '../db/schema.ts';
import { namesIfOvertaken, overtakenName } from '../decide/placement.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { Ticket } from '../domain/ticket.ts';
import { replyTokenOf } from '../kit/reply-tokens.ts';
import { ticketNamed } from '../kit/ticket-names.ts';
import type { Desk } from './desk.ts';

/** Of the messages that one answers, the nearest may be on their way still; mail names all of a long exchange. */
const MOST_ANSWERED = 5;

/** Reads which tickets the messages belong to that these point at, in one query for all. */
export async function readNames(desk: Desk, arrived: readonly InboundMessage[]): Promise<void> {
  const wanted = arrived.flatMap((message) => [...namesPointedAt(message), ...namesIfOvertaken(message)]);
  const pointedAt = wanted.filter((name) => !desk.named.has(name));
  const names = pointedAt.filter((name) => !knowItself(desk, name));
  if (names.length === 0) return;
  const rows = await desk.tx.select().from(messageNames).where(inArray(messageNames.name, names));
  for (const { name, ticketKey } of rows) desk.named.set(name, ticketKey);
}

/** Addresses and pages that we gave out say themselves whose they are. Whether this was the name of one, true or not. */
function knowItself({ named, replyTokens }: Desk, name: string): boolean {
  const token = replyTokenOf(name);
  const ticketKey = token === null ? ticketNamed(name) : replyTokens.opens(token);
  if (ticketKey !== null) named.set(name, ticketKey);
  return token !== null || ticketKey !== null;
}

/** Messages and conversations of which it says itself that it belongs to them. */
export function namesPointedAt({ thread, conversation }: InboundMessage): readonly string[] {
  return [...(thread.belongsTo ?? []), ...nameOf(conversation)];
}

function nameOf(conversation: InboundMessage['conversation'] | null): readonly string[] {
  return typeof conversation?.name === 'string' ? [conversation.name] : [];
}

/** Remembers by what later messages may point at this one. */
export function recordNames(desk: Desk, ticketKey: string, { thread, conversation }: InboundMessage): void {
  recordAll(desk, ticketKey, [...(thread.knownAs ?? []), ...nameOf(conversation)]);
}

/** Remembers what the message that opened a ticket answers: it may be on its way still, and would open another. */
export function recordOvertaken(desk: Desk, ticketKey: string, { thread }: InboundMessage): void {
  const missing = (thread.belongsTo ?? []).slice(0, MOST_ANSWERED).filter((name) => !desk.named.has(name));
  recordAll(desk, ticketKey, missing.map(overtakenName));
}

/** The same of a ticket that came back from the base: of its conversation alone, as no row keeps every message. */
export function recordConversation(desk: Desk, { key, conversation }: Ticket): void {
  recordAll(desk, key, nameOf(conversation));
}

function recordAll(desk: Desk, ticketKey: string, names: readonly string[]): void {
  for (const name of names) {
    if (desk.named.get(name) === ticketKey) continue;
    desk.named.set(name, ticketKey);
    desk.records.names.push({ name, ticketKey, at: desk.now });
  }
}
