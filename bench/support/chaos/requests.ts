import type { Post } from '../../../test/support/post.ts';
import { JSON_TOKEN } from '../../../test/support/stubborn-senders.ts';
import { marked } from '../../../test/support/verify-desk.ts';

/** The token in the address to which mail is forwarded. */
export const MAIL_TOKEN = 'mail-of-chaos-token';

/** What people ask: some that rules know, some that only a model could place. */
const TEXTS = [
  'I was charged twice and want a refund.',
  'Where is my parcel? Nothing has come.',
  'The app crashes when I open it.',
  'My screen stays white since Monday.',
  'Please change the address of my account.',
];

/** The request of that number, by turns from a form, as JSON, and as a mail that Postmark received. */
export function chaosRequest(n: number): Post {
  const marker = `request-${n}`;
  const [name, email] = [`Person ${n}`, `person-${n}@example.com`];
  const subject = `About order ${n}`;
  const message = `${TEXTS[n % TEXTS.length]} ${marked(marker)}`;
  const json = { 'content-type': 'application/json' };
  if (n % 3 === 0) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ name, email, subject, message }).toString();
    return { marker, path: '/hooks/website', headers, body };
  }
  if (n % 3 === 1) {
    const headers = { ...json, 'idempotency-key': marker };
    const body = JSON.stringify({ name, email, subject, message });
    return { marker, path: `/hooks/json/${JSON_TOKEN}`, headers, body };
  }
  const mail = {
    MessageID: `mail-${n}`,
    From: email,
    FromFull: { Email: email, Name: name },
    Subject: subject,
    TextBody: message,
    Headers: [{ Name: 'Message-ID', Value: `<mail-${n}@example.com>` }],
  };
  return { marker, path: `/hooks/mail/${MAIL_TOKEN}`, headers: json, body: JSON.stringify(mail) };
}
