import { Problem, type Retry } from '../../src/domain/problem.ts';
import { isAddressDead, statusIn } from '../../src/kit/dead-address.ts';
import { MailFailure } from './wire.ts';

/** As much of a server's answer as tells an admin what it wants. */
const LONGEST_ANSWER = 200;

/** nodemailer's words for everything that went wrong before a server took the message to heart. */
const UNREACHABLE = new Set(['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'EPROTOCOL', 'EABORT', 'EPROXY']);

/**
 * A failure of nodemailer as one of ours.
 *
 * Only what a server says of this message or this recipient ends it: a 5xx answer to RCPT or DATA. A
 * refused password, sender or certificate is the admin's to mend, and then the message can still go.
 */
export function problemOf(error: unknown): Problem {
  const read = MailFailure.safeParse(error);
  const failure: MailFailure = read.success ? read.data : { code: '', responseCode: null, response: '', command: '' };
  return new Problem(detailsOf(failure), { cause: error });
}

/** What the server says where it refuses a recipient at whom nothing arrives; null for every other failure. */
export function deadAddressIn(error: unknown): string | null {
  const read = MailFailure.safeParse(error);
  if (!read.success || !/^RCPT/i.test(read.data.command)) return null;
  const says = lineOf(read.data);
  return isAddressDead(statusIn(says), says) ? says : null;
}

function detailsOf(failure: MailFailure): { code: string; message: string; fix: string; retry: Retry } {
  const { code, responseCode } = failure;
  const answer = answerOf(failure);
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2') {
    const fix = 'Check the user name and password in SMTP_URL; special characters are written as %40 and the like.';
    return {
      code: 'email.not-authorised',
      message: `The mail server does not let us in${answer}.`,
      fix,
      retry: 'later',
    };
  }
  if (code === 'ETLS' || code === 'EREQUIRETLS') {
    const fix = "Check the server's name and certificate, and whether SMTP_URL is to begin with smtp: or smtps:.";
    return {
      code: 'email.not-encrypted',
      message: 'The mail server offers no encryption that holds.',
      fix,
      retry: 'later',
    };
  }
  if (responseCode && responseCode >= 500 && isOfMessage(failure)) {
    const fix = 'Check the address with the requester, then send the message again from the console.';
    return { code: 'email.rejected', message: `The mail server refuses the message${answer}.`, fix, retry: 'never' };
  }
  if (responseCode && responseCode >= 500) {
    const fix = 'Check SMTP_URL and MAIL_FROM: the server does not serve us, or not as this sender.';
    return { code: 'email.refused', message: `The mail server refuses to work for us${answer}.`, fix, retry: 'later' };
  }
  if (responseCode) {
    const fix = 'Nothing is to be done; the message is tried again.';
    return { code: 'email.put-off', message: `The mail server puts the message off${answer}.`, fix, retry: 'later' };
  }
  if (UNREACHABLE.has(code)) {
    const fix = 'Check the server and port in SMTP_URL; the message is tried again.';
    return {
      code: 'email.unreachable',
      message: `The mail server could not be reached, or fell silent.`,
      fix,
      retry: 'later',
    };
  }
  const fix = 'The message is tried again; if it stays, report the error of the log.';
  return { code: 'email.failed', message: 'Something went wrong while a mail was sent.', fix, retry: 'later' };
}

function isOfMessage({ command }: MailFailure): boolean {
  return /^(RCPT|DATA)/i.test(command);
}

function answerOf(failure: MailFailure): string {
  const line = lineOf(failure);
  return line === '' ? '' : `: ${line}`;
}

function lineOf({ response }: MailFailure): string {
  return response.replace(/\s+/g, ' ').trim().slice(0, LONGEST_ANSWER);
}
