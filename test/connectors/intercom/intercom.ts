import { createHmac } from 'node:crypto';
import type { Ask } from '../../../src/kit/connector.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import { withHeaders } from '../../support/form-tools.ts';

/** As Intercom signs: https://developers.intercom.com/docs/webhooks/webhook-notifications */
export function signed(request: RawRequest, secret = 'new-secret'): RawRequest {
  const signature = createHmac('sha1', secret).update(request.body).digest('hex');
  return withHeaders(request, { 'x-hub-signature': `sha1=${signature}` });
}

/** One call of the API. */
export interface Asked {
  url: string;
  params: unknown;
  headers: Readonly<Record<string, string>>;
}

/** An Intercom that answers as it is told, and writes down what it was asked. */
export function anIntercom(status = 200, answer?: object | string): { ask: Ask; asked: Asked[] } {
  const asked: Asked[] = [];
  const parts = { conversation_parts: [{ id: '1' }, { id: '2824391799' }] };
  const said = answer ?? { type: 'conversation', id: '191115', conversation_parts: parts };
  return {
    asked,
    async ask(url, { headers = {}, body = new Uint8Array() }) {
      asked.push({ url, headers, params: JSON.parse(Buffer.from(body).toString()) });
      return { status, headers: {}, body: Buffer.from(typeof said === 'string' ? said : JSON.stringify(said)), url };
    },
  };
}
