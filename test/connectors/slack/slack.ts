import { createHmac } from 'node:crypto';
import { isValidSlackRequest } from '@slack/bolt/dist/receivers/verify-request.js';
import type { Ask } from '../../../src/kit/connector.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import { MORNING } from '../../support/builders.ts';
import { textOf, withHeaders } from '../../support/form-tools.ts';

/** One call of the Web API. */
export interface Asked {
  method: string;
  params: Readonly<Record<string, string>>;
  token: string | undefined;
}

type Said = object | string;

/** A Slack that answers each method as it is told, and writes down what it was asked. */
export function aSlack(
  answers: Readonly<Record<string, Said | ((params: Asked['params']) => Said)>> = {},
  { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): { ask: Ask; asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    async ask(url, { headers: sent = {}, body = new Uint8Array() }) {
      const method = new URL(url).pathname.split('/').at(-1) ?? '';
      const params = Object.fromEntries(new URLSearchParams(Buffer.from(body).toString()));
      asked.push({ method, params, token: sent['authorization'] });
      const answer = answers[method] ?? { ok: false, error: 'unknown_method' };
      const said = typeof answer === 'function' ? answer(params) : answer;
      return { status, headers, body: Buffer.from(typeof said === 'string' ? said : JSON.stringify(said)), url };
    },
  };
}

/** As Slack signs: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signed(request: RawRequest, secret = 'new-secret', at = MORNING): RawRequest {
  const time = String(Math.floor(at.epochMilliseconds / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${time}:`).update(request.body).digest('hex');
  return withHeaders(request, { 'x-slack-request-timestamp': time, 'x-slack-signature': `v0=${signature}` });
}

/** What Bolt says, Slack's own framework, whose clock stands where the request came in. */
export function isValidForBolt(request: RawRequest, signingSecret: string): boolean | null {
  const { headers, receivedAt } = request;
  const body = textOf(request);
  if (body === null) return null;
  return isValidSlackRequest({
    signingSecret,
    body,
    headers: {
      'x-slack-signature': headers['x-slack-signature'] ?? '',
      'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
    },
    nowMilliseconds: receivedAt.epochMilliseconds,
  });
}
