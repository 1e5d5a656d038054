import { eq } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { tickets } from '../db/schema.ts';
import type { OutgoingMessage } from '../ports/notifier.ts';
import type { Now } from '../ports/now.ts';

/** How long it is that whoever is answered in a chat wrote there: some chats take an answer only for a while. */
export async function silenceOf(
  { connection, now }: { connection: Connection; now: Now },
  { ticketKey, via }: { ticketKey: string; via: string },
): Promise<Pick<OutgoingMessage, 'silentSeconds'>> {
  const [row] = await connection.queries
    .select({ ticket: tickets.ticket })
    .from(tickets)
    .where(eq(tickets.key, ticketKey));
  const conversation = row?.ticket.conversation ?? null;
  if (conversation === null || conversation.channel !== via) return {};
  return { silentSeconds: Math.round(now().since(conversation.at).total('seconds')) };
}
