import { createHmac } from 'node:crypto';
import type { Ask } from '../../../src/kit/connector.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import { withHeaders } from '../../support/form-tools.ts';

export const HOOK = 'https://desk.example/hooks/twilio';

/** As Twilio signs: https://www.twilio.com/docs/usage/security#validating-requests */
export function signed(
  request: RawRequest,
  { secret = 'new-secret', address = HOOK, as }: { secret?: string; address?: string; as?: string } = {},
): RawRequest {
  const fields = [...new URLSearchParams(Buffer.from(request.body).toString())].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const hmac = createHmac('sha1', secret).update(as ?? address);
  for (const [name, value] of fields) hmac.update(name + value);
  return { ...withHeaders(request, { 'x-twilio-signature': hmac.digest('base64') }), address };
}

/** One call of the API. */
export interface Asked {
  path: string;
  fields: Readonly<Record<string, string>>;
  authorization: string | undefined;
}

/** A Twilio that answers as it is told, and writes down what it was asked. */
export function aTwilio(status = 201, answer: object | string = {}): { ask: Ask; asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    async ask(url, { headers: sent = {}, body = new Uint8Array() }) {
      const fields = Object.fromEntries(new URLSearchParams(Buffer.from(body).toString()));
      asked.push({ path: new URL(url).pathname, fields, authorization: sent['authorization'] });
      const said = typeof answer === 'string' ? answer : JSON.stringify({ sid: `SM${asked.length}`, ...answer });
      return { status, headers: {}, body: Buffer.from(said), url };
    },
  };
}
