import { Problem } from '../domain/problem.ts';
import type { Delivery } from '../ports/notifier.ts';
import { storable } from './storable-text.ts';

/** Where a system says that it is asked too often, and not when to come again. */
const PAUSE_SECONDS = 30;

/** More says nothing more; a system may quote a page. */
const LONGEST_REASON = 200;

/** What an answer is read by: a schema of a connector's `wire.ts`. */
export interface AnswerSchema<Value> {
  safeParse(answer: unknown): { success: true; data: Value } | { success: false };
}

/** A call that the system of a chat did not do. */
export interface Undone {
  /** As people call it: `Telegram`. */
  system: string;
  /** What was asked of it, without secrets: `sendMessage`. */
  call: string;
  /** Of HTTP, or what the system says in its place. */
  status: number;
  /** In its own words; empty where it gives none. */
  reason: string;
  /** Seconds until it may be asked again; NaN where it does not say. */
  waitSeconds?: number;
}

/** Tells by the status what went wrong, and whether trying again can help: 401, 429, other 4xx, anything else. */
export function chatProblem(undone: Undone): Problem {
  const { status } = undone;
  if (status === 401) return notAuthorised(undone);
  if (status === 429) return rateLimited(undone);
  return status >= 400 && status < 500 ? refused(undone) : unavailable(undone);
}

/** Of what can only be asked with access, which the config does not name. */
export function noAccess(system: string): Problem {
  return new Problem({
    code: 'chat.no-access',
    message: `The channel has no access to ${system}.`,
    fix: 'Name the token of the app or bot under access of the channel, and set it on the page of the channel in the console.',
    retry: 'later',
  });
}

/** The same of an answer that waits to be sent. */
export function notSentWithoutAccess(system: string): Delivery {
  const fix = 'Name the token of the app or bot under access of the channel, and send this message again.';
  return { kind: 'not_configured', reason: `not sent: the channel has no access to ${system}`, fix };
}

/** What an answer of JSON says; null for what is none, which no schema of an answer takes. */
export function answeredJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
}

function notAuthorised({ system, call, reason }: Undone): Problem {
  return new Problem({
    code: 'chat.not-authorised',
    message: `${system} does not let us call ${call}${because(reason)}.`,
    fix: 'Copy the token anew from the app or bot into the environment, and look at what it may do.',
    retry: 'later',
  });
}

function rateLimited({ system, call, waitSeconds = PAUSE_SECONDS }: Undone): Problem {
  return new Problem({
    code: 'chat.rate-limited',
    message: `${system} is called too often (${call}).`,
    fix: `Nothing is to be done: it is tried again when ${system} says.`,
    retry: { afterSeconds: waitSeconds > 0 ? Math.ceil(waitSeconds) : PAUSE_SECONDS },
  });
}

function refused({ system, call, reason }: Undone): Problem {
  return new Problem({
    code: 'chat.refused',
    message: `${system} refuses ${call}${because(reason)}.`,
    fix: 'Look whether the conversation is still there and whether we are still let in; else answer another way.',
  });
}

function unavailable({ system, call, status }: Undone): Problem {
  return new Problem({
    code: 'chat.unavailable',
    message: `${system} answered ${call} with ${status} and nothing that can be used.`,
    fix: `Nothing is to be done if it passes; ${system} has a page that tells of its outages.`,
    retry: 'later',
  });
}

function because(reason: string): string {
  const words = storable(reason.replace(/\s+/g, ' ').trim()).slice(0, LONGEST_REASON).replace(/\.$/, '');
  return words === '' ? '' : `: ${words.toWellFormed()}`;
}
