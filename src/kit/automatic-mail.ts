import type { Automatic } from '../domain/message.ts';
import { isAbsence, saysAbsence } from './absence-words.ts';
import type { MailHeaders } from './mail-headers.ts';
import { storable } from './storable-text.ts';

/** What there is to judge by. A message that was no mail has no headers. */
export interface Written {
  headers: MailHeaders | null;
  subject: string;
  text: string;
  /** Whether it names a ticket of ours. */
  isAnswer: boolean;
}

/** A sign that a machine wrote, as a test of the headers: what stands there as evidence, or null. */
type Sign = (headers: MailHeaders) => string | null;

/** Headers that mailing programs put on what goes to many. */
const OF_LISTS = ['list-id', 'list-unsubscribe', 'feedback-id'];

/** Headers that only answering machines use. */
const OF_ANSWERERS = ['x-autoreply', 'x-autorespond', 'x-mail-autoreply', 'x-autoreply-from'];

/** Where a mail was delivered, by the headers of different servers. */
const DELIVERED = ['delivered-to', 'x-original-to', 'envelope-to', 'x-delivered-to', 'to'];

const MAIL_SYSTEM = /(?:^|[<\s"])(?:mailer-daemon|postmaster)@/i;

/**
 * By RFC 3834 and what mail systems do besides; the first that is found says what it is. An answering machine of
 * Exchange calls itself auto-generated, and says only by its subject that it answers.
 */
const SIGNS: readonly { kind: Automatic['kind']; of: Sign }[] = [
  { kind: 'own', of: cameBack },
  { kind: 'bounce', of: (headers) => has(headers, 'x-failed-recipients') },
  { kind: 'bounce', of: (headers) => says(headers, 'content-type', /report-type="?delivery-status/i) },
  { kind: 'bounce', of: (headers) => says(headers, 'from', MAIL_SYSTEM) },
  { kind: 'auto_reply', of: (headers) => says(headers, 'content-type', /report-type="?disposition-notification/i) },
  { kind: 'auto_reply', of: (headers) => says(headers, 'auto-submitted', /^\s*auto-replied/i) },
  { kind: 'auto_reply', of: (headers) => firstOf(headers, OF_ANSWERERS) },
  { kind: 'auto_reply', of: (headers) => says(headers, 'preference', /auto_reply/i) },
  { kind: 'auto_reply', of: (headers) => says(headers, 'precedence', /auto_reply/i) },
  { kind: 'auto_reply', of: (headers) => says(headers, 'return-path', /^\s*<\s*>\s*$/) },
  { kind: 'spam', of: (headers) => says(headers, 'x-spam-flag', /^\s*yes/i) },
  { kind: 'spam', of: (headers) => says(headers, 'x-spam-status', /^\s*yes/i) },
  { kind: 'list', of: (headers) => firstOf(headers, OF_LISTS) },
  { kind: 'notification', of: (headers) => says(headers, 'auto-submitted', /^\s*(?!no\b)\S/i) },
  { kind: 'notification', of: (headers) => says(headers, 'x-auto-response-suppress', /\b(?:all|autoreply|oof|dr)\b/i) },
  { kind: 'list', of: (headers) => says(headers, 'precedence', /\b(?:bulk|list|junk)\b/i) },
];

/** Headers which support that a message with the subject of an absence is one. */
const OF_ANSWERS = ['in-reply-to', 'references', 'x-auto-response-suppress'];

/**
 * Whether a machine wrote the message, and which kind. Words alone prove nothing, for people write of absences too:
 * a subject such as "Out of office" counts when a header, the ticket that it names, or the text supports it.
 */
export function automaticIn(written: Written): Automatic | null {
  const byHeaders = written.headers === null ? null : bySigns(written.headers);
  if (byHeaders !== null && byHeaders.kind !== 'notification') return byHeaders;
  const isSupported = () =>
    byHeaders !== null || written.isAnswer || isOfAnswer(written.headers) || saysAbsence(written.text);
  if (isAbsence(written.subject) && isSupported()) {
    return { kind: 'auto_reply', evidence: `Subject: ${written.subject.trim()}` };
  }
  return byHeaders;
}

function bySigns(headers: MailHeaders): Automatic | null {
  for (const { kind, of } of SIGNS) {
    const evidence = of(headers);
    if (evidence !== null) return { kind, evidence };
  }
  return null;
}

/**
 * Our mail bears the address from which it goes in `X-Loop`. It came back when it was delivered to that very
 * address; the mail of another desk bears another.
 */
function cameBack(headers: MailHeaders): string | null {
  const marks = addressesIn(headers['x-loop'] ?? '');
  if (marks.length === 0) return null;
  const places = DELIVERED.flatMap((name) => addressesIn(headers[name] ?? '')).map(withoutTag);
  return marks.some((address) => places.includes(withoutTag(address))) ? evidenceOf(headers, 'x-loop') : null;
}

/** What stands behind a plus is the same mailbox. */
function withoutTag(address: string): string {
  return address.replace(/\+.*@/, '@');
}

function addressesIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g) ?? [];
}

function isOfAnswer(headers: MailHeaders | null): boolean {
  return headers !== null && firstOf(headers, OF_ANSWERS) !== null;
}

function firstOf(headers: MailHeaders, names: readonly string[]): string | null {
  const name = names.find((each) => has(headers, each) !== null);
  return name === undefined ? null : evidenceOf(headers, name);
}

function has(headers: MailHeaders, name: string): string | null {
  return (headers[name] ?? '').trim() === '' ? null : evidenceOf(headers, name);
}

function says(headers: MailHeaders, name: string, what: RegExp): string | null {
  return what.test(headers[name] ?? '') ? evidenceOf(headers, name) : null;
}

/** Much stands in some headers. */
const LONGEST_EVIDENCE = 120;

/** `Auto-Submitted: auto-replied`. */
function evidenceOf(headers: MailHeaders, name: string): string {
  const title = name.replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
  const text = (headers[name] ?? '').replaceAll(/\s+/g, ' ').trim();
  return storable(`${title}: ${text}`.slice(0, LONGEST_EVIDENCE));
}
