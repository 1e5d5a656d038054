import { type KeyObject, verify, X509Certificate } from 'node:crypto';
import type { Ask } from '../../src/kit/connector.ts';
import type { Verdict } from '../../src/ports/channel.ts';
import type { Envelope } from './wire.ts';

/** Where AWS keeps the certificates with which it signs; nobody else can put a file there. */
const CERTIFICATES = /^https:\/\/sns\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?\/[\w-]{1,200}\.pem$/;

/** AWS changes them once in a while. */
const MOST_CERTIFICATES = 20;

/** What is signed of each kind, in this order. */
const SIGNED = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const satisfies Readonly<Record<Envelope['Type'], readonly (keyof Envelope)[]>>;

const ALGORITHMS: Readonly<Record<string, string>> = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' };

/** Checks what SNS signed. Certificates are asked for once. */
export function createSnsSignatures(ask: Ask): (envelope: Envelope) => Promise<Verdict> {
  const known = new Map<string, KeyObject>();

  async function fetchKey(url: string): Promise<KeyObject> {
    const { status, body } = await ask(url, { method: 'GET', maxBytes: 20_000 });
    if (status !== 200) throw new Error(`AWS answered ${status}`);
    const { publicKey } = new X509Certificate(Buffer.from(body));
    if (known.size >= MOST_CERTIFICATES) known.clear();
    known.set(url, publicKey);
    return publicKey;
  }

  return async (envelope) => {
    const { SigningCertURL: url, SignatureVersion: version } = envelope;
    const algorithm = Object.hasOwn(ALGORITHMS, version) ? ALGORITHMS[version] : undefined;
    if (algorithm === undefined) return forged('SignatureVersion is none that SNS has');
    if (!CERTIFICATES.test(url)) return forged('SigningCertURL is no certificate of SNS');
    try {
      const isSigned = verify(
        algorithm,
        signedPart(envelope),
        known.get(url) ?? (await fetchKey(url)),
        Buffer.from(envelope.Signature, 'base64'),
      );
      return isSigned ? { authentic: true } : forged('Signature is not of the certificate, or not of this body');
    } catch (error) {
      return forged(`the certificate of SNS could not be read: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  };
}

function signedPart(envelope: Envelope): Buffer {
  let text = '';
  for (const name of SIGNED[envelope.Type]) {
    const value = envelope[name];
    if (value !== undefined) text += `${name}\n${value}\n`;
  }
  return Buffer.from(text);
}

function forged(reason: string): Verdict {
  return { authentic: false, reason };
}
