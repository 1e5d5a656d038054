import type { Attachment, InboundMessage } from '../domain/message.ts';
import type { AccountFields, Identity } from '../domain/requester.ts';
import type { Answer } from './answers.ts';
import { automaticIn } from './automatic-mail.ts';
import type { Guess } from './guess-message.ts';
import type { HeaderLine, MailHeaders } from './mail-headers.ts';
import { reportIn } from './mail/delivery-report.ts';
import { storable } from './storable-text.ts';

/** What a message has beyond what was guessed. */
export interface MessageExtras {
  externalId: string | null;
  sentAt: Temporal.Instant | null;
  ticket: string | null;
  files: readonly Attachment[];
  account?: AccountFields;
  /** Of authentic senders alone. */
  identities?: readonly Identity[];
  /** Of a mail. */
  headers?: MailHeaders | null;
  /** Headers of the mail of which it reports. */
  reported?: readonly HeaderLine[] | null;
}

/** Puts together what a channel understood, in texts that the database can hold. */
export function inboundMessage(guess: Guess, extras: MessageExtras): InboundMessage {
  const thread = { ticketNumber: numberIn(extras.ticket), ticketKey: keyIn(extras.ticket) };
  const [subject, text] = [storable(guess.subject), storable(guess.text)];
  const isAnswer = thread.ticketNumber !== null || thread.ticketKey !== null;
  const automatic = automaticIn({ headers: extras.headers ?? null, subject, text, isAnswer });
  const report = automatic?.kind === 'bounce' ? reportIn({ subject, text, ...extras }) : null;
  return {
    externalId: extras.externalId === null ? null : storable(extras.externalId),
    sentAt: extras.sentAt,
    from: {
      name: storable(guess.name),
      email: guess.email === null ? null : storable(guess.email),
      ...(extras.identities === undefined || extras.identities.length === 0 ? {} : { identities: extras.identities }),
    },
    subject,
    text,
    account: extras.account ?? {},
    fields: fieldsOf(guess.rest),
    attachments: extras.files,
    thread,
    automatic,
    ...(report !== null && { report }),
  };
}

function fieldsOf(rest: readonly Answer[]): Readonly<Record<string, string>> {
  return Object.fromEntries(rest.map((answer) => [storable(answer.path), storable(answer.value)]));
}

/** `1042`, `#1042`, `T-1042`: the digits at the end, as long as a number can hold them. */
function numberIn(ticket: string | null): number | null {
  const digits = /^\W*(?:[A-Za-z]{1,10}\W?)?(\d{1,15})\s*$/.exec(ticket ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

/** A ULID is 26 letters and digits. */
function keyIn(ticket: string | null): string | null {
  const key = ticket?.trim() ?? '';
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(key) ? key : null;
}
