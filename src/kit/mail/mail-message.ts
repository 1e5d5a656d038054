import type { Attachment, InboundMessage } from '../../domain/message.ts';
import type { Parsed } from '../../ports/channel.ts';
import { firstLine } from '../guess-message.ts';
import { inboundMessage } from '../inbound-message.ts';
import { headersOf, type MailHeaders, ticketTagIn } from '../mail-headers.ts';
import { pastMailDate } from '../moment.ts';
import { emptyRequest } from '../readable.ts';
import { replyName, replyTokensIn } from '../reply-tokens.ts';
import { storable } from '../storable-text.ts';
import { doubtIn } from './doubt.ts';
import type { Mail, MailFile } from './mail.ts';
import { idOf, idsIn, mailName } from './names.ts';

/** Headers that say for whom a mail was, as senders and servers write them. */
const RECIPIENTS = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-delivered-to', 'x-forwarded-to'];

/** More than people write; what comes beyond stays in the stored mail and is not read. */
const LONGEST_TEXT = 500_000;

/** What is known of a mail beside itself. */
export interface MailExtras {
  receivedAt: Temporal.Instant;
  /** Addresses to which it was delivered, where they stand beside the mail. */
  recipients?: readonly string[];
  /** What was found against its sender, where it stands beside the mail. */
  doubt?: string | null;
}

/** The request that a mail is. */
export function parsedMail(mail: Mail, extras: MailExtras): Parsed {
  const isEmpty = mail.text.trim() === '' && mail.subject.trim() === '' && mail.files.length === 0;
  if (isEmpty) return { kind: 'unreadable', problem: emptyRequest() };
  return { kind: 'messages', messages: [messageOfMail(mail, extras)] };
}

/**
 * A mail as a message. It belongs to the ticket of the address to which it was sent, then to those of the mails that it
 * answers, the last first; a report belongs to that of the mail of which it reports.
 */
function messageOfMail(
  mail: Mail,
  { receivedAt, recipients = [], doubt = doubtIn(mail.headers) }: MailExtras,
): InboundMessage {
  const headers = headersOf(mail.headers);
  const { email, name } = mail.from;
  // Every mail ends with the end of a line; nobody wrote it.
  const text = mail.text.slice(0, LONGEST_TEXT).replaceAll('\r\n', '\n').trimEnd();
  const guess = {
    email,
    name: name || (email?.split('@')[0] ?? headers['from'] ?? ''),
    subject: mail.subject || firstLine(text),
    text,
    rest: [],
  };
  const id = idOf(mail.headers);
  const message = inboundMessage(guess, {
    headers,
    externalId: id,
    sentAt: pastMailDate(headers['date'], receivedAt),
    ticket: ticketTagIn(mail.subject),
    files: mail.files.map(attachmentOf),
    reported: mail.reported,
  });
  const belongsTo = [...tokensOf(headers, recipients), ...answeredBy(headers, mail.reported)].map(storable);
  return {
    ...message,
    from: { ...message.from, ...(doubt === null ? {} : { doubt: storable(doubt) }) },
    thread: { ...message.thread, belongsTo, knownAs: id === null ? [] : [storable(mailName(id))] },
  };
}

function tokensOf(headers: MailHeaders, recipients: readonly string[]): readonly string[] {
  const addresses = [...RECIPIENTS.map((name) => headers[name] ?? ''), ...recipients];
  return replyTokensIn(addresses.join('\n')).map(replyName);
}

function answeredBy(headers: MailHeaders, reported: Mail['reported']): readonly string[] {
  const ofReport = reported === null ? null : idOf(reported);
  const ids = [
    ...(ofReport === null ? [] : [ofReport]),
    ...idsIn(headers['in-reply-to']),
    ...idsIn(headers['references']).toReversed(),
  ];
  return [...new Set(ids)].map(mailName);
}

function attachmentOf({ name, contentType, size }: MailFile, part: number): Attachment {
  return { name: storable(name), contentType: storable(contentType), size, url: null, part };
}
