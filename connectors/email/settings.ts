import { z } from 'zod';
import { Problem } from '../../src/domain/problem.ts';

export const Dkim = z.strictObject({
  domain: z
    .string('is not a domain')
    .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,62}$/, 'is not a domain')
    .describe('For which domain mail is signed: that of MAIL_FROM, or the one above it.')
    .meta({ examples: ['example.com'] }),
  selector: z
    .string('is not a selector')
    .regex(/^[a-z0-9](?:[a-z0-9.-]{0,60}[a-z0-9])?$/, 'is not a selector: small letters, digits, hyphens and dots')
    .describe('The name of the key, under which its other half stands in the DNS: `<selector>._domainkey.<domain>`.')
    .meta({ examples: ['desk'] }),
  key: z
    .string('is not a reference to a secret, and no secret stands in a file')
    .regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/, 'is not a reference to a secret, and no secret stands in a file')
    .describe(
      'The private RSA key, by the name of its environment variable: PEM with \\n for its line ends, base64 in one line, or the name of a file.',
    )
    .meta({ examples: ['env:DKIM_KEY'] }),
});
export type Dkim = z.output<typeof Dkim>;

/** How mail is sent; where to and as whom stands in the environment. */
export const EmailSettings = z
  .strictObject({
    html: z
      .boolean('is neither true nor false')
      .default(true)
      .describe('Whether mail says the same in HTML beside plain text.')
      .meta({ examples: [false] }),
    dkim: Dkim.optional()
      .describe('Signs mail, for who sends without a provider that does. Left out, mail bears no signature of ours.')
      .meta({ examples: [{ domain: 'example.com', selector: 'desk', key: 'env:DKIM_KEY' }] }),
    nullSender: z
      .boolean('is neither true nor false')
      .default(false)
      .describe(
        'Whether what machines write goes out with an empty envelope sender. Then nothing of it comes back, so no address is known to be dead; some providers refuse it.',
      )
      .meta({ examples: [true] }),
    timeoutSeconds: z
      .number()
      .positive()
      .max(60)
      .default(60)
      .describe('How long one message may take before it counts as failed, in seconds.')
      .meta({ examples: [60] }),
  })
  .prefault({});
export type EmailSettings = z.output<typeof EmailSettings>;

/** Who our mail is from. */
export interface Sender {
  name: string;
  address: string;
  /** What stands after the @; our messages are named under it. */
  domain: string;
}

/** One mailbox and nothing else: no list, no brackets, no room for a second header. */
const ADDRESS = /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+$/;

/** The longest address that SMTP carries, RFC 5321 section 4.5.3.1.3. */
const LONGEST_ADDRESS = 254;

/** Whether mail can be addressed to this. */
export function isAddress(text: string): boolean {
  return text.length <= LONGEST_ADDRESS && ADDRESS.test(text);
}

/**
 * Reads `MAIL_FROM`: `help@example.com`, or `Example Help <help@example.com>`.
 *
 * @throws Problem `email.sender-invalid`
 */
export function readSender(mailFrom: string): Sender {
  const [, name = '', address = ''] = /^(?:(.*?)\s*<([^<>]*)>|.*)$/.exec(mailFrom.trim()) ?? [];
  const sender = address === '' ? { name: '', address: mailFrom.trim() } : { name: unquoted(name), address };
  if (!isAddress(sender.address) || /\p{Cc}/u.test(sender.name)) throw invalidSender(mailFrom);
  return { ...sender, domain: sender.address.slice(sender.address.lastIndexOf('@') + 1).toLowerCase() };
}

function unquoted(name: string): string {
  return name.trim().replace(/^"(.*)"$/, '$1');
}

function invalidSender(mailFrom: string): Problem {
  return new Problem({
    code: 'email.sender-invalid',
    message: `MAIL_FROM is "${mailFrom}", which is no mail address.`,
    fix: 'Write it as help@example.com, or as Example Help <help@example.com>.',
  });
}

/** Where mail is handed in. */
export interface Server {
  /** `SMTP_URL` as it is. */
  url: string;
  /** The name in it. */
  host: string;
  /** Whether the connection must be encrypted before anything is said: there is a password, and a network. */
  mustEncrypt: boolean;
}

/** Names of this very machine, to which a password does not travel. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Checks `SMTP_URL`. Its password never shows in a message.
 *
 * @throws Problem `email.url-invalid`
 */
export function readServer(smtpUrl: string): Server {
  const parsed = URL.canParse(smtpUrl) ? new URL(smtpUrl) : null;
  if (parsed === null || !/^smtps?:$/.test(parsed.protocol) || parsed.hostname === '') throw invalidUrl();
  const isOpen = parsed.protocol === 'smtp:';
  const mustEncrypt = isOpen && parsed.username !== '' && !LOOPBACK.test(parsed.hostname);
  return { url: smtpUrl, host: parsed.hostname, mustEncrypt };
}

function invalidUrl(): Problem {
  return new Problem({
    code: 'email.url-invalid',
    message: 'SMTP_URL is no address of a mail server.',
    fix: 'Write it as smtps://user:password@smtp.example.com, or smtp://… for port 587; write @ in a user name as %40.',
  });
}
