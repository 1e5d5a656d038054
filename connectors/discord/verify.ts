import { createPublicKey, verify as isSignedBy } from 'node:crypto';
import { isTimely } from '../../src/kit/signature.ts';
import type { ChannelSecrets, RawRequest, Verdict } from '../../src/ports/channel.ts';

/** Discord gives no age; an interaction is answered within seconds. */
const LONGEST_AGE_SECONDS = 300;

/** What stands before the 32 bytes of an Ed25519 key, so that it is one (RFC 8410). */
const KEY_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Checks Discord's signature. Discord sends wrong ones on purpose, and takes the address away where they are believed.
 * https://docs.discord.com/developers/interactions/overview#validating-security-request-headers
 */
export function verify({ headers, body, receivedAt }: RawRequest, { signing }: ChannelSecrets): Verdict {
  const [shown, time] = [headers['x-signature-ed25519'] ?? '', headers['x-signature-timestamp'] ?? ''];
  if (shown === '') return { authentic: false, reason: 'there is no x-signature-ed25519' };
  if (!isTimely(Number(time || Number.NaN) * 1000, receivedAt, LONGEST_AGE_SECONDS)) {
    return { authentic: false, reason: 'x-signature-timestamp is missing, or not of the last five minutes' };
  }
  const signed = Buffer.concat([Buffer.from(time), body]);
  return signing.some((key) => isOf(key.trim(), signed, Buffer.from(shown, 'hex')))
    ? { authentic: true }
    : { authentic: false, reason: 'x-signature-ed25519 is not of the public key in force, or not of this body' };
}

function isOf(key: string, signed: Buffer, signature: Buffer): boolean {
  if (!/^[\da-f]{64}$/i.test(key)) return false;
  const der = Buffer.concat([KEY_HEAD, Buffer.from(key, 'hex')]);
  return isSignedBy(null, signed, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
}
