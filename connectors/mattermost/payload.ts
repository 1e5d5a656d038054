import type { RawRequest } from '../../src/ports/channel.ts';
import { bodyIn } from '../../src/kit/sent-id.ts';
import { OutgoingHook, SlashCommand } from './wire.ts';

/** What Mattermost posts, told apart. */
export type Payload =
  | { kind: 'post'; post: OutgoingHook }
  | { kind: 'command'; command: SlashCommand }
  | { kind: 'unknown' };

/** Reads a request of either kind, as JSON or as a form. Never throws. */
export function payloadOf(request: Pick<RawRequest, 'headers' | 'body'>): Payload {
  const body = bodyIn(request);
  const command = SlashCommand.safeParse(body);
  if (command.success) return { kind: 'command', command: command.data };
  const post = OutgoingHook.safeParse(body);
  return post.success ? { kind: 'post', post: post.data } : { kind: 'unknown' };
}

/** What was written, without the word that calls us. */
export function wordsOf({ text, trigger_word: word }: OutgoingHook): string {
  const written = text.trim();
  const isCalled = word !== '' && written.toLowerCase().startsWith(word.toLowerCase());
  return isCalled ? written.slice(word.length).replace(/^[\s,:]+/, '') : written;
}
