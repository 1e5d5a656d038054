import type { ChannelConfig } from '../config/live.ts';
import { heardBy } from './channel-rows.ts';
import type { ChannelNow } from './channel-state.ts';
import type { ConsoleParts } from './parts.ts';

const NOTHING_HEARD = { hasAny: false, lastAt: null };

/** What is known of channels at the moment, in one question for all. */
export async function channelsNow(
  channels: readonly ChannelConfig[],
  { connection, doors }: Pick<ConsoleParts, 'connection' | 'doors'>,
): Promise<readonly ChannelNow[]> {
  const heard = await heardBy(
    connection.queries,
    channels.map(({ name }) => name),
  );
  const listening = doors.listening();
  return channels.map((channel) => ({
    channel,
    listening: listening.find((each) => each.channel === channel.name) ?? null,
    turnedAway: doors.lastTurnedAway(channel.name),
    heard: heard.get(channel.name) ?? NOTHING_HEARD,
  }));
}
