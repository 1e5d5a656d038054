import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { ANSWER_ABOVE } from '../../src/domain/message.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { NotifierGiven } from '../../src/kit/connector.ts';
import { idsIn, mailIdsOf, mailName } from '../../src/kit/mail/names.ts';
import type { Delivery, MailTies, Notifier, OutgoingMessage } from '../../src/ports/notifier.ts';
import { readSigning, type Signing } from './dkim.ts';
import { htmlOf } from './html.ts';
import { deadAddressIn, problemOf } from './problems.ts';
import { type Relay, relayOf } from './relays.ts';
import { type EmailSettings, isAddress, readSender, readServer, type Sender, type Server } from './settings.ts';

/** Connections to the server; most providers allow ten from one customer. */
const CONNECTIONS = 5;

/** To find and greet the server, in milliseconds; a healthy one answers within one or two seconds. */
const GREETING = 10_000;

/** A connection without work is kept so long, in milliseconds: through a burst, not through the night. */
const IDLE = 15_000;

/** The longest line of a header without folding, RFC 5322 section 2.1.1. A longer subject says nothing more. */
const LONGEST_SUBJECT = 250;

/** What may stand before the @, RFC 5321 section 4.5.3.1.1. */
const LONGEST_MAILBOX = 64;

/**
 * Sends mail, or says what is missing in the environment to do so.
 *
 * @throws Problem `email.url-invalid`, `email.sender-invalid`, `email.dkim-key-invalid`
 */
export function createEmailNotifier(
  settings: EmailSettings,
  { environment }: Pick<NotifierGiven, 'environment'>,
): Notifier {
  const { SMTP_URL: server, MAIL_FROM: from } = environment;
  if (!server) return unsent('not sent: no SMTP_URL');
  if (!from) return unsent('not sent: no MAIL_FROM');
  const signing = settings.dkim === undefined ? null : readSigning(settings.dkim, environment);
  return overSmtp(settings, { server: readServer(server), sender: readSender(from), signing });
}

function unsent(reason: string): Notifier {
  return { send: () => Promise.resolve({ kind: 'not_configured', reason }) };
}

interface Way {
  server: Server;
  sender: Sender;
  /** Null where mail bears no signature of ours. */
  signing: Signing | null;
}

function overSmtp(settings: EmailSettings, way: Way): Notifier {
  const { server, signing } = way;
  const patience = settings.timeoutSeconds * 1000;
  const relay = relayOf(server.host);
  const transport = createTransport({
    url: server.url,
    requireTLS: server.mustEncrypt,
    pool: true,
    maxConnections: CONNECTIONS,
    // The outbox tries again, and counts; a pool that does so by itself could send a message six times.
    maxRequeues: 0,
    idleTimeout: IDLE,
    connectionTimeout: Math.min(GREETING, patience),
    greetingTimeout: Math.min(GREETING, patience),
    dnsTimeout: Math.min(GREETING, patience),
    socketTimeout: patience,
    // Customers' words are text, never the name of a file or a page to attach.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(signing !== null && { dkim: dkimOf(signing, relay) }),
  });
  return {
    async send(message) {
      const mail = mailOf(message, { ...way, settings, relay });
      try {
        const { messageId, response } = await transport.sendMail({ ...mail, signal: AbortSignal.timeout(patience) });
        return delivered(message, { ours: messageId, theirs: relay.nameIn(response) });
      } catch (error) {
        const reason = deadAddressIn(error);
        if (reason !== null) return { kind: 'no_such_address', reason };
        throw problemOf(error);
      }
    },
    async check() {
      try {
        await transport.verify();
      } catch (error) {
        throw problemOf(error);
      }
    },
    close: () => transport.close(),
    ...(signing !== null && { dns: [signing.record] }),
  };
}

function dkimOf({ domain, selector, privateKey }: Signing, { rewrites }: Relay) {
  return { domainName: domain, keySelector: selector, privateKey, skipFields: rewrites.join(':') };
}

/** Answers name a mail as their writer saw it, and reports as the relay does. */
function delivered({ ties }: OutgoingMessage, names: { ours: string; theirs: string | null }): Delivery {
  const knownAs = idsIn(`${names.ours} ${names.theirs ?? ''}`).map(mailName);
  return { kind: 'sent', id: names.theirs ?? names.ours, ...(ties !== undefined && { knownAs }) };
}

interface Dress {
  sender: Sender;
  settings: EmailSettings;
  relay: Relay;
}

/** The message as nodemailer takes it. Throws `email.address-invalid`. */
function mailOf(message: OutgoingMessage, { sender, settings, relay }: Dress) {
  if (!isAddress(message.to)) throw invalidAddress(message.to);
  const text = message.ties === undefined ? message.text : `${ANSWER_ABOVE}\n\n${message.text}`;
  const isUnreturned = settings.nullSender && message.voice !== 'person';
  return {
    // Given by itself, so that nothing in a header can add a recipient.
    envelope: { from: isUnreturned ? '' : sender.address, to: [message.to] },
    from: { name: sender.name, address: sender.address },
    to: { name: '', address: message.to },
    subject: subjectOf(message),
    text,
    ...(settings.html && { html: message.html ?? htmlOf(text) }),
    ...headersOfThread(message.ties, sender),
    messageId: messageIdOf(message.key, sender.domain),
    headers: { ...relay.headers, ...headersOf(message.voice, sender.address) },
  };
}

/** To whom people answer, and after which mails this one comes. An address that grows too long bears no token. */
function headersOfThread(ties: MailTies | undefined, sender: Sender) {
  if (ties === undefined) return {};
  const [, mailbox = '', domain = ''] = /^(.*)@([^@]*)$/.exec(ties.address ?? sender.address) ?? [];
  const tagged = ties.token === null ? mailbox : `${mailbox}+${ties.token}`;
  const replyTo = { name: sender.name, address: `${tagged.length > LONGEST_MAILBOX ? mailbox : tagged}@${domain}` };
  const earlier = mailIdsOf(ties.earlier).map((id) => `<${oneLine(id)}>`);
  const last = earlier.at(-1);
  return last === undefined ? { replyTo } : { replyTo, inReplyTo: last, references: earlier };
}

/** The same for every attempt, so that a mail program shows a repeated message once. */
function messageIdOf(key: string, domain: string): string {
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${domain}>`;
}

/**
 * What keeps two machines from answering each other for ever: RFC 3834 for most, Microsoft's header for
 * Exchange, and an own one by which our mail is known when it comes back. `Precedence` is left out: the RFC
 * recommends no use of it, and mail that says "bulk" is delivered worse. What a person wrote bears none of
 * them, for it deserves an answer.
 */
function headersOf(voice: OutgoingMessage['voice'], address: string): Readonly<Record<string, string>> {
  const loop = { 'X-Loop': address };
  if (voice === 'person') return loop;
  const submitted = voice === 'answer' ? 'auto-replied' : 'auto-generated';
  return { ...loop, 'Auto-Submitted': submitted, 'X-Auto-Response-Suppress': 'All' };
}

/** What looks encoded would be decoded by whoever gets it, into line ends even: a letter without width keeps it as it is. */
function subjectOf({ subject }: OutgoingMessage): string {
  const cut = oneLine(subject)
    .slice(0, LONGEST_SUBJECT)
    .replace(/[\uD800-\uDBFF]$/, '');
  return cut.replaceAll('=?', '=\u200b?');
}

/** No line end, and nothing that could be taken for one, gets into a header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function invalidAddress(to: string): Problem {
  return new Problem({
    code: 'email.address-invalid',
    message: `"${oneLine(to).slice(0, LONGEST_SUBJECT)}" is no address that mail can be sent to.`,
    fix: 'Correct the address of the requester, or of the agent in people.yaml, and send the message again.',
  });
}
