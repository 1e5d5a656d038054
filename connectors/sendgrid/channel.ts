import { createPublicKey, verify as verifyWith } from 'node:crypto';
import { parseJson } from '../../src/kit/json-value.ts';
import { headerLinesIn } from '../../src/kit/mail-headers.ts';
import { htmlToText } from '../../src/kit/mail/html-text.ts';
import type { Mail } from '../../src/kit/mail/mail.ts';
import { idOfRaw, type MailFound, readsMail } from '../../src/kit/mail/mail-channel.ts';
import { idOf } from '../../src/kit/mail/names.ts';
import { type Posted, readPosted } from '../../src/kit/mail/posted-mail.ts';
import { readMail, senderOf } from '../../src/kit/mail/read-mail.ts';
import { answeredAt } from '../../src/kit/mail-settings.ts';
import { verifyToken } from '../../src/kit/shown-token.ts';
import { isTimely } from '../../src/kit/signature.ts';
import type { ChannelSecrets, PlainChannel, RawRequest, Verdict } from '../../src/ports/channel.ts';
import { sample } from './sample.ts';
import type { SendGridSettings } from './settings.ts';
import { Charsets, Envelope } from './wire.ts';

/** SendGrid comes again for 72 hours. */
const LONGEST_WAY_SECONDS = 73 * 3600;

const SIGNATURE = 'x-twilio-email-event-webhook-signature';
const TIMESTAMP = 'x-twilio-email-event-webhook-timestamp';

/** Makes the channel of mail that SendGrid receives. */
export function createSendGridChannel(settings: SendGridSettings): PlainChannel {
  return {
    verify,
    // Whatever is not 5xx and not 200 loses the mail, and nobody is told.
    statuses: { 401: 503, 413: 503, 429: 503 },
    deliveryId: (request) => idIn(readPosted(request)),
    answeredAt: answeredAt(settings),
    sample,
    ...readsMail((request) => find(readPosted(request))),
  };
}

/** Signed where the channel has a key to check it with, which SendGrid calls its verification key; by a token else. */
function verify(request: RawRequest, secrets: ChannelSecrets): Verdict {
  return secrets.signing.length === 0 ? verifyToken(request, secrets) : verifySigned(request, secrets);
}

function verifySigned({ headers, body, receivedAt }: RawRequest, { signing }: ChannelSecrets): Verdict {
  const { [SIGNATURE]: signature = '', [TIMESTAMP]: timestamp = '' } = headers;
  if (signature === '') return { authentic: false, reason: `there is no ${SIGNATURE}` };
  const content = Buffer.concat([Buffer.from(timestamp), body]);
  if (!signing.some((key) => isSigned(content, signature, key))) {
    return { authentic: false, reason: `${SIGNATURE} is not of the key in force, or not of this body` };
  }
  return isTimely(Number(timestamp) * 1000, receivedAt, LONGEST_WAY_SECONDS)
    ? { authentic: true }
    : { authentic: false, reason: `${TIMESTAMP} is not within three days of now` };
}

/** ECDSA over P-256, with the key as SendGrid shows it. A text that is no key signed nothing. */
function isSigned(content: Buffer, signature: string, key: string): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    return verifyWith('sha256', content, publicKey, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

function idIn(posted: Posted): string | null {
  const raw = posted.bytes('email');
  return raw === null ? idOf(headerLinesIn(posted.text('headers'))) : idOfRaw(raw);
}

function find(posted: Posted): MailFound | null {
  const raw = posted.bytes('email');
  if (raw === null && posted.text('headers') === '' && posted.text('from') === '') return null;
  const recipients = Envelope.parse(jsonIn(posted, 'envelope')).to;
  return { mail: raw === null ? mailOf(posted) : readMail(raw), recipients };
}

/** Each field may be in other characters. */
function mailOf(posted: Posted): Mail {
  const charsets = Charsets.parse(jsonIn(posted, 'charsets'));
  const text = (name: string) => posted.text(name, charsets[name]);
  return {
    headers: headerLinesIn(text('headers')),
    from: senderOf(text('from')),
    subject: text('subject'),
    text: text('text').trim() === '' ? htmlToText(text('html')) : text('text'),
    files: posted.files,
    reported: null,
  };
}

function jsonIn(posted: Posted, name: string): unknown {
  try {
    return parseJson(posted.text(name));
  } catch {
    return null;
  }
}
