import { Client } from '@great-detail/whatsapp';
import type { Ask } from '../../../src/kit/connector.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import { hmacOf, textOf, withHeaders } from '../../support/form-tools.ts';

/** As Meta signs: https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications */
export function signed(request: RawRequest, secret = 'new-secret'): RawRequest {
  return withHeaders(request, { 'x-hub-signature-256': `sha256=${hmacOf(secret, [request.body], 'hex')}` });
}

/** What the SDK says that Meta began, and others keep. */
export async function isValidForSdk(request: RawRequest, appSecret: string): Promise<boolean | null> {
  const body = textOf(request);
  if (body === null) return null;
  const { headers } = request;
  const event = await new Client().webhook.eventNotification({ method: 'POST', query: {}, headers, body });
  return event.checkSignature(appSecret);
}

/** One call of the Graph API. */
export interface Asked {
  path: string;
  params: Readonly<Record<string, unknown>> | null;
  token: string | undefined;
}

/** A Graph API that gives these answers, one after the other, and then takes every message. */
export function aGraph(...answers: readonly (readonly [number, object | string])[]): { ask: Ask; asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    async ask(url, { headers: sent = {}, body }) {
      const params = body === undefined ? null : JSON.parse(Buffer.from(body).toString());
      const usual = [200, { messages: [{ id: `wamid.SENT${asked.length}` }] }] as const;
      const [status, answer] = answers[asked.length] ?? usual;
      asked.push({ path: new URL(url).pathname, params, token: sent['authorization'] });
      const said = typeof answer === 'string' ? answer : JSON.stringify(answer);
      return { status, headers: {}, body: Buffer.from(said), url };
    },
  };
}
