import { addressIn } from '../../src/kit/guess-message.ts';
import { htmlToText } from '../../src/kit/mail/html-text.ts';
import type { Mail } from '../../src/kit/mail/mail.ts';
import { type MailFound, readsMail } from '../../src/kit/mail/mail-channel.ts';
import { idOf } from '../../src/kit/mail/names.ts';
import { readMail } from '../../src/kit/mail/read-mail.ts';
import { sentAs } from '../../src/kit/sent-as.ts';
import { answeredAt } from '../../src/kit/mail-settings.ts';
import { verifyToken } from '../../src/kit/shown-token.ts';
import { withToken } from '../../src/kit/sample.ts';
import type { PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { sample } from './sample.ts';
import type { PostmarkSettings } from './settings.ts';
import { Inbound } from './wire.ts';

/** Makes the channel of mail that Postmark receives. */
export function createPostmarkChannel(settings: PostmarkSettings): PlainChannel {
  return {
    needs: 'token',
    verify: verifyToken,
    deliveryId,
    answeredAt: answeredAt(settings),
    sample: (said, secrets) => withToken(sample(said), secrets),
    ...readsMail(find),
  };
}

/** The mail's own id, for a mail may come twice; Postmark's where it has none. */
function deliveryId(request: RawRequest): string | null {
  const inbound = inboundIn(request);
  return inbound === null ? null : (idOf(headersOf(inbound)) ?? inbound.MessageID);
}

function find(request: RawRequest): MailFound | null {
  const inbound = inboundIn(request);
  if (inbound === null) return null;
  const recipients = [inbound.OriginalRecipient, `+${inbound.MailboxHash}@`];
  return { mail: inbound.RawEmail === '' ? mailOf(inbound) : readMail(Buffer.from(inbound.RawEmail)), recipients };
}

function inboundIn(request: RawRequest): Inbound | null {
  return sentAs(Inbound, request);
}

/** Postmark keeps what it understood out of the headers. */
function headersOf({ Headers, FromFull, To, Cc, Date: date }: Inbound): Mail['headers'] {
  const understood = [
    ['From', FromFull.Email],
    ['To', To],
    ['Cc', Cc],
    ['Date', date],
  ] as const;
  return [...Headers.map(({ Name, Value }) => [Name, Value] as const), ...understood];
}

function mailOf(inbound: Inbound): Mail {
  const { FromFull, Subject, TextBody, HtmlBody, Attachments } = inbound;
  return {
    headers: headersOf(inbound),
    from: { name: FromFull.Name, email: addressIn(FromFull.Email) },
    subject: Subject,
    text: TextBody.trim() === '' ? htmlToText(HtmlBody) : TextBody,
    files: Attachments.map(({ Name, Content, ContentType }) => ({
      name: Name,
      contentType: ContentType,
      size: Buffer.byteLength(Content, 'base64'),
      bytes: () => Buffer.from(Content, 'base64'),
    })),
    reported: null,
  };
}
