import type { Ask } from '../../../src/kit/connector.ts';

/** Tokens of the recorded requests: each webhook and each command has one. */
export const TOKENS = ['mmtokenofthehook0000000000', 'mmtokenofthecommand0000000'];

/** One call of the API. */
export interface Asked {
  path: string;
  params: unknown;
  token: string | undefined;
  internal: boolean | undefined;
}

type Said = object | ((params: unknown) => object);

/** A server that answers each path as it is told, else 404, and writes down what it was asked. */
export function aMattermost(answers: Readonly<Record<string, Said>> = {}, status = 200): { ask: Ask; asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    async ask(url, { headers = {}, body, internal }) {
      const path = new URL(url).pathname.replace(/^.*\/api\/v4/, '');
      const params: unknown = body === undefined ? null : JSON.parse(Buffer.from(body).toString());
      asked.push({ path, params, token: headers['authorization'], internal });
      const answer = answers[path];
      const said =
        typeof answer === 'function' ? answer(params) : (answer ?? { message: 'Not found.', status_code: 404 });
      const code = answer === undefined ? 404 : status;
      return { status: code, headers: {}, body: Buffer.from(JSON.stringify(said)), url };
    },
  };
}

export const ZOE = {
  id: 'kwhybz3qkbrgxdmcdk46m8cnny',
  username: 'zoe',
  first_name: 'Zoë',
  last_name: 'Müller',
  email: 'Zoe@Example.com',
  is_bot: false,
};
