import type { RawRequest } from '../../src/ports/channel.ts';
import { isObject, parseJson } from '../../src/kit/json-value.ts';
import { readBody } from '../../src/kit/read-body.ts';
import type { SlackSettings } from './settings.ts';
import {
  EventCallback,
  GlobalShortcut,
  Handshake,
  MessageShortcut,
  SlashCommand,
  type SlackMessage,
  ViewSubmission,
} from './wire.ts';

/** What Slack posts, told apart. */
export type Payload =
  | { kind: 'handshake'; challenge: string }
  | { kind: 'message'; said: SlackMessage; isAside: boolean; bots: readonly string[] }
  | { kind: 'command'; command: SlashCommand }
  | { kind: 'shortcut'; triggerId: string }
  | { kind: 'of_message'; shortcut: MessageShortcut }
  | { kind: 'form'; submission: ViewSubmission }
  /** It is no business of ours: an app, an edit, a reaction, people who talk among themselves. */
  | { kind: 'talk' }
  | { kind: 'unknown' };

/** The form that we open, and hear of again. */
export const FORM_ID = 'tabledesk_request';

/** Messages of people; others tell of edits, of who joined, and the like. */
const WRITTEN = new Set(['', 'file_share', 'thread_broadcast']);

/**
 * Reads what Slack posted: JSON of events, a form of a command, a form with JSON of a shortcut; over a socket all of it
 * comes as JSON.
 *
 * @throws Problem `request.not-json`, `request.too-deep`
 */
export function payloadOf(request: Pick<RawRequest, 'headers' | 'body'>, settings: SlackSettings): Payload {
  const { value: posted } = readBody(request);
  const wrapped = isObject(posted) ? posted['payload'] : undefined;
  const value = typeof wrapped === 'string' ? parseJson(wrapped) : posted;
  const event = EventCallback.safeParse(value);
  if (event.success) return messageOf(event.data, settings);
  const command = SlashCommand.safeParse(value);
  if (command.success) return { kind: 'command', command: command.data };
  const shortcut = MessageShortcut.safeParse(value);
  if (shortcut.success) return { kind: 'of_message', shortcut: shortcut.data };
  const submission = ViewSubmission.safeParse(value);
  if (submission.success) return { kind: 'form', submission: submission.data };
  const global = GlobalShortcut.safeParse(value);
  if (global.success) return { kind: 'shortcut', triggerId: global.data.trigger_id };
  const handshake = Handshake.safeParse(value);
  if (handshake.success) return { kind: 'handshake', challenge: handshake.data.challenge };
  const isEvent = isObject(value) && value['type'] === 'event_callback';
  return isEvent ? { kind: 'talk' } : { kind: 'unknown' };
}

/** Whether it is for us: written to the app alone, mentions it, begins a thread in a room of ours, or answers in a thread. */
function messageOf({ event: said, authorizations, api_app_id: app }: EventCallback, { rooms }: SlackSettings): Payload {
  const bots = authorizations.flatMap(({ user_id: id, is_bot: isBot }) => (isBot && id !== '' ? [id] : []));
  const isOfApp = said.bot_id !== '' || bots.includes(said.user) || (app !== '' && said.app_id === app);
  if (isOfApp || said.user === '' || !WRITTEN.has(said.subtype)) return { kind: 'talk' };
  const isAddressed =
    isDirect(said) || said.type === 'app_mention' || bots.some((id) => said.text.includes(`<@${id}>`));
  if (isAddressed) return { kind: 'message', said, isAside: false, bots };
  if (said.thread_ts !== '' && said.thread_ts !== said.ts) return { kind: 'message', said, isAside: true, bots };
  return rooms.includes(said.channel) ? { kind: 'message', said, isAside: false, bots } : { kind: 'talk' };
}

/** Whether somebody wrote to the app alone. */
export function isDirect({ channel, channel_type: type }: Pick<SlackMessage, 'channel' | 'channel_type'>): boolean {
  return type === 'im' || channel.startsWith('D');
}
