import type { ChannelSecrets, RawRequest, Verdict } from '../ports/channel.ts';
import { isTimely, signatureOf, verifySignature } from './signature.ts';

/** How old a signature may be, in seconds: what the specification advises. */
const OLDEST_SECONDS = 300;

/** Before the base64 of a key. */
const KEY_PREFIX = 'whsec_';

/**
 * Checks a request that is signed by the specification Standard Webhooks (https://www.standardwebhooks.com): id, time and
 * body, in the first of its ways, `v1`. A secret that is no key of theirs counts as the text that it is.
 */
export function verifyStandardWebhook({ headers, body, receivedAt }: RawRequest, { signing }: ChannelSecrets): Verdict {
  const id = headers['webhook-id'] ?? '';
  const at = headers['webhook-timestamp'] ?? '';
  const header = 'webhook-signature';
  const shown = (headers[header] ?? '').split(' ').map((each) => each.replace(/^v1,/, ''));
  const verdict = verifySignature({
    header,
    shown,
    secrets: signing.map(keyOf),
    content: [`${id}.${at}.`, body],
    encoding: 'base64',
  });
  if (!verdict.authentic || isTimely(Number(at) * 1000, receivedAt, OLDEST_SECONDS)) return verdict;
  return { authentic: false, reason: 'webhook-timestamp is more than five minutes from now' };
}

/** The headers of a request that is signed so. `at` counts in seconds. */
export function standardWebhookHeaders(
  secret: string,
  { id, at, body }: { id: string; at: number; body: string },
): Readonly<Record<string, string>> {
  const signature = signatureOf(keyOf(secret), { content: [`${id}.${at}.`, body], encoding: 'base64' });
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${signature}` };
}

function keyOf(secret: string): string | Uint8Array {
  return secret.startsWith(KEY_PREFIX) ? Buffer.from(secret.slice(KEY_PREFIX.length), 'base64') : secret;
}
