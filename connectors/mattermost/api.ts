import { createHash } from 'node:crypto';
import { askedOnce } from '../../src/kit/asked-once.ts';
import { answeredJson, type AnswerSchema, chatProblem } from '../../src/kit/chat-api.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import type { MattermostSettings } from './settings.ts';
import { ApiRefusal, Made, Post, User } from './wire.ts';

/** What we ask a server of Mattermost. All of it throws the problems of `chatProblem` and of `guardedFetch`. */
export interface MattermostApi {
  /** Who is behind an id, asked once; `me` is our bot. */
  user(id: string): Promise<User>;
  post(id: string): Promise<Post>;
  /** The channel of direct messages between our bot and somebody. */
  directChannel(userId: string): Promise<string>;
  /** Posts a text and gives the id of the post. The same `key` again within half a minute is the same post. */
  say(said: { channel: string; root: string | null; text: string; key: string }): Promise<string>;
  /** Where the bytes of a file lie; for whoever shows the token. */
  fileAddress(id: string): string;
}

/** The API with the token of a bot; null where the config names no server or no token. */
export function createMattermostApi(
  { server, internal }: MattermostSettings,
  { ask, access }: ChannelGiven,
): MattermostApi | null {
  if (server === null || access === null) return null;
  const base = `${server}/api/v4`;

  async function call<Result>(path: string, result: AnswerSchema<Result>, params?: object): Promise<Result> {
    const { status, headers, body } = await ask(`${base}${path}`, {
      headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
      ...(params === undefined ? {} : { method: 'POST', body: Buffer.from(JSON.stringify(params)) }),
      internal,
    });
    const said = answeredJson(body);
    const read = result.safeParse(said);
    if (status < 300 && read.success) return read.data;
    const { message: reason } = ApiRefusal.catch({ message: '' }).parse(said);
    const waitSeconds = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
    throw chatProblem({ system: 'Mattermost', call: path.split('/')[1] ?? '', status, reason, waitSeconds });
  }

  const user = askedOnce((id) => call(`/users/${id}`, User));
  return {
    user,
    post: (id) => call(`/posts/${id}`, Post),
    async directChannel(userId) {
      const { id: me } = await user('me');
      return (await call('/channels/direct', Made, [me, userId])).id;
    },
    async say({ channel, root, text, key }) {
      const thread = root === null ? {} : { root_id: root };
      const pending = createHash('sha256').update(key).digest('hex').slice(0, 26);
      return (await call('/posts', Made, { channel_id: channel, message: text, pending_post_id: pending, ...thread }))
        .id;
    },
    fileAddress: (id) => `${base}/files/${id}`,
  };
}
