import { CONNECTORS } from '../../connectors/index.ts';
import { type Channels, createChannels } from '../../src/kit/channels.ts';
import type { Ask, ChannelGiven } from '../../src/kit/connector.ts';

/** Nothing of a test reaches another system, unless the test is about that. */
const askNobody: Ask = (url) => Promise.reject(new Error(`A test asked ${url}, and gave nobody who answers.`));

/** The channels of all connectors, whose systems keep silent. */
export const channelOf: Channels = createChannels({
  connectors: CONNECTORS,
  environment: {},
  publicAddress: null,
  ask: askNobody,
});

/** What a channel is made with. */
export function aChannelGiven(given: Partial<ChannelGiven> = {}): ChannelGiven {
  return { name: 'support', access: null, environment: {}, publicAddress: null, ask: askNobody, ...given };
}
