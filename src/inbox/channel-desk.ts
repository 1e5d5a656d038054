import type { ChannelConfig } from '../config/live.ts';
import type { Channels } from '../kit/channels.ts';
import type { Channel, ChannelSecrets } from '../ports/channel.ts';

/** A channel that is open, or why it is not; the reason is for our log and the one who set it up. */
export type Found =
  | { kind: 'open'; config: ChannelConfig; channel: Channel; secrets: ChannelSecrets }
  | { kind: 'closed'; reason: string; isUnknown: boolean; statuses: Channel['statuses'] };

/** Finds channels by name, as the config in force has them. */
export interface ChannelDesk {
  find(name: string): Found;
}

export function createChannelDesk(
  channels: () => Readonly<Record<string, ChannelConfig>>,
  channelOf: Channels,
): ChannelDesk {
  return {
    find(name) {
      const known = channels();
      const config = Object.hasOwn(known, name) ? known[name] : undefined;
      if (config === undefined) return { ...closed('there is no such channel'), isUnknown: true };
      const channel = channelOf(config);
      if (channel === null) return closed(`nothing here receives for the kind ${config.kind}`);
      const { secrets, missingSecrets } = config;
      const { statuses } = channel;
      if (config.paused) return closed('it is paused', statuses);
      if (secrets === null) return closed(`it lacks ${missingSecrets.join(', ')} in the environment`, statuses);
      if (isOpenToAll(channel, secrets)) return closed('no token or signing secret is set for it', statuses);
      return { kind: 'open', config, channel, secrets };
    },
  };
}

/** Whether a channel that tells senders by a secret has none to tell them by. */
function isOpenToAll(channel: Channel, secrets: ChannelSecrets): boolean {
  if (channel.needs === undefined) return false;
  const { tokens, signing } = secrets;
  const accepted = { token: tokens, signing, either: [...tokens, ...signing] };
  return accepted[channel.needs].length === 0;
}

function closed(reason: string, statuses?: Channel['statuses']): Extract<Found, { kind: 'closed' }> {
  return { kind: 'closed', reason, isUnknown: false, statuses };
}
