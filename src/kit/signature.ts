import { createHmac } from 'node:crypto';
import type { Verdict } from '../ports/channel.ts';
import { isOneOf } from './constant-time.ts';

/** What a sender signs, and with what. */
export interface Signed {
  /** The header with the signature, as the reason names it. */
  header: string;
  /** The signatures that the header shows; one is enough, so that senders can change their secret in peace. */
  shown: readonly string[];
  /** Those in force; keys that are no text come as their bytes. */
  secrets: readonly (string | Uint8Array)[];
  /** What is signed, piece after piece. */
  content: readonly (string | Uint8Array)[];
  encoding: 'hex' | 'base64';
  /** SHA-256 where nothing is said. */
  hash?: 'sha1' | 'sha256';
}

/** Checks an HMAC, which is what senders of webhooks sign with, in constant time. */
export function verifySignature({ header, shown, secrets, content, encoding, hash = 'sha256' }: Signed): Verdict {
  if (shown.every((each) => each === '')) return { authentic: false, reason: `there is no ${header}` };
  const accepted = secrets.map((secret) => signatureOf(secret, { content, encoding, hash }));
  return shown.some((each) => isOneOf(each, accepted))
    ? { authentic: true }
    : { authentic: false, reason: `${header} is not of the secret in force, or not of this body` };
}

/** The HMAC of what is signed, piece after piece. */
export function signatureOf(
  secret: string | Uint8Array,
  { content, encoding, hash = 'sha256' }: Pick<Signed, 'content' | 'encoding' | 'hash'>,
): string {
  const hmac = createHmac(hash, secret);
  for (const piece of content) hmac.update(piece);
  return hmac.digest(encoding);
}

/**
 * Whether a time that was signed is within so many seconds of now, both ways: an old one was recorded and sent again, and
 * one of the future is no time at which anybody signed.
 */
export function isTimely(epochMilliseconds: number, receivedAt: Temporal.Instant, seconds: number): boolean {
  // What is no number is not within anything.
  return Math.abs(receivedAt.epochMilliseconds - epochMilliseconds) <= seconds * 1000;
}
