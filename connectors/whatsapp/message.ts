import type { Attachment, InboundMessage } from '../../src/domain/message.ts';
import { identity } from '../../src/domain/requester.ts';
import { chatMessage } from '../../src/kit/chat-message.ts';
import { momentOfSeconds } from '../../src/kit/moment.ts';
import { storable } from '../../src/kit/storable-text.ts';
import { fileAddress } from './api.ts';
import type { Contact, Media, Value, WhatsAppMessage } from './wire.ts';

/** By what an answer to one message points at it. */
export function messageName(id: string): string {
  return `whatsapp:${storable(id)}`;
}

/** The messages of a notice in which somebody says something; reactions and news of the number are none. */
export function messagesOf({ metadata, contacts, messages }: Value): readonly InboundMessage[] {
  return messages.flatMap((message) => {
    if (message === null || (message.from === '' && message.from_user_id === '')) return [];
    const files = filesOf(message);
    const text = wordsOf(message) || files.map(({ name }) => name).join(', ');
    if (text.trim() === '') return [];
    const number = metadata.phone_number_id;
    return [messageOf(message, { text, files, number, contact: contactOf(message, contacts) })];
  });
}

function messageOf(
  message: WhatsAppMessage,
  said: { text: string; files: readonly Attachment[]; number: string; contact: Contact | null },
): InboundMessage {
  const { from: phone, from_user_id: userId, id, context } = message;
  const { text, files, number, contact } = said;
  const ids = [userId, phone].filter((each) => each !== '');
  const places = ids.map((each) => storable(`whatsapp:${number}:${each}`));
  const identities = [identity('whatsapp', userId), phone === '' ? null : identity('phone', `+${phone}`)];
  return chatMessage({
    name: contact?.profile.name || contact?.profile.username || (phone === '' ? userId : `+${phone}`),
    text,
    externalId: id,
    sentAt: momentOfSeconds(message.timestamp),
    identities: identities.filter((each) => each !== null),
    files,
    // Whoever keeps the number to themselves later is still known by the id.
    conversation: { to: phone || userId, thread: number, name: places[0] ?? null },
    thread: {
      belongsTo: [...(context.id === '' ? [] : [messageName(context.id)]), ...places],
      knownAs: [messageName(id), ...places],
    },
  });
}

function contactOf({ from, from_user_id: id }: WhatsAppMessage, contacts: readonly Contact[]): Contact | null {
  const isTheirs = (each: Contact) => (id !== '' && each.user_id === id) || (from !== '' && each.wa_id === from);
  return contacts.find(isTheirs) ?? null;
}

function wordsOf({ text, button, interactive, location, contacts, ...media }: WhatsAppMessage): string {
  const { button_reply: pressed, list_reply: chosen } = interactive;
  const captions = [media.image, media.video, media.document].map((each) => each?.caption ?? '');
  const written = [text.body, button.text, pressed.title, chosen.title, ...captions].find((each) => each !== '');
  if (written !== undefined) return written;
  const people = contacts.map(({ name, phones }) =>
    [name.formatted_name, ...phones.map(({ phone }) => phone)].join(' '),
  );
  const place = location === null ? [] : [location.name, location.address, mapOf(location)].filter(Boolean);
  return [...people, ...place].join('\n');
}

function mapOf({ latitude, longitude }: { latitude: number; longitude: number }): string {
  return `https://maps.google.com/?q=${latitude},${longitude}`;
}

function filesOf({ image, video, audio, document, sticker }: WhatsAppMessage): readonly Attachment[] {
  const named = [
    [image, 'photo.jpg'],
    [video, 'video.mp4'],
    [audio, 'voice.ogg'],
    [document, 'document'],
    [sticker, 'sticker.webp'],
  ] as const;
  return named.flatMap(([file, name]) => (file === null ? [] : [attachment(file, name)]));
}

/** Meta says the size when the file is fetched. */
function attachment({ id, mime_type: type, filename }: NonNullable<Media>, usual: string): Attachment {
  return {
    name: storable(filename || usual),
    contentType: storable(type.split(';')[0]?.trim() || 'application/octet-stream'),
    size: 0,
    url: fileAddress(id.toWellFormed()),
  };
}
