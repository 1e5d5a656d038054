import { Problem, type ProblemDetails } from '../domain/problem.ts';
import type { Outcome } from './index.ts';

export type Refused = Extract<Outcome, { kind: 'refused' }>;

/** While a channel is closed somebody has to act, so senders need not hurry. */
const CLOSED_SECONDS = 120;

/** A database that is down is up again soon, or somebody has to act. */
const DOWN_SECONDS = 10;

/** The refusals of the door, in one place so that their statuses can be compared. */
export const refusal = {
  /** 503 and never 404: some senders switch themselves off for good at a 404. */
  closed: (channel: string, reason: string): Refused =>
    refused(503, CLOSED_SECONDS, {
      code: 'channel.closed',
      message: `The channel ${channel} is closed: ${reason}.`,
      fix: 'Open it in channels.yaml; whoever sends may try again then.',
      retry: { afterSeconds: CLOSED_SECONDS },
    }),

  /** Says nothing of what was wrong; that is in our log. */
  notAuthentic: (): Refused =>
    refused(401, null, {
      code: 'request.not-authentic',
      message: 'The token or signature of the request is missing or wrong.',
      fix: 'Copy the address or the secret anew from the channel into the sending system.',
    }),

  tooLarge: (maxBytes: number): Refused =>
    refused(413, null, {
      code: 'request.too-large',
      message: `The request is larger than the ${maxBytes} bytes that the channel takes.`,
      fix: 'Send files as links, or raise maxBytes of the channel in channels.yaml.',
    }),

  tooMany: (perMinute: number, afterSeconds: number): Refused =>
    refused(429, afterSeconds, {
      code: 'channel.too-many',
      message: `The channel takes ${perMinute} requests a minute, and more came.`,
      fix: 'Send more slowly, or raise perMinute of the channel in channels.yaml.',
      retry: { afterSeconds },
    }),

  notRecorded: (cause: unknown): Refused => ({
    ...refused(503, DOWN_SECONDS, {
      code: 'inbox.not-recorded',
      message: 'The request could not be stored, so it was not accepted.',
      fix: 'Send it again later; the service\u2019s log says what is wrong with its database.',
      retry: { afterSeconds: DOWN_SECONDS },
    }),
    ...(cause instanceof Problem && cause.code === 'inbox.busy' ? { problem: cause } : {}),
  }),
};

function refused(status: Refused['status'], retryAfterSeconds: number | null, details: ProblemDetails): Refused {
  return { kind: 'refused', status, retryAfterSeconds, problem: new Problem(details) };
}
