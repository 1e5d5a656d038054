import { Problem, type Retry } from '../../src/domain/problem.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { type AnswerOf, type AnswerSchema, ApiAnswer } from './wire.ts';

const ADDRESS = 'https://slack.com/api';

/** Where Slack says nothing of when to come again; posts are limited to one a second and channel. */
const PAUSE_SECONDS = 30;

/** Words of Slack's after which the admin has to act, and asking again may help then. */
const OF_TOKEN = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'not_allowed_token_type',
]);

/** Words after which asking again may help by itself. */
const PASSING = new Set(['ratelimited', 'internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** Calls a method of Slack's Web API and reads its answer. */
export type SlackApi = <Schema extends AnswerSchema>(
  method: string,
  given: { answer: Schema; params: Readonly<Record<string, string>> },
) => Promise<AnswerOf<Schema>>;

/**
 * The Web API with one token. Every method takes a form, and few take JSON.
 *
 * @throws Problem `slack.rate-limited`, `slack.not-authorised`, `slack.refused`, `slack.unreadable`, and those of
 * `guardedFetch`
 */
export function createSlackApi({ ask, environment }: ChannelGiven, token: string): SlackApi {
  const base = environment['SLACK_API_URL'] ?? ADDRESS;
  return async (method, { answer, params }) => {
    const response = await ask(`${base}/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(new URLSearchParams(params).toString()),
    });
    const wait = Number(response.headers['retry-after'] ?? PAUSE_SECONDS);
    if (response.status === 429) throw refused(method, 'ratelimited', { afterSeconds: wait });
    const said = ApiAnswer.safeParse(jsonOf(response.body));
    if (!said.success) throw unreadable(method, response.status);
    if (!said.data.ok) throw refused(method, said.data.error, retryOf(said.data.error));
    const read = answer.safeParse(said.data);
    if (read.success) return read.data;
    throw unreadable(method, response.status);
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
}

function retryOf(error: string): Retry {
  if (PASSING.has(error)) return { afterSeconds: PAUSE_SECONDS };
  return OF_TOKEN.has(error) ? 'later' : 'never';
}

function refused(method: string, error: string, retry: Retry): Problem {
  if (OF_TOKEN.has(error)) {
    return new Problem({
      code: 'slack.not-authorised',
      message: `Slack does not let us call ${method}: ${error}.`,
      fix: 'Look at the scopes of the app, install it again, and put its bot token into the environment.',
      retry,
    });
  }
  if (error === 'ratelimited') {
    return new Problem({
      code: 'slack.rate-limited',
      message: `Slack is called too often (${method}).`,
      fix: 'Nothing is to be done: it is tried again when Slack says.',
      retry,
    });
  }
  return new Problem({
    code: 'slack.refused',
    message: `Slack refuses ${method}: ${error || 'it gives no reason'}.`,
    fix: 'Look whether the channel is still there and the app is a member of it.',
    retry,
  });
}

function unreadable(method: string, status: number): Problem {
  return new Problem({
    code: 'slack.unreadable',
    message: `Slack answered ${method} with ${status} and nothing that can be read.`,
    fix: 'Nothing is to be done if it passes; https://slack-status.com tells of outages.',
    retry: 'later',
  });
}
