import { headerLinesIn } from '../../src/kit/mail-headers.ts';
import { parseJson } from '../../src/kit/json-value.ts';
import { htmlToText } from '../../src/kit/mail/html-text.ts';
import type { Mail } from '../../src/kit/mail/mail.ts';
import { idOfRaw, type MailFound, readsMail } from '../../src/kit/mail/mail-channel.ts';
import { idOf } from '../../src/kit/mail/names.ts';
import { type Posted, readPosted } from '../../src/kit/mail/posted-mail.ts';
import { readMail, senderOf } from '../../src/kit/mail/read-mail.ts';
import { answeredAt } from '../../src/kit/mail-settings.ts';
import { isTimely, verifySignature } from '../../src/kit/signature.ts';
import type { ChannelSecrets, PlainChannel, RawRequest, Verdict } from '../../src/ports/channel.ts';
import { sample } from './sample.ts';
import type { MailgunSettings } from './settings.ts';

/** Mailgun comes again for about eight hours, and signs when it first came. */
const LONGEST_WAY_SECONDS = 12 * 3600;

/** So many of its latest one-time tokens are remembered: at 600 requests a minute those of half an hour. */
const TOKENS = 20_000;

/** Makes the channel of mail that Mailgun forwards. */
export function createMailgunChannel(settings: MailgunSettings): PlainChannel {
  const used = new Map<string, string | null>();
  return {
    needs: 'signing',
    verify(request, secrets) {
      const posted = readPosted(request);
      const verdict = verify(posted, request, secrets);
      return verdict.authentic && isReplayed(posted, used) ? REPLAYED : verdict;
    },
    deliveryId: (request) => idIn(readPosted(request)),
    answeredAt: answeredAt(settings),
    sample,
    ...readsMail((request) => find(readPosted(request))),
  };
}

const REPLAYED: Verdict = { authentic: false, reason: 'its token came before, with another mail' };

/** Mailgun signs time and token, not the mail. */
function verify(posted: Posted, request: RawRequest, { signing }: ChannelSecrets): Verdict {
  const [timestamp, token] = [posted.text('timestamp'), posted.text('token')];
  const verdict = verifySignature({
    header: 'field "signature"',
    shown: [posted.text('signature')],
    secrets: signing,
    content: [timestamp, token],
    encoding: 'hex',
  });
  if (!verdict.authentic || isTimely(Number(timestamp) * 1000, request.receivedAt, LONGEST_WAY_SECONDS)) return verdict;
  return {
    authentic: false,
    reason: `it was signed at ${timestamp.slice(0, 20)}, which is not within 12 hours of now`,
  };
}

/** A mail that comes again has its token again; another mail under the same token is somebody else's. */
function isReplayed(posted: Posted, used: Map<string, string | null>): boolean {
  const [token, id] = [posted.text('token'), idIn(posted)];
  const before = used.get(token);
  if (before !== undefined) return before !== id;
  used.set(token, id === null ? null : aloneInMemory(id));
  const [oldest] = used.keys();
  if (used.size > TOKENS && oldest !== undefined) used.delete(oldest);
  return false;
}

/** V8 keeps a part of a text by keeping the whole: of 20,000 mails that would be all heads, a gigabyte and more. */
function aloneInMemory(text: string): string {
  return Buffer.from(text).toString();
}

function idIn(posted: Posted): string | null {
  const raw = posted.bytes('body-mime');
  return raw === null ? idOf(headersIn(posted)) : idOfRaw(raw);
}

function find(posted: Posted): MailFound | null {
  const raw = posted.bytes('body-mime');
  if (raw === null && posted.text('message-headers') === '' && posted.text('from') === '') return null;
  return { mail: raw === null ? mailOf(posted) : readMail(raw), recipients: [posted.text('recipient')] };
}

function headersIn(posted: Posted): Mail['headers'] {
  try {
    return headerLinesIn(parseJson(posted.text('message-headers')));
  } catch {
    return [];
  }
}

function mailOf(posted: Posted): Mail {
  const plain = posted.text('body-plain');
  return {
    headers: headersIn(posted),
    from: senderOf(posted.text('from')),
    subject: posted.text('subject'),
    text: plain.trim() === '' ? htmlToText(posted.text('body-html')) : plain,
    files: posted.files,
    reported: null,
  };
}
