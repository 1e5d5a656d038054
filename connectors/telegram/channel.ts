import type { InboundMessage } from '../../src/domain/message.ts';
import { identity } from '../../src/domain/requester.ts';
import { chatMessage } from '../../src/kit/chat-message.ts';
import { noAccess, notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { isOneOf } from '../../src/kit/constant-time.ts';
import { inPieces } from '../../src/kit/in-pieces.ts';
import { momentOfSeconds } from '../../src/kit/moment.ts';
import { readable } from '../../src/kit/readable.ts';
import type {
  Answer,
  Channel,
  ChannelSecrets,
  FileLink,
  Parsed,
  PlainChannel,
  RawRequest,
  Verdict,
} from '../../src/ports/channel.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import { createTelegramApi, fileIdIn, LONGEST_TEXT, type TelegramApi } from './api.ts';
import { filesOf } from './files.ts';
import { listenByAsking } from './listen.ts';
import { isPrivate, type Payload, payloadOf } from './payload.ts';
import { sample } from './sample.ts';
import type { TelegramSettings } from './settings.ts';
import { Sent } from './wire.ts';

/** Makes the channel of a Telegram bot. */
export function createTelegramChannel(settings: TelegramSettings, given: ChannelGiven): PlainChannel {
  const { name, access } = given;
  const api = access === null ? null : createTelegramApi(given, access);
  // A token begins with the id of its bot.
  const bot = { username: settings.username, id: access?.split(':')[0] ?? null };
  const read = (request: Pick<RawRequest, 'headers' | 'body'>) => payloadOf(request, bot);
  const greetPayload = (payload: Payload) => greet(payload, settings);
  const pieces = inPieces(LONGEST_TEXT);
  return {
    // Whoever asks by themselves lets nobody in.
    ...(settings.poll ? {} : { needs: 'token' }),
    verify,
    deliveryId: (request) => deliveryId(request, read),
    parse: (request) => readable(() => parse(read(request), name)),
    sample,
    greet: async (request) => greetPayload(readOr(request, read)),
    linkTo: (url) => linkTo(url, api),
    send: (message) => send(message, { api, name, pieces }),
    ...(settings.poll ? { listen: listening(api, { read, greet: greetPayload }) } : {}),
  };
}

function verify({ headers }: RawRequest, { tokens }: ChannelSecrets): Verdict {
  const header = 'x-telegram-bot-api-secret-token';
  const shown = headers[header] ?? '';
  if (shown === '') return { authentic: false, reason: `there is no ${header}` };
  return isOneOf(shown, tokens)
    ? { authentic: true }
    : { authentic: false, reason: `${header} is not the token in force` };
}

type Read = (request: Pick<RawRequest, 'headers' | 'body'>) => Payload;

function readOr(request: RawRequest, read: Read): Payload {
  try {
    return read(request);
  } catch {
    return { kind: 'unknown' };
  }
}

function deliveryId(request: RawRequest, read: Read): string | null {
  const payload = readOr(request, read);
  return payload.kind === 'message' ? `${payload.message.chat.id}/${payload.message.message_id}` : null;
}

function parse(payload: Payload, channel: string): Parsed {
  if (payload.kind === 'message') return { kind: 'messages', messages: [messageOf(payload, channel)] };
  return { kind: 'ignored', reason: 'Telegram tells of something that is no message.', messages: [] };
}

type MessagePayload = Extract<Payload, { kind: 'message' }>;

function messageOf(payload: MessagePayload, channel: string): InboundMessage {
  const { message, said, text, isAside } = payload;
  const { from } = said;
  const files = filesOf(said);
  return chatMessage({
    name: [from.first_name, from.last_name].filter(Boolean).join(' ') || from.username || from.id,
    text: text || files.map((file) => file.name).join(', '),
    externalId: `${message.chat.id}/${said.message_id}`,
    sentAt: momentOfSeconds(said.date),
    identities: [identity('telegram', from.id)].filter((each) => each !== null),
    files,
    conversation: conversationOf(payload, channel),
    thread: { ...threadOf(payload, channel), ...(isAside ? { mustBelong: true } : {}) },
  });
}

/** To the bot alone people write in one conversation; in a group each request stands for itself, and what answers it. */
function conversationOf({ message, said }: MessagePayload, channel: string) {
  const { chat, message_thread_id: topic, is_topic_message: isInTopic } = message;
  const thread = isInTopic && topic !== null ? `${topic}/${said.message_id}` : said.message_id;
  return { to: chat.id, thread, name: isPrivate(message) ? nameOf(channel, chat.id) : null };
}

/** An album comes as one message for each picture. */
function threadOf({ message, said }: MessagePayload, channel: string): Partial<InboundMessage['thread']> {
  const { chat, message_id: id, media_group_id: album, reply_to_message: other } = message;
  const named = (...ids: readonly string[]) => ids.map((each) => nameOf(channel, chat.id, each));
  const albums = album === '' ? [] : named(`album ${album}`);
  const answered = other === null ? [] : named(other.message_id);
  return { belongsTo: [...answered, ...albums], knownAs: [...new Set(named(id, said.message_id)), ...albums] };
}

/** Two bots of ours may be in one chat, and everybody has one chat id with all bots. */
function nameOf(channel: string, chat: string, message?: string): string {
  return `telegram:${channel}:${chat}${message === undefined ? '' : `/${message}`}`;
}

/** What brings no request is answered at once and never kept. Telegram does what an answer says. */
function greet(payload: Payload, { greeting }: TelegramSettings): Answer | null {
  if (payload.kind === 'talk') return { status: 200, headers: {}, body: '' };
  if (payload.kind !== 'start') return null;
  const body = JSON.stringify({ method: 'sendMessage', chat_id: payload.message.chat.id, text: greeting });
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

function listening(
  api: TelegramApi | null,
  handling: Parameters<typeof listenByAsking>[1],
): NonNullable<Channel['listen']> {
  return api === null ? () => Promise.reject(noAccess('Telegram')) : listenByAsking(api, handling);
}

/** What is kept of a file is its id; where it lies is asked when it is fetched, as that address holds the token. */
async function linkTo(url: string, api: TelegramApi | null): Promise<FileLink> {
  const id = fileIdIn(url);
  if (id === null) return { url, headers: {} };
  if (api === null) throw noAccess('Telegram');
  return { url: await api.linkTo(id), headers: {} };
}

/** Answers in the chat, to the message that was written last. Nothing in the text is markup. */
async function send(
  message: OutgoingMessage,
  { api, name, pieces }: { api: TelegramApi | null; name: string; pieces: ReturnType<typeof inPieces> },
): Promise<Delivery> {
  if (api === null) return notSentWithoutAccess('Telegram');
  const [, topic, to] = /^(?:(\d+)\/)?(\d+)$/.exec(message.thread ?? '') ?? [];
  const ids = await pieces(message, async (text, at) => {
    const params = {
      chat_id: message.to,
      text,
      link_preview_options: { is_disabled: true },
      ...(topic === undefined ? {} : { message_thread_id: Number(topic) }),
      ...(to === undefined || at > 0
        ? {}
        : { reply_parameters: { message_id: Number(to), allow_sending_without_reply: true } }),
    };
    const sent = await api.call('sendMessage', { result: Sent, params });
    return `${sent.chat.id}/${sent.message_id}`;
  });
  return { kind: 'sent', id: ids[0] ?? '', knownAs: ids.map((id) => nameOf(name, id)) };
}
