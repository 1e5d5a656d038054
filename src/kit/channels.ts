import type { Channel, ChannelSecrets } from '../ports/channel.ts';
import type { Ask, Connectors, Environment, TicketBase } from './connector.ts';
import type { Now } from '../ports/now.ts';
import { ask as askNetwork } from './ask.ts';

/** What a channel is made of, as the config in force has it. */
export interface ChannelWritten {
  name: string;
  /** Id of the connector. */
  kind: string;
  secrets: ChannelSecrets | null;
  access: string | null;
  settings: unknown;
}

/** Gives the channel of a config; the same one as long as the config is the same. Null where its kind receives nothing. */
export type Channels = (written: ChannelWritten) => Channel | null;

export interface ChannelsGiven {
  connectors: Connectors;
  environment: Environment;
  publicAddress: string | null;
  now: Now;
  /** Asks another system; left out, over the network. */
  ask?: Ask;
  base: TicketBase;
}

/** Makes channels, each once: some keep what they have learned. */
export function createChannels({ connectors, ask = askNetwork, ...given }: ChannelsGiven): Channels {
  // A changed config brings new objects, so nothing old is ever found here.
  const made = new WeakMap<ChannelWritten, Channel>();
  return (written) => {
    const role = connectors[written.kind]?.channel;
    if (role === undefined) return null;
    const { name, access, settings } = written;
    const channel = made.get(written) ?? role.create(settings, { ...given, name, access, ask });
    made.set(written, channel);
    return channel;
  };
}
