import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Problem } from '../../src/domain/problem.ts';
import type { Environment } from '../../src/kit/environment.ts';
import type { TxtRecord } from '../../src/ports/notifier.ts';
import type { Dkim } from './settings.ts';

/** Receivers must take no shorter ones, RFC 8301 section 3.2. */
const FEWEST_BITS = 1024;

/** How our mail is signed, RFC 6376. */
export interface Signing {
  domain: string;
  selector: string;
  /** PEM. */
  privateKey: string;
  /** What must stand in the DNS so that others can check it. */
  record: TxtRecord;
}

/**
 * Reads the key with which mail is signed: PEM, in which line ends may be written `\n`; the same or DER as base64 in
 * one line; or the name of a file with one of these.
 *
 * @throws Problem `email.dkim-key-invalid`
 */
export function readSigning({ domain, selector, key: reference }: Dkim, environment: Environment): Signing {
  const name = reference.slice('env:'.length);
  const written = (environment[name] ?? '').trim();
  if (written === '') throw invalidKey(`${name}, the key of dkim, is not set`);
  const key = keyIn(written) ?? keyIn(fileAt(written) ?? '');
  if (key === null) throw invalidKey(`${name} holds no private key that can be read, and names no file with one`);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || bits < FEWEST_BITS) {
    throw invalidKey(`${name} holds no RSA key of ${FEWEST_BITS} bits or more`);
  }
  return {
    domain,
    selector,
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }),
    record: { name: `${selector}._domainkey.${domain}`, text: `v=DKIM1; k=rsa; p=${publicPart(key)}` },
  };
}

function publicPart(key: KeyObject): string {
  return createPublicKey(key.export({ type: 'pkcs8', format: 'pem' }))
    .export({ type: 'spki', format: 'der' })
    .toString('base64');
}

function fileAt(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}

function keyIn(written: string): KeyObject | null {
  const text = written.replaceAll(String.raw`\n`, '\n');
  if (text.includes('-----BEGIN')) return keyOf(text);
  const bytes = Buffer.from(text, 'base64');
  const inside = bytes.toString('latin1');
  if (inside.includes('-----BEGIN')) return keyOf(inside);
  return (
    keyOf({ key: bytes, format: 'der', type: 'pkcs8' as const }) ??
    keyOf({ key: bytes, format: 'der', type: 'pkcs1' as const })
  );
}

function keyOf(given: Parameters<typeof createPrivateKey>[0]): KeyObject | null {
  try {
    return createPrivateKey(given);
  } catch {
    return null;
  }
}

function invalidKey(message: string): Problem {
  return new Problem({
    code: 'email.dkim-key-invalid',
    message: `${message}.`,
    fix: 'Make one with "openssl genrsa 2048", and give it as PEM with \\n for its line ends, or the name of its file.',
    // A config that changed while letters wait: they go once it is mended.
    retry: 'later',
  });
}
