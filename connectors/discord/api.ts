import { createHash } from 'node:crypto';
import { Problem } from '../../src/domain/problem.ts';
import { answeredJson, type AnswerSchema, chatProblem, notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import type { Ask, ChannelGiven } from '../../src/kit/connector.ts';
import { inPieces } from '../../src/kit/in-pieces.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import { ApiRefusal, DirectChannel, Named, Posted } from './wire.ts';

const ADDRESS = 'https://discord.com/api/v10';

/** Discord turns away whoever does not say that it is a bot: https://docs.discord.com/developers/reference#user-agent */
const USER_AGENT = 'DiscordBot (Tabledesk, 1)';

/** https://docs.discord.com/developers/resources/message#create-message */
export const LONGEST_TEXT = 2000;
const LONGEST_NONCE = 25;

/** No card for links. */
const SUPPRESS_EMBEDS = 4;

/** How a person is written where a channel could stand. */
const PERSON = '@';

/** What problems call an address that posts into one channel. */
const WEBHOOK = 'the webhook';

type ApiGiven = Pick<ChannelGiven, 'ask' | 'environment'>;

type Post = <Result>(path: string, given: { result: AnswerSchema<Result>; params: object }) => Promise<Result>;

/** Where an answer goes that is for one person. */
export function toPerson(id: string): string {
  return `${PERSON}${id}`;
}

/**
 * Answers in a channel, as a reply to one message, or in a direct message to a person. What it says mentions nobody.
 * Throws the problems of `chatProblem` and of `guardedFetch`.
 */
export function createSend(given: ChannelGiven): (message: OutgoingMessage) => Promise<Delivery> {
  const post = given.access === null ? null : postWith(given, given.access);
  const pieces = inPieces(LONGEST_TEXT);
  return async (message) => {
    if (post === null) return notSentWithoutAccess('Discord');
    const channel = await channelOf(message.to, post);
    const ids = await pieces(message, async (content, at) => {
      const { id } = await post(`/channels/${channel}/messages`, {
        result: Posted,
        params: { ...paramsOf(message, content, at) },
      });
      return id;
    });
    // In direct messages whatever comes back belongs together.
    const isDirect = message.to.startsWith(PERSON);
    const names = isDirect ? [`discord:${channel}`] : ids.map((id) => `discord:${channel}/${id}`);
    return { kind: 'sent', id: `${channel}/${ids[0]}`, knownAs: names };
  };
}

/** A way into one channel for whoever knows the address of its webhook, or for a bot that may write there. */
export interface Room {
  /** Posts Markdown, which calls none but the people of these ids, and gives the id of the message. */
  post(content: string, given: { key: string; at: number; users: readonly string[] }): Promise<string>;
  /** Whether it is there still. */
  look(): Promise<void>;
}

/** https://docs.discord.com/developers/resources/webhook#execute-webhook. Throws `discord.webhook-gone` too. */
export function webhookRoom({ ask }: ApiGiven, address: string): Room {
  // An address that was answered 404 is not to be called again, or Discord shuts us out.
  const state: { gone: Problem | null } = { gone: null };
  async function call<Result>(url: string, given: { result: AnswerSchema<Result>; params?: object }): Promise<Result> {
    if (state.gone !== null) throw state.gone;
    try {
      return await asking(ask, url, { ...given, call: WEBHOOK });
    } catch (error) {
      if (error instanceof Problem && error.code === 'discord.webhook-gone') state.gone = error;
      throw error;
    }
  }
  return {
    async post(content, { users }) {
      const params = { content, flags: SUPPRESS_EMBEDS, allowed_mentions: { parse: [], users } };
      return (await call(`${address}?wait=true`, { result: Posted, params })).id;
    },
    look: async () => void (await call(address, { result: Named })),
  };
}

/** The same for a bot that is let into the channel. */
export function botRoom(given: ApiGiven, { token, channel }: { token: string; channel: string }): Room {
  const post = postWith(given, token);
  return {
    async post(content, { key, at, users }) {
      const params = { ...paramsOf({ key, thread: null }, content, at), allowed_mentions: { parse: [], users } };
      return (await post(`/channels/${channel}/messages`, { result: Posted, params })).id;
    },
    async look() {
      const url = `${given.environment['DISCORD_API_URL'] ?? ADDRESS}/users/@me`;
      const headers = { authorization: `Bot ${token}` };
      await asking(given.ask, url, { result: Named, call: 'the bot', headers });
    },
  };
}

/** The same piece again within some minutes is the same message for Discord. */
function paramsOf({ key, thread }: Pick<OutgoingMessage, 'key' | 'thread'>, content: string, at: number): object {
  const nonce = createHash('sha256').update(`${key} ${at}`).digest('hex').slice(0, LONGEST_NONCE);
  const isReply = thread !== null && at === 0;
  return {
    content,
    nonce,
    enforce_nonce: true,
    flags: SUPPRESS_EMBEDS,
    allowed_mentions: { parse: [] },
    ...(isReply ? { message_reference: { message_id: thread, fail_if_not_exists: false } } : {}),
  };
}

async function channelOf(to: string, post: Post): Promise<string> {
  if (!to.startsWith(PERSON)) return to;
  const params = { recipient_id: to.slice(PERSON.length) };
  return (await post('/users/@me/channels', { result: DirectChannel, params })).id;
}

function postWith({ ask, environment }: ApiGiven, token: string): Post {
  const base = environment['DISCORD_API_URL'] ?? ADDRESS;
  return (path, { result, params }) => {
    const call = path.endsWith('/messages') ? 'the message' : 'a direct message';
    return asking(ask, `${base}${path}`, { result, params, call, headers: { authorization: `Bot ${token}` } });
  };
}

/** One call, and what it brings. Throws the problems of `chatProblem` and of `guardedFetch`. */
async function asking<Result>(
  ask: Ask,
  url: string,
  given: { result: AnswerSchema<Result>; call: string; params?: object; headers?: Readonly<Record<string, string>> },
): Promise<Result> {
  const { result, call, params, headers = {} } = given;
  const { status, body } = await ask(url, {
    headers: { ...headers, 'content-type': 'application/json', 'user-agent': USER_AGENT },
    ...(params === undefined ? {} : { method: 'POST', body: Buffer.from(JSON.stringify(params)) }),
  });
  const said = answeredJson(body);
  const read = result.safeParse(said);
  if (status === 200 && read.success) return read.data;
  const { message: reason, retry_after: waitSeconds } = ApiRefusal.catch({
    message: '',
    retry_after: Number.NaN,
  }).parse(said);
  if (status === 404 && call === WEBHOOK) throw gone();
  throw chatProblem({ system: 'Discord', call, status, reason, waitSeconds });
}

function gone(): Problem {
  return new Problem({
    code: 'discord.webhook-gone',
    message: 'Discord knows the webhook no more: somebody deleted it.',
    fix: 'Make a new webhook in the channel, put its address into the environment, and start again.',
  });
}
