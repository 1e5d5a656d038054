import { desc, eq } from 'drizzle-orm';
import type { ChannelConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import { messageNames } from '../db/schema.ts';
import type { Channels } from '../kit/channels.ts';
import type { ReplyTokens } from '../kit/reply-tokens.ts';
import type { AnsweredAt } from '../ports/channel.ts';
import type { MailTies } from '../ports/notifier.ts';

export interface TieParts {
  connection: Connection;
  /** The channels of the config in force, by name. */
  channels: () => Readonly<Record<string, ChannelConfig>>;
  channelOf: Channels;
  /** What the address bears to which a letter of a ticket is answered. */
  replyTokens: Pick<ReplyTokens, 'tokenOf'>;
}

/** Mail programs follow a thread by fewer. */
const MOST_EARLIER = 10;

/** What leads the answer to a mail to its ticket; null while no channel takes mail. */
export async function tiesOf(parts: TieParts, ticketKey: string): Promise<MailTies | null> {
  const at = answeredAt(parts);
  if (at === null) return null;
  const rows = await parts.connection.queries
    .select({ name: messageNames.name })
    .from(messageNames)
    .where(eq(messageNames.ticketKey, ticketKey))
    .orderBy(desc(messageNames.at), desc(messageNames.name))
    .limit(MOST_EARLIER);
  const token = at.plus ? parts.replyTokens.tokenOf(ticketKey) : null;
  return { address: at.address, token, earlier: rows.map(({ name }) => name).toReversed() };
}

/** Where the first channel of the config takes mail that takes any. */
function answeredAt({ channels, channelOf }: TieParts): AnsweredAt | null {
  for (const written of Object.values(channels())) {
    const at = written.paused ? undefined : channelOf(written)?.answeredAt;
    if (at !== undefined) return at;
  }
  return null;
}
