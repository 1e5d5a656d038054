import type { RawRequest } from '../../src/ports/channel.ts';
import { isObject } from '../../src/kit/json-value.ts';
import { readBody } from '../../src/kit/read-body.ts';
import type { TelegramSettings } from './settings.ts';
import { MessageUpdate, type Said, type TelegramMessage } from './wire.ts';

/** What Telegram tells of, told apart. */
export type Payload =
  /** `said` is the message itself, or the one to which it points with a bare command; `text` what is meant for us. */
  | { kind: 'message'; message: TelegramMessage; said: Said; text: string; isAside: boolean }
  /** Somebody starts the bot, or gives a command without words. */
  | { kind: 'start'; message: TelegramMessage }
  /** It is no business of ours: a bot, an edit, somebody who joined, people who talk among themselves. */
  | { kind: 'talk' }
  | { kind: 'unknown' };

/** By what messages to the bot are known. */
export interface Bot extends Pick<TelegramSettings, 'username'> {
  /** Null where the config names no token, which begins with it. */
  id: string | null;
}

/**
 * Reads an update.
 *
 * @throws Problem `request.not-json`, `request.too-deep`
 */
export function payloadOf(request: Pick<RawRequest, 'headers' | 'body'>, bot: Bot): Payload {
  const { value } = readBody(request);
  const update = MessageUpdate.safeParse(value);
  if (update.success) return payloadOfMessage(update.data.message, bot);
  return isObject(value) && value['update_id'] !== undefined ? { kind: 'talk' } : { kind: 'unknown' };
}

/** What was written and attached, in words where it was neither; empty for news of the chat itself. */
function wordsOf({ text, caption, contact, location, sticker }: Said): string {
  const person = contact === null ? [] : [contact.first_name, contact.last_name, contact.phone_number];
  const place = location === null ? [] : [`https://maps.google.com/?q=${location.latitude},${location.longitude}`];
  return text || caption || [...person, ...place].filter(Boolean).join(' ') || sticker.emoji;
}

/** Whether it is one message, for the bot alone. */
export function isPrivate({ chat }: TelegramMessage): boolean {
  return chat.type === 'private';
}

function payloadOfMessage(message: TelegramMessage, bot: Bot): Payload {
  if (message.from.is_bot || !saysSomething(message)) return { kind: 'talk' };
  const written = wordsOf(message);
  const call = callIn(written, bot);
  if (!isPrivate(message) && call === null && !answers(message, bot)) {
    // The rest of an album, and what is said to an answer that somebody else got, may belong to a ticket.
    const mayBelong = message.media_group_id !== '' || message.reply_to_message !== null;
    return mayBelong ? { kind: 'message', message, said: message, text: written, isAside: true } : { kind: 'talk' };
  }
  const text = call?.text ?? written;
  if (call?.isStart === true) return { kind: 'start', message };
  if (text !== '' || hasFiles(message)) return { kind: 'message', message, said: message, text, isAside: false };
  const other = message.reply_to_message;
  if (other === null || other.from.is_bot || !saysSomething(other)) return { kind: 'start', message };
  return { kind: 'message', message, said: other, text: wordsOf(other), isAside: false };
}

/** A command, or the bot by its name: what is said to it; null where neither is there. */
function callIn(written: string, { username }: Bot): { text: string; isStart: boolean } | null {
  const [, command = '', to, rest = ''] = /^\s*\/(\w+)(?:@(\w+))?(?:\s+([\s\S]*))?$/.exec(written) ?? [];
  const isOurs = to === undefined || username === null || to.toLowerCase() === username.toLowerCase();
  // What stands behind /start is of the link that somebody followed.
  if (command !== '' && isOurs) return { text: rest.trim(), isStart: command === 'start' || command === 'help' };
  const mention = new RegExp(`@${username ?? ''}(?!\\w)`, 'i');
  if (username === null || !mention.test(written)) return null;
  const beginning = new RegExp(`^\\s*@${username}(?!\\w)[\\s,:]*`, 'i');
  return { text: written.replace(beginning, '').trim(), isStart: false };
}

function answers({ reply_to_message: other }: TelegramMessage, { id }: Bot): boolean {
  return other !== null && other.from.id === id;
}

function saysSomething(said: Said): boolean {
  return wordsOf(said) !== '' || hasFiles(said);
}

function hasFiles({ photo, document, video, audio, voice, video_note: round }: Said): boolean {
  return photo.length > 0 || [document, video, audio, voice, round].some((file) => file !== null);
}
