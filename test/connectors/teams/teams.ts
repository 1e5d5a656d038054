import { createHmac } from 'node:crypto';
import type { Ask } from '../../../src/kit/connector.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import { withHeaders } from '../../support/form-tools.ts';

/** As Teams shows it when a webhook is made: 32 bytes in base64. */
export const TOKEN = 'vqF0En+Z0ucuRTM/01o2GuhMH3hKKk/N2bOmlM31zaA=';

export function signed(request: RawRequest, token = TOKEN): RawRequest {
  const signature = createHmac('sha256', Buffer.from(token, 'base64')).update(request.body).digest('base64');
  return withHeaders(request, { authorization: `HMAC ${signature}` });
}

/** A workflow that answers as it is told, and keeps what is posted to it. */
export function aWorkflow(status = 202): { ask: Ask; posted: { url: string; card: unknown }[] } {
  const posted: { url: string; card: unknown }[] = [];
  return {
    posted,
    async ask(url, { body = new Uint8Array() }) {
      posted.push({ url, card: JSON.parse(Buffer.from(body).toString()).attachments[0].content });
      return { status, headers: {}, body: Buffer.from(''), url };
    },
  };
}
