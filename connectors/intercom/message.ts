import type { Attachment, InboundMessage } from '../../src/domain/message.ts';
import { identity } from '../../src/domain/requester.ts';
import { chatMessage } from '../../src/kit/chat-message.ts';
import { addressIn } from '../../src/kit/guess-message.ts';
import { withoutEntities } from '../../src/kit/mail/html-entities.ts';
import { htmlToText } from '../../src/kit/mail/html-text.ts';
import { momentOfSeconds } from '../../src/kit/moment.ts';
import { storable } from '../../src/kit/storable-text.ts';
import type { Author, Conversation, ConversationNotice, IntercomFile, Part } from './wire.ts';

/** Those who ask; all others answer. */
const ASKING = new Set(['user', 'lead', 'contact']);

/** Elements with which Intercom begins a text that is HTML. */
const HTML = /^\s*<(?:p|div|h[1-6]|ul|ol|pre|img|blockquote|table|a|b|i|br|span)\b/i;

/** Pictures within a text. No tag reaches into the next, so that no text takes longer than its length. */
const PICTURE = /<img\b[^<>]{0,4000}>/gi;
const SOURCE = /\bsrc="([^"]+)"/i;

/** By what everything in one conversation is known. */
export function conversationName(id: string): string {
  return `intercom:${id}`;
}

/** What somebody asked: the beginning of the conversation, or its latest part; null where a teammate or a bot wrote it. */
export function askedIn({ topic, data: { item } }: ConversationNotice): Part | null {
  const begins = topic === 'conversation.user.created';
  const part = begins ? (item.source ?? item.conversation_message) : latestPart(item);
  if (part === null || !ASKING.has(part.author.type)) return null;
  return { ...part, created_at: begins ? item.created_at : part.created_at };
}

function latestPart({ conversation_parts: { conversation_parts: parts } }: Conversation): Part | null {
  return parts.findLast((part) => part !== null && ASKING.has(part.author.type)) ?? null;
}

export function messageOf(part: Part, conversation: Conversation): InboundMessage {
  const { id } = conversation;
  const author = whoIs(part.author, conversation);
  const files = filesOf(part);
  const text = textOf(part.body);
  const subject = textOf(part.subject);
  return chatMessage({
    name: author.name || author.email || author.id,
    email: addressIn(author.email),
    text: text || files.map(({ name }) => name).join(', ') || '(no text)',
    ...(subject === '' ? {} : { subject }),
    externalId: `${id}/${part.id}`,
    sentAt: momentOfSeconds(part.created_at),
    identities: [identity('intercom', storable(author.id))].filter((each) => each !== null),
    files,
    conversation: { to: id, thread: null, name: conversationName(id) },
  });
}

function whoIs(author: Author, { user }: Conversation): Author {
  return user !== null && user.id === author.id
    ? { ...author, name: author.name || user.name, email: author.email || user.email }
    : author;
}

function textOf(body: string): string {
  return HTML.test(body) ? htmlToText(body) : body.trim();
}

/** What was attached, and pictures that stand within the text. */
function filesOf({ attachments, body }: Part): readonly Attachment[] {
  const pictures = [...body.matchAll(PICTURE)].map(([tag]) => withoutEntities(SOURCE.exec(tag)?.[1] ?? ''));
  const named = pictures.map((url) => ({ url, name: nameIn(url), content_type: '', filesize: 0 }));
  return [...attachments, ...named].flatMap(fileOf);
}

function fileOf({ url, name, content_type: type, filesize: size }: IntercomFile): readonly Attachment[] {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return [];
  const contentType = storable(type) || 'application/octet-stream';
  return [{ name: storable(name) || 'file', contentType, size, url: storable(url) }];
}

function nameIn(url: string): string {
  return URL.parse(url)?.pathname.split('/').findLast(Boolean) ?? '';
}
