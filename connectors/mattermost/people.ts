import type { InboundMessage } from '../../src/domain/message.ts';
import { storable } from '../../src/kit/storable-text.ts';
import type { Parsed } from '../../src/ports/channel.ts';
import type { MattermostApi } from './api.ts';
import type { MattermostFile, User } from './wire.ts';

/** Puts in what the server knows: who wrote, in which thread, and what the files are called. */
export async function completed(parsed: Parsed, api: MattermostApi | null): Promise<Parsed> {
  if (api === null || parsed.kind !== 'messages') return parsed;
  const messages = await Promise.all(parsed.messages.map((message) => withMore(message, api)));
  return { kind: 'messages', messages };
}

async function withMore(message: InboundMessage, api: MattermostApi): Promise<InboundMessage> {
  const userId = message.from.identities?.[0]?.value;
  const postId = message.conversation?.thread ?? null;
  const [user, post] = await Promise.all([
    userId === undefined ? null : api.user(userId),
    postId === null ? null : api.post(postId),
  ]);
  const named = user === null ? message : { ...message, from: { ...message.from, ...whoIs(user) } };
  if (post === null || named.conversation === undefined) return named;
  const root = storable(post.root_id || post.id);
  const files = post.metadata.files.map((file) => attachmentOf(file, api));
  const conversation = { ...named.conversation, thread: root, name: threadName(root) };
  return { ...named, conversation, attachments: files };
}

/** By what everything in one thread is known. */
export function threadName(root: string): string {
  return `mattermost:${root}`;
}

function whoIs({ first_name: first, last_name: last, nickname, username, email }: User) {
  const name = [first, last].filter(Boolean).join(' ') || nickname || username;
  const address = storable(email).trim().toLowerCase();
  return { name: storable(name), email: address === '' ? null : address };
}

function attachmentOf({ id, name, mime_type: type, size }: MattermostFile, api: MattermostApi) {
  const contentType = storable(type) || 'application/octet-stream';
  return { name: storable(name) || 'file', contentType, size, url: api.fileAddress(id) };
}
