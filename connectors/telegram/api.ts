import { Problem } from '../../src/domain/problem.ts';
import { answeredJson, type AnswerSchema, chatProblem } from '../../src/kit/chat-api.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { ApiAnswer, FilePath } from './wire.ts';

const ADDRESS = 'https://api.telegram.org';

/** https://core.telegram.org/bots/api#sendmessage */
export const LONGEST_TEXT = 4096;

/** Under which a file stands in our database: the method that tells of it, without the token that it takes. */
const FILE_ADDRESS = `${ADDRESS}/getFile`;

/** Calls a method of the Bot API and reads its result. */
export interface TelegramApi {
  call<Result>(
    method: string,
    given: { result: AnswerSchema<Result>; params: object; timeoutSeconds?: number },
  ): Promise<Result>;
  /** Where a file lies for now. The address holds the token. */
  linkTo(fileId: string): Promise<string>;
}

/**
 * The Bot API with the token of one bot: https://core.telegram.org/bots/api#making-requests
 *
 * @throws Problem `telegram.conflict`, those of `chatProblem` and of `guardedFetch`
 */
export function createTelegramApi(
  { ask, environment }: Pick<ChannelGiven, 'ask' | 'environment'>,
  token: string,
): TelegramApi {
  const base = environment['TELEGRAM_API_URL'] ?? ADDRESS;
  const call: TelegramApi['call'] = async (method, { result, params, ...limits }) => {
    const { status, body } = await ask(`${base}/bot${token}/${method}`, {
      ...limits,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(params)),
    });
    const said = ApiAnswer.safeParse(answeredJson(body));
    if (!said.success) throw undone(method, { status });
    const { ok, error_code: code, description, parameters } = said.data;
    const moved = inSupergroup(params, parameters.migrate_to_chat_id);
    if (!ok && moved !== null) return call(method, { result, params: moved, ...limits });
    if (!ok) throw undone(method, { status: code, reason: description, waitSeconds: parameters.retry_after });
    const read = result.safeParse(said.data.result);
    if (read.success) return read.data;
    throw undone(method, { status });
  };
  return {
    call,
    async linkTo(fileId) {
      const { file_path: path } = await call('getFile', { result: FilePath, params: { file_id: fileId } });
      return `${base}/file/bot${token}/${path}`;
    },
  };
}

/**
 * The same call once more where a group became a supergroup, which has another id, and counts its messages anew: what
 * was to answer one of before answers nothing. Null where it did not.
 */
function inSupergroup(params: object, id: string | null): object | null {
  const isThere = 'chat_id' in params && params.chat_id === id;
  return id === null || isThere ? null : { ...params, chat_id: id, reply_parameters: undefined };
}

/** How a file is named until it is fetched. */
export function fileAddress(fileId: string): string {
  return `${FILE_ADDRESS}?${new URLSearchParams({ file_id: fileId }).toString()}`;
}

/** The id in such an address; null for any other. */
export function fileIdIn(url: string): string | null {
  return url.startsWith(`${FILE_ADDRESS}?`) ? new URL(url).searchParams.get('file_id') : null;
}

function undone(call: string, said: { status: number; reason?: string; waitSeconds?: number }): Problem {
  const { status, reason = '', waitSeconds } = said;
  if (status === 409) return conflict(reason);
  // A token that is none is answered 404, as it stands in the address.
  const isOfToken = status === 404 && call !== 'getFile';
  const wait = waitSeconds === undefined ? {} : { waitSeconds };
  return chatProblem({ system: 'Telegram', call, status: isOfToken ? 401 : status, reason, ...wait });
}

function conflict(reason: string): Problem {
  return new Problem({
    code: 'telegram.conflict',
    message: `Telegram tells nobody what is new while somebody else hears it: ${reason}.`,
    fix: 'Take the webhook of the bot away (deleteWebhook), and let no other service of yours ask for the same bot.',
    retry: 'later',
  });
}
