import { createHash } from 'node:crypto';
import { answeredJson, type AnswerSchema, chatProblem, notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { inPieces } from '../../src/kit/in-pieces.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import { ApiRefusal, DirectChannel, Posted } from './wire.ts';

const ADDRESS = 'https://discord.com/api/v10';

/** Discord turns away whoever does not say that it is a bot: https://docs.discord.com/developers/reference#user-agent */
const USER_AGENT = 'DiscordBot (Tabledesk, 1)';

/** https://docs.discord.com/developers/resources/message#create-message */
const LONGEST_TEXT = 2000;
const LONGEST_NONCE = 25;

/** No card for links. */
const SUPPRESS_EMBEDS = 4;

/** How a person is written where a channel could stand. */
const PERSON = '@';

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

/** The same piece again within some minutes is the same message for Discord. */
function paramsOf({ key, thread }: OutgoingMessage, content: string, at: number): object {
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

function postWith({ ask, environment }: ChannelGiven, token: string): Post {
  const base = environment['DISCORD_API_URL'] ?? ADDRESS;
  return async (path, { result, params }) => {
    const { status, body } = await ask(`${base}${path}`, {
      method: 'POST',
      headers: { authorization: `Bot ${token}`, 'content-type': 'application/json', 'user-agent': USER_AGENT },
      body: Buffer.from(JSON.stringify(params)),
    });
    const said = answeredJson(body);
    const read = result.safeParse(said);
    if (status === 200 && read.success) return read.data;
    const { message: reason, retry_after: waitSeconds } = ApiRefusal.catch({
      message: '',
      retry_after: Number.NaN,
    }).parse(said);
    const call = path.endsWith('/messages') ? 'the message' : 'a direct message';
    throw chatProblem({ system: 'Discord', call, status, reason, waitSeconds });
  };
}
