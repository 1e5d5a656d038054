import { asMarkup } from '../../src/kit/as-markup.ts';
import { notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import type { SlackApi } from './api.ts';
import { Posted } from './wire.ts';

/** Slack cuts a text at 40,000 characters; what stands for & and < counts whole. */
const LONGEST_TEXT = 39_000;

/**
 * Posts an answer in its thread, or as a message to one person. What it says is text: no mention, no preview. Where there
 * are blocks, they are shown, and the text where there is room for a line.
 */
export async function postTo(
  api: SlackApi | null,
  { to, thread, text }: Pick<OutgoingMessage, 'to' | 'thread' | 'text'>,
  blocks: readonly object[] = [],
): Promise<Delivery> {
  if (api === null) return notSentWithoutAccess('Slack');
  const params = {
    channel: to,
    text: cut(asMarkup(text)),
    link_names: 'false',
    unfurl_links: 'false',
    unfurl_media: 'false',
    ...(thread === null ? {} : { thread_ts: thread }),
    ...(blocks.length === 0 ? {} : { blocks: JSON.stringify(blocks) }),
  };
  const { channel, ts } = await api('chat.postMessage', { answer: Posted, params });
  // Where we wrote to somebody first, this is how their answer is known.
  const name = channel.startsWith('D') ? `slack:${channel}` : `slack:${channel}/${thread ?? ts}`;
  return { kind: 'sent', id: `${channel}/${ts}`, knownAs: [name] };
}

function cut(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT).replace(/&[a-z]{0,3}$/, '')} …`;
}
