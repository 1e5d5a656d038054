import { isUtf8 } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { InboundMessage } from '../../src/domain/message.ts';
import type { PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { MORNING } from './builders.ts';

/** The one message that a channel reads out of a request; whatever else comes out fails the test. */
export function messageRead(channel: PlainChannel, request: RawRequest): InboundMessage {
  const parsed = channel.parse(request);
  const [message, ...others] = parsed.kind === 'messages' ? parsed.messages : [];
  if (message === undefined || others.length > 0) throw new Error(`read as ${parsed.kind}, with ${others.length} more`);
  return message;
}

/** The body as a text; null where its bytes are none, which most libraries cannot check. */
export function textOf({ body }: RawRequest): string | null {
  return isUtf8(body) ? Buffer.from(body).toString() : null;
}

/** What an HMAC with SHA-256 gives, as senders write it. */
export function hmacOf(
  secret: string | Uint8Array,
  content: readonly (string | Uint8Array)[],
  encoding: 'hex' | 'base64',
): string {
  const hmac = createHmac('sha256', secret);
  for (const piece of content) hmac.update(piece);
  return hmac.digest(encoding);
}

/** The request with further headers. */
export function withHeaders(request: RawRequest, headers: Readonly<Record<string, string>>): RawRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}

/** The request as the library of Standard Webhooks signs it. */
export function standardSigned(request: RawRequest, secret: string, at: Temporal.Instant = MORNING): RawRequest {
  const webhook = new Webhook(secret, secret.startsWith('whsec_') ? {} : { format: 'raw' });
  const id = 'msg_1';
  const timestamp = String(Math.floor(at.epochMilliseconds / 1000));
  const signature = webhook.sign(id, new Date(at.epochMilliseconds), Buffer.from(request.body));
  return withHeaders(request, { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature });
}
