import type { Attachment, InboundMessage } from '../../src/domain/message.ts';
import { identity } from '../../src/domain/requester.ts';
import { notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import { chatMessage } from '../../src/kit/chat-message.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { isOneOf } from '../../src/kit/constant-time.ts';
import { inPieces } from '../../src/kit/in-pieces.ts';
import { momentOfSeconds } from '../../src/kit/moment.ts';
import { emptyRequest, readable } from '../../src/kit/readable.ts';
import { thanksFor } from '../../src/kit/thanks.ts';
import type { Answer, ChannelSecrets, Parsed, PlainChannel, RawRequest, Receipt } from '../../src/ports/channel.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import { createMattermostApi, type MattermostApi } from './api.ts';
import { type Payload, payloadOf, wordsOf } from './payload.ts';
import { completed, threadName } from './people.ts';
import { sample } from './sample.ts';
import type { MattermostSettings } from './settings.ts';
import type { OutgoingHook, SlashCommand } from './wire.ts';

/** Servers wait 30 seconds as a rule, and people who call a command see nothing meanwhile. */
const PATIENCE_SECONDS = 3;

/** https://docs.mattermost.com/product-overview/faq-technical.html: 16,383, of signs that may be pairs for us. */
const LONGEST_TEXT = 16_000;

/** What a channel needs to answer later. */
const HOW_TO_ANSWER =
  'Name the server under settings and the token of a bot under access of the channel, and send this message again.';

/** How a person is written where a channel could stand. */
const PERSON = '@';

/** Words that would call everybody in the channel. */
const CALLS_ALL = /@(?=(?:all|channel|here)\b)/gi;

/** Makes the channel of webhooks and commands of a Mattermost server. */
export function createMattermostChannel(settings: MattermostSettings, given: ChannelGiven): PlainChannel {
  const api = createMattermostApi(settings, given);
  return {
    needs: 'token',
    verify,
    deliveryId,
    parse: (request) => readable(() => parse(payloadOf(request), api)),
    greet: (request) => greet(payloadOf(request), api),
    answer: (request, receipt) => answerTo(payloadOf(request), { receipt, api }),
    waitsSeconds: PATIENCE_SECONDS,
    sample,
    complete: (parsed) => completed(parsed, api),
    linkTo: async (url) => {
      const isTheirs = api !== null && url.startsWith(api.fileAddress(''));
      return isTheirs
        ? { url, headers: { authorization: `Bearer ${given.access}` }, internal: settings.internal }
        : { url, headers: {} };
    },
    send: createSend(api),
  };
}

/** The token stands in the body. Each webhook and each command has one of its own. */
function verify(request: RawRequest, { tokens }: ChannelSecrets) {
  const payload = payloadOf(request);
  const shown = payload.kind === 'post' ? payload.post.token : payload.kind === 'command' ? payload.command.token : '';
  if (shown === '') return { authentic: false, reason: 'there is no token in the body' } as const;
  return isOneOf(shown, tokens)
    ? ({ authentic: true } as const)
    : ({ authentic: false, reason: 'the token in the body is not one of those in force' } as const);
}

function deliveryId(request: RawRequest): string | null {
  const payload = payloadOf(request);
  if (payload.kind === 'post') return payload.post.post_id;
  return payload.kind === 'command' ? payload.command.trigger_id || null : null;
}

function parse(payload: Payload, api: MattermostApi | null): Parsed {
  if (payload.kind === 'unknown') return { kind: 'unreadable', problem: emptyRequest() };
  const message = payload.kind === 'post' ? messageOfPost(payload.post, api) : messageOfCommand(payload.command);
  return { kind: 'messages', messages: [message] };
}

function messageOfPost(post: OutgoingHook, api: MattermostApi | null): InboundMessage {
  const { user_id: userId, post_id: id, timestamp } = post;
  const files = filesOf(post, api);
  return chatMessage({
    name: post.user_name || userId,
    text: wordsOf(post) || (files.length > 0 ? 'A file.' : '(no text)'),
    externalId: id,
    // The year 5000 in seconds, and some minutes of 1970 in milliseconds.
    sentAt: momentOfSeconds(timestamp > 1e11 ? timestamp / 1000 : timestamp),
    identities: [identity('mattermost', userId)].filter((each) => each !== null),
    files,
    conversation: { to: post.channel_id, thread: id, name: threadName(id) },
  });
}

/** Nobody else sees a command, so it is answered in a direct message. */
function messageOfCommand({ user_id: userId, user_name: name, text, trigger_id: id }: SlashCommand): InboundMessage {
  return chatMessage({
    name: name || userId,
    text: text.trim() === '' ? '(no text)' : text,
    externalId: id || null,
    sentAt: null,
    identities: [identity('mattermost', userId)].filter((each) => each !== null),
    conversation: { to: `${PERSON}${userId}`, thread: null, name: null },
  });
}

/** What the files are called is asked later. */
function filesOf({ file_ids: ids }: OutgoingHook, api: MattermostApi | null): readonly Attachment[] {
  if (api === null) return [];
  const known = ids.split(',').filter((id) => /^[a-z0-9]{26}$/.test(id));
  return known.map((id) => ({
    name: 'file',
    contentType: 'application/octet-stream',
    size: 0,
    url: api.fileAddress(id),
  }));
}

/** What bots post, ours among them, is no request, and never kept; a command alone is told how it is used. */
async function greet(payload: Payload, api: MattermostApi | null): Promise<Answer | null> {
  if (payload.kind === 'command' && payload.command.text.trim() === '') {
    const text = `Write what you need behind the command: ${payload.command.command} my screen is dark`;
    return json({ response_type: 'ephemeral', text });
  }
  return payload.kind === 'post' && (await isOfBot(payload.post, api)) ? json({}) : null;
}

async function isOfBot({ user_id: id }: OutgoingHook, api: MattermostApi | null): Promise<boolean> {
  try {
    return api !== null && (await api.user(id)).is_bot;
  } catch {
    return false;
  }
}

/** A command is answered at once, to who called it alone; below a post we say something where no letter of ours will. */
function answerTo({ kind }: Payload, { receipt, api }: { receipt: Receipt; api: MattermostApi | null }): Answer {
  const text = thanksFor(receipt);
  if (kind === 'command') return json({ response_type: 'ephemeral', text });
  return json(api === null ? { response_type: 'comment', text } : {});
}

function json(said: object): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(said) };
}

/** Answers in the thread, or in a direct message. Nobody is called by it who is not named. */
function createSend(api: MattermostApi | null): (message: OutgoingMessage) => Promise<Delivery> {
  const pieces = inPieces(LONGEST_TEXT);
  return async (message) => {
    if (api === null) return { ...notSentWithoutAccess('Mattermost'), fix: HOW_TO_ANSWER };
    const { to, key, thread } = message;
    const channel = to.startsWith(PERSON) ? await api.directChannel(to.slice(PERSON.length)) : to;
    // A post within a thread begins none.
    const root = thread === null ? null : (await api.post(thread)).root_id || thread;
    const ids = await pieces(message, (text, at) =>
      api.say({ channel, root, text: text.replaceAll(CALLS_ALL, '@\u200b'), key: `${key} ${at}` }),
    );
    return { kind: 'sent', id: ids[0] ?? '', knownAs: root === null ? [] : [threadName(root)] };
  };
}
