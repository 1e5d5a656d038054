import type { Attachment, InboundMessage } from '../../src/domain/message.ts';
import { identity } from '../../src/domain/requester.ts';
import { chatMessage } from '../../src/kit/chat-message.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { linkFor } from '../../src/kit/link-for.ts';
import { readable } from '../../src/kit/readable.ts';
import { isTimely, verifySignature } from '../../src/kit/signature.ts';
import type { Answer, Channel, ChannelSecrets, Parsed, RawRequest, Verdict } from '../../src/ports/channel.ts';
import { createSlackApi } from './api.ts';
import { openForm } from './form.ts';
import { listenOnSocket } from './listen.ts';
import { FORM_ID, isDirect, type Payload, payloadOf } from './payload.ts';
import { createPeople, withNames } from './people.ts';
import { postTo } from './post.ts';
import { sample } from './sample.ts';
import type { SlackSettings } from './settings.ts';
import { plainText } from './text.ts';
import type { MessageShortcut, SlackFile, SlackMessage, ViewSubmission } from './wire.ts';

/** Slack's own advice: https://docs.slack.dev/authentication/verifying-requests-from-slack */
const LONGEST_AGE_SECONDS = 300;

/** Where files lie, behind the workspace's door. */
const FILE_HOSTS = /(^|\.)slack(-files)?\.com$/;

/** Makes the channel of a Slack workspace. */
export function createSlackChannel(settings: SlackSettings, given: ChannelGiven): Channel {
  const api = given.access === null ? null : createSlackApi(given, given.access);
  const people = createPeople(api);
  const read = (request: Pick<RawRequest, 'headers' | 'body'>) => payloadOf(request, settings);
  const greetPayload = (payload: Payload) => greet(payload, api);
  return {
    // Over a socket of our own nobody has to prove anything, and over the hook nobody can.
    ...(settings.appToken === null ? { needs: 'signing' } : {}),
    verify,
    deliveryId: (request) => deliveryId(request, settings),
    parse: (request) => readable(() => parse(read(request))),
    sample,
    greet: async (request) => (isReadable(request, settings) ? greetPayload(read(request)) : null),
    answer: (request) => (isReadable(request, settings) ? answerTo(read(request)) : null),
    complete: (parsed) => withNames(parsed, people),
    linkTo: async (url) =>
      linkFor(url, FILE_HOSTS, given.access === null ? {} : { authorization: `Bearer ${given.access}` }),
    send: (message) => postTo(api, message),
    ...(settings.appToken === null
      ? {}
      : { listen: listenOnSocket(settings.appToken, { ...given, read, greet: greetPayload, answer: answerTo }) }),
  };
}

function verify({ headers, body, receivedAt }: RawRequest, { signing }: ChannelSecrets): Verdict {
  const time = headers['x-slack-request-timestamp'] ?? '';
  if (!isTimely(Number(time) * 1000, receivedAt, LONGEST_AGE_SECONDS)) {
    return { authentic: false, reason: 'x-slack-request-timestamp is missing, or not of the last five minutes' };
  }
  const header = 'x-slack-signature';
  const shown = (headers[header] ?? '').replace(/^v0=/, '');
  return verifySignature({ header, shown: [shown], secrets: signing, content: [`v0:${time}:`, body], encoding: 'hex' });
}

function isReadable(request: RawRequest, settings: SlackSettings): boolean {
  try {
    return payloadOf(request, settings).kind !== 'unknown';
  } catch {
    return false;
  }
}

/** A message that mentions the app comes as two events, which have the channel and the time in common. */
function deliveryId(request: RawRequest, settings: SlackSettings): string | null {
  if (!isReadable(request, settings)) return null;
  const payload = payloadOf(request, settings);
  switch (payload.kind) {
    case 'message':
      return `${payload.said.channel}/${payload.said.ts}`;
    case 'of_message':
      return `shortcut ${payload.shortcut.channel.id}/${payload.shortcut.message.ts}`;
    case 'form':
      return payload.submission.view.id;
    case 'command':
      return payload.command.trigger_id || null;
    default:
      return null;
  }
}

function parse(payload: Payload): Parsed {
  switch (payload.kind) {
    case 'message':
      return { kind: 'messages', messages: [messageOf(payload)] };
    case 'of_message':
      return { kind: 'messages', messages: [messageOfShortcut(payload.shortcut)] };
    case 'form':
      return parseForm(payload.submission);
    case 'command': {
      const { user_id: id, user_name: name, text, trigger_id: externalId } = payload.command;
      return { kind: 'messages', messages: [privateMessage({ id, name, text: plainText(text), externalId })] };
    }
    default:
      return { kind: 'ignored', reason: 'Slack posted something that is no message.', messages: [] };
  }
}

function messageOf({ said, isAside, bots }: Extract<Payload, { kind: 'message' }>): InboundMessage {
  const called = new RegExp(`^\\s*<@(?:${bots.join('|')})(?:\\|[^>]*)?>[\\s,:]*`);
  const text = bots.length === 0 ? said.text : said.text.replace(called, '');
  const message = publicMessage({ user: said.user, text, ts: said.ts, files: said.files, place: placeOf(said) });
  return isAside ? { ...message, thread: { ...message.thread, mustBelong: true } } : message;
}

/** Whoever makes a ticket of somebody's message speaks for them, in the thread of that message. */
function messageOfShortcut({ channel: { id: channel }, message, user }: MessageShortcut): InboundMessage {
  const place = placeOf({ channel, channel_type: '', ts: message.ts, thread_ts: message.thread_ts });
  return publicMessage({ ...message, user: message.user || user.id, place });
}

function placeOf(said: Pick<SlackMessage, 'channel' | 'channel_type' | 'ts' | 'thread_ts'>) {
  const { channel, ts, thread_ts: root } = said;
  if (isDirect(said)) return { to: channel, thread: null, name: `slack:${channel}` };
  const thread = root || ts;
  return { to: channel, thread, name: `slack:${channel}/${thread}` };
}

function publicMessage(said: {
  user: string;
  text: string;
  ts: string;
  files: readonly SlackFile[];
  place: ReturnType<typeof placeOf>;
}): InboundMessage {
  const { user, ts, place } = said;
  const files = said.files.flatMap(fileOf);
  const text = plainText(said.text);
  return chatMessage({
    name: user,
    text: text.trim() === '' ? files.map(({ name }) => name).join(', ') || '(no text)' : text,
    externalId: `${place.to}/${ts}`,
    sentAt: Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(ts) * 1000)),
    identities: [identity('slack', user)].filter((each) => each !== null),
    files,
    conversation: place,
  });
}

/** What was written to the app alone, in a form or behind a command: it is answered in private. */
function privateMessage(said: {
  id: string;
  name: string;
  text: string;
  subject?: string;
  externalId: string;
}): InboundMessage {
  const { id, name, text, externalId, ...titled } = said;
  return chatMessage({
    ...titled,
    name: name || id,
    text: text.trim() === '' ? '(no text)' : text,
    externalId,
    sentAt: null,
    identities: [identity('slack', id)].filter((each) => each !== null),
    conversation: { to: id, thread: null, name: null },
  });
}

function parseForm({ user, view }: ViewSubmission): Parsed {
  if (view.callback_id !== FORM_ID) {
    return { kind: 'ignored', reason: `The form ${view.callback_id} is none of ours.`, messages: [] };
  }
  const written = (block: string) => Object.values(view.state.values[block] ?? {})[0]?.value ?? '';
  const [subject, text] = [written('subject'), written('message')];
  const said = { id: user.id, name: user.username || user.name, text: text || subject, externalId: view.id };
  return { kind: 'messages', messages: [privateMessage(subject === '' ? said : { ...said, subject })] };
}

function fileOf({ name, mimetype, size, ...links }: SlackFile): readonly Attachment[] {
  const url = links.url_private_download || links.url_private;
  if (!URL.canParse(url)) return [];
  return [{ name: name || 'file', contentType: mimetype || 'application/octet-stream', size, url }];
}

const NOTHING: Answer = { status: 200, headers: {}, body: '' };

/** What brings no request is answered at once, and never kept: what people say among themselves is none of our business. */
async function greet(payload: Payload, api: Parameters<typeof openForm>[0]): Promise<Answer | null> {
  switch (payload.kind) {
    case 'handshake':
      return { status: 200, headers: { 'content-type': 'text/plain' }, body: payload.challenge };
    case 'talk':
      return NOTHING;
    case 'shortcut':
      return openForm(api, payload.triggerId);
    case 'command':
      return payload.command.text.trim() === '' ? openForm(api, payload.command.trigger_id) : null;
    default:
      return null;
  }
}

/** Slack shows what a command is answered with, to who called it alone; a form closes at an empty answer. */
function answerTo({ kind }: Payload): Answer | null {
  if (kind === 'command') return inPrivate('Thank you, we have it. The answer comes as a message to you.');
  return kind === 'form' || kind === 'of_message' ? NOTHING : null;
}

function inPrivate(text: string): Answer {
  const body = JSON.stringify({ response_type: 'ephemeral', text });
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}
