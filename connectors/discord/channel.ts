import type { Attachment, InboundMessage } from '../../src/domain/message.ts';
import { identity } from '../../src/domain/requester.ts';
import { chatMessage } from '../../src/kit/chat-message.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { momentOfSeconds } from '../../src/kit/moment.ts';
import { readable } from '../../src/kit/readable.ts';
import { storable } from '../../src/kit/storable-text.ts';
import type { Answer, Parsed, PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { createSend, toPerson } from './api.ts';
import { openForm, pong, thanks } from './form.ts';
import { type Caller, optionsOf, type Payload, payloadOf } from './payload.ts';
import type { DiscordSettings } from './settings.ts';
import { nameOf, plainText } from './text.ts';
import { verify } from './verify.ts';
import type { DiscordFile, Interaction } from './wire.ts';

/** Discord counts from 2015: https://docs.discord.com/developers/reference#snowflakes */
const EPOCH_MILLISECONDS = 1_420_070_400_000;
const BITS_BESIDE_TIME = 22n;

/** Threads of announcements, public and private ones: https://docs.discord.com/developers/resources/channel#channel-object-channel-types */
const THREADS = new Set([10, 11, 12]);

/** `context` of an interaction in the direct messages with our bot, and in those of people with each other. */
const WITH_BOT = 1;
const AMONG_OTHERS = 2;

type Conversation = NonNullable<InboundMessage['conversation']>;

/** Makes the channel of a Discord app. */
export function createDiscordChannel(_settings: DiscordSettings, given: ChannelGiven): PlainChannel {
  return {
    needs: 'signing',
    verify,
    deliveryId,
    parse: (request) => readable(() => parse(payloadOf(request))),
    greet: async (request) => greet(readOr(request)),
    answer: (request) => (isMessage(readOr(request)) ? thanks() : null),
    send: createSend(given),
  };
}

function readOr(request: RawRequest): Payload {
  try {
    return payloadOf(request);
  } catch {
    return { kind: 'unknown' };
  }
}

/** A message of which a ticket is made twice is one delivery. */
function deliveryId(request: RawRequest): string | null {
  const payload = readOr(request);
  switch (payload.kind) {
    case 'command':
      return payload.command.id;
    case 'of_message':
      return `message ${payload.message.id}`;
    case 'form':
      return payload.submit.id;
    default:
      return null;
  }
}

/** What brings no request is answered at once: Discord asks whether we are there, and a command alone wants the form. */
function greet(payload: Payload): Answer | null {
  if (payload.kind === 'ping') return pong();
  if (payload.kind !== 'command') return null;
  const { text, files } = optionsOf(payload.command);
  return text === '' && files.length === 0 ? openForm() : null;
}

function isMessage({ kind }: Payload): boolean {
  return kind === 'command' || kind === 'form' || kind === 'of_message';
}

function parse(payload: Payload): Parsed {
  switch (payload.kind) {
    case 'command':
      return { kind: 'messages', messages: [messageOfCommand(payload)] };
    case 'form':
      return { kind: 'messages', messages: [messageOfForm(payload)] };
    case 'of_message':
      return { kind: 'messages', messages: [messageOfMessage(payload)] };
    default:
      return { kind: 'ignored', reason: 'Discord posted something that is no request.', messages: [] };
  }
}

function messageOfCommand({ command, caller }: Extract<Payload, { kind: 'command' }>): InboundMessage {
  const { text, files } = optionsOf(command);
  const attached = files.flatMap((id) => command.data.resolved.attachments[id] ?? []);
  return messageOf({ id: command.id, who: caller, text, files: attached, conversation: inPrivate(command, caller) });
}

function messageOfForm({ submit, caller }: Extract<Payload, { kind: 'form' }>): InboundMessage {
  const { components, resolved } = submit.data;
  const written = (field: string) => components.find(({ custom_id: id }) => id === field)?.value ?? '';
  const ids = components.flatMap(({ values }) => values);
  const [subject, text] = [written('subject'), written('message')];
  return messageOf({
    id: submit.id,
    who: caller,
    text: text || subject,
    ...(subject.trim() === '' ? {} : { subject }),
    files: ids.flatMap((id) => resolved.attachments[id] ?? []),
    conversation: inPrivate(submit, caller),
  });
}

/** Whoever makes a ticket of somebody's message speaks for them, and the answer stands below it, for all to see. */
function messageOfMessage({ command, message, caller }: Extract<Payload, { kind: 'of_message' }>): InboundMessage {
  const { id, author, attachments: files } = message;
  const who = author.bot ? caller : { id: author.id, name: nameOf(author) };
  const said = { id, who, text: plainText(message), files };
  // In direct messages of others our bot may not speak.
  if (command.context === AMONG_OTHERS) return messageOf({ ...said, conversation: inPrivate(command, who) });
  const { channel_id: channel } = command;
  const named = (each: string) => `discord:${channel}/${each}`;
  const isOneTalk = isDirect(command) || THREADS.has(command.channel.type);
  const read = messageOf({
    ...said,
    conversation: { to: channel, thread: id, name: isOneTalk ? `discord:${channel}` : named(id) },
  });
  const { message_id: answered } = message.message_reference;
  return answered === '' ? read : { ...read, thread: { ...read.thread, belongsTo: [storable(named(answered))] } };
}

/** What nobody else sees is answered in a direct message, and what is said there later belongs to it. */
function inPrivate(interaction: Interaction, who: Caller): Conversation {
  const { channel_id: channel } = interaction;
  if (isDirect(interaction)) return { to: channel, thread: null, name: `discord:${channel}` };
  return { to: toPerson(who.id), thread: null, name: null };
}

function isDirect({ context, guild_id: server, user }: Interaction): boolean {
  return context === null ? server === '' && user !== null : context === WITH_BOT;
}

function messageOf(said: {
  id: string;
  who: Caller;
  text: string;
  subject?: string;
  files: readonly DiscordFile[];
  conversation: Conversation;
}): InboundMessage {
  const { id, who, text, files, conversation, ...titled } = said;
  return chatMessage({
    ...titled,
    name: who.name,
    text: text.trim() === '' ? files.map(({ filename }) => filename).join(', ') || '(no text)' : text,
    externalId: id,
    sentAt: momentOfSeconds((Number(BigInt(id) >> BITS_BESIDE_TIME) + EPOCH_MILLISECONDS) / 1000),
    identities: [identity('discord', who.id)].filter((each) => each !== null),
    files: files.map(fileOf),
    conversation,
  });
}

/** Discord's links to files die after a day. */
function fileOf({ filename, content_type: type, size, url }: DiscordFile): Attachment {
  const contentType = storable(type.split(';')[0] ?? '') || 'application/octet-stream';
  return { name: storable(filename) || 'file', contentType, size, url: storable(url) };
}
