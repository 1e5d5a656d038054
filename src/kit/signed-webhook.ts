import { Webhook } from 'standardwebhooks';
import { Problem } from '../domain/problem.ts';
import type { Ask } from './connector.ts';
import { storable } from './storable-text.ts';

/** Whoever takes a webhook is to answer within so long; the specification says 15 to 30 s. */
const PATIENCE_SECONDS = 20;

/** Of an answer so much is read, in bytes: it is for people who look why it was refused. */
const LONGEST_ANSWER = 1000;

/** Nobody who asks for patience is left alone for longer than the longest pause of the schedule. */
const LONGEST_WAIT_SECONDS = 24 * 3600;

/** Before the base64 of a key. */
const KEY_PREFIX = 'whsec_';

/** Who is called. */
export interface WebhookTarget {
  url: string;
  /** Of the signature; two while it is changed. At least one. */
  secrets: readonly string[];
  /** Knows which networks may be reached. */
  ask: Ask;
}

/** One attempt. */
export interface WebhookCall {
  /** The same for every attempt, so that a repeat is known for one. No full stop in it. */
  id: string;
  /** JSON, as it is signed and sent. */
  body: string;
  /** Of this attempt. */
  at: Temporal.Instant;
}

/** What was answered. */
export interface WebhookAnswer {
  status: number;
  /** How it begins, for people. */
  text: string;
  /** Seconds until the next attempt is welcome; 0 where nothing is said of it. */
  waitSeconds: number;
}

/**
 * Posts JSON to an address that somebody chose, signed by the specification Standard Webhooks
 * (https://www.standardwebhooks.com). Follows no redirect.
 *
 * @throws Problem `webhook.address-refused`, and `fetch.unreachable`, `fetch.too-slow`, which may pass
 */
export async function callWebhook(
  { url, secrets, ask }: WebhookTarget,
  { id, body, at }: WebhookCall,
): Promise<WebhookAnswer> {
  try {
    const answer = await ask(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signatureOf(secrets, { id, body, at }) },
      body: Buffer.from(body),
      maxBytes: LONGEST_ANSWER,
      isCut: true,
      timeoutSeconds: PATIENCE_SECONDS,
    });
    const text = storable(answer.body.toString()).trim();
    return { status: answer.status, text, waitSeconds: waitIn(answer.headers['retry-after'], at) };
  } catch (error) {
    throw error instanceof Problem && error.code === 'fetch.address-refused' ? addressRefused(error) : error;
  }
}

/** What an answer says against the call; null when it was taken: 2xx. */
export function refusalOf({ status, text, waitSeconds }: WebhookAnswer): Problem | null {
  if (status >= 200 && status < 300) return null;
  const retry = waitSeconds > 0 ? { afterSeconds: waitSeconds } : 'later';
  if (status === 410) return gone();
  if (status >= 300 && status < 400) return redirected(status);
  if (status === 429 || status === 503) return putOff(status, retry);
  const words = text.replace(/\s+/g, ' ').slice(0, 200).toWellFormed();
  const message = `The receiver answered ${status}${words === '' ? '' : `: ${words}`}.`;
  const fix = 'Look in the log of the receiver why it refused.';
  return new Problem({ code: 'webhook.refused', message, fix, retry });
}

/** The headers by which the receiver knows that it is us, and a repeat for one. */
function signatureOf(secrets: readonly string[], { id, body, at }: WebhookCall): Readonly<Record<string, string>> {
  const signed = secrets.map((secret) => signer(secret).sign(id, new Date(at.epochMilliseconds), body));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.epochMilliseconds / 1000)),
    'webhook-signature': signed.join(' '),
  };
}

/** A secret that is no key of theirs counts as the text that it is, as on the way in. */
function signer(secret: string): Webhook {
  return secret.startsWith(KEY_PREFIX) ? new Webhook(secret) : new Webhook(Buffer.from(secret), { format: 'raw' });
}

/** A header of HTTP: seconds, or a date. */
function waitIn(header: string | undefined, now: Temporal.Instant): number {
  if (header === undefined) return 0;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now.epochMilliseconds) / 1000;
  return seconds > 0 ? Math.min(Math.ceil(seconds), LONGEST_WAIT_SECONDS) : 0;
}

function addressRefused(cause: Problem): Problem {
  return new Problem(
    {
      code: 'webhook.address-refused',
      message: 'The address leads into a network of our own, or is none of the web, so nothing was sent to it.',
      fix: 'Where the receiver is meant to stand within your network, set internal: true; else correct the address.',
      retry: 'later',
    },
    { cause },
  );
}

function gone(): Problem {
  return new Problem({
    code: 'webhook.gone',
    message: 'The receiver answered 410: it wants nothing more.',
    fix: 'If it is to go on, set the address anew in the receiving system, and switch it on again.',
  });
}

function redirected(status: number): Problem {
  return new Problem({
    code: 'webhook.refused',
    message: `The receiver answered ${status} and points elsewhere, where nothing is sent.`,
    fix: 'Take the address at which it ends; often only https:// or a slash at the end is missing.',
    retry: 'later',
  });
}

function putOff(status: number, retry: Problem['retry']): Problem {
  return new Problem({
    code: 'webhook.put-off',
    message: `The receiver answered ${status}: it cannot take more now.`,
    fix: 'Nothing is to be done: it is tried again when the receiver says.',
    retry,
  });
}
