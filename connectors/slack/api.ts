import type { Problem } from '../../src/domain/problem.ts';
import { answeredJson, chatProblem } from '../../src/kit/chat-api.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { type AnswerOf, type AnswerSchema, ApiAnswer } from './wire.ts';

const ADDRESS = 'https://slack.com/api';

/** Slack's words, with the status that HTTP has for them; all others say that it refuses for good. */
const STATUSES: Readonly<Record<string, number>> = {
  not_authed: 401,
  invalid_auth: 401,
  account_inactive: 401,
  token_revoked: 401,
  token_expired: 401,
  missing_scope: 401,
  not_allowed_token_type: 401,
  ratelimited: 429,
  internal_error: 500,
  fatal_error: 500,
  service_unavailable: 503,
  request_timeout: 504,
};

/** Calls a method of Slack's Web API and reads its answer. */
export type SlackApi = <Schema extends AnswerSchema>(
  method: string,
  given: { answer: Schema; params: Readonly<Record<string, string>> },
) => Promise<AnswerOf<Schema>>;

/**
 * The Web API with one token. Every method takes a form, and few take JSON.
 *
 * @throws Problem those of `chatProblem` and of `guardedFetch`
 */
export function createSlackApi(
  { ask, environment }: Pick<ChannelGiven, 'ask' | 'environment'>,
  token: string,
): SlackApi {
  const base = environment['SLACK_API_URL'] ?? ADDRESS;
  return async (method, { answer, params }) => {
    const { status, headers, body } = await ask(`${base}/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(new URLSearchParams(params).toString()),
    });
    if (status === 429) throw undone(method, { status, waitSeconds: Number(headers['retry-after'] ?? Number.NaN) });
    const said = ApiAnswer.safeParse(answeredJson(body));
    if (!said.success) throw undone(method, { status });
    const { ok, error } = said.data;
    if (!ok) throw undone(method, { status: STATUSES[error] ?? 400, reason: error });
    const read = answer.safeParse(said.data);
    if (read.success) return read.data;
    throw undone(method, { status });
  };
}

function undone(call: string, said: { status: number; reason?: string; waitSeconds?: number }): Problem {
  return chatProblem({ system: 'Slack', call, reason: '', ...said });
}
