import { MORNING } from './builders.ts';
import { CONNECTORS } from '../../connectors/index.ts';
import { inboundMessage } from '../../src/kit/inbound-message.ts';
import { type Channels, type ChannelsGiven, createChannels } from '../../src/kit/channels.ts';
import type { Ask, ChannelGiven, TicketBase } from '../../src/kit/connector.ts';
import type { Channel } from '../../src/ports/channel.ts';
import type { OutgoingMessage } from '../../src/ports/notifier.ts';

/** Nothing of a test reaches another system, unless the test is about that. */
const askNobody: Ask = (url) => Promise.reject(new Error(`A test asked ${url}, and gave nobody who answers.`));

/** No row is one of this base. */
const noBase: TicketBase = { holds: () => false, look: async () => undefined };

/** The channels of all connectors, whose systems keep silent. */
export const channelOf: Channels = channelsWith();

/** The same with something to go on. */
export function channelsWith(given: Partial<ChannelsGiven> = {}): Channels {
  const silent = { environment: {}, publicAddress: null, now: () => MORNING, ask: askNobody, base: noBase };
  return createChannels({ connectors: CONNECTORS, ...silent, ...given });
}

/** What a channel is made with. */
export function aChannelGiven(given: Partial<ChannelGiven> = {}): ChannelGiven {
  return {
    name: 'support',
    access: null,
    environment: {},
    publicAddress: null,
    now: () => MORNING,
    ask: askNobody,
    base: noBase,
    ...given,
  };
}

/** A channel that believes everybody, and reads nothing. */
export const TAKES_ANYTHING: Channel = {
  verify: () => ({ authentic: true }),
  deliveryId: () => null,
  parse: () => ({ kind: 'ignored', reason: 'It is nothing.', messages: [] }),
};

/** What is posted to a chat of the tests: who writes what, where. */
export interface ChatPost {
  user: string;
  text: string;
  room?: string;
  thread?: string;
  /** As the system of the chat knows it. */
  email?: string;
  /** Whether it only counts as part of a ticket. */
  aside?: boolean;
}

/** A chat whose threads are tickets; it keeps what is answered there. */
export function aChat(): { channel: Channel; posted: OutgoingMessage[] } {
  const posted: OutgoingMessage[] = [];
  const channel: Channel = {
    ...TAKES_ANYTHING,
    parse({ body }) {
      const {
        user,
        text,
        room = 'C1',
        thread = '1',
        email = null,
        aside = false,
      } = JSON.parse(Buffer.from(body).toString()) as ChatPost;
      const guess = { name: user, email, subject: text, text, rest: [] };
      const message = inboundMessage(guess, { externalId: null, sentAt: null, ticket: null, files: [] });
      const conversation = { to: room, thread, name: `chat:${room}/${thread}` };
      return {
        kind: 'messages',
        messages: [{ ...message, conversation, thread: { ...message.thread, ...(aside && { mustBelong: true }) } }],
      };
    },
    async send(message) {
      posted.push(message);
      return { kind: 'sent', id: `post-${posted.length}` };
    },
  };
  return { channel, posted };
}
