import { createHmac, randomBytes } from 'node:crypto';
import { isOneOf } from './constant-time.ts';

/** So long a survey can be answered, and the answer corrected. */
const OPEN = { hours: 30 * 24 };

/** 128 bits, past any guessing, in an address that a mail may break into two lines. */
const SIGNATURE_BYTES = 16;

const TOKEN = /^([0-9A-HJKMNP-TV-Z]{26})\.([0-9a-z]{1,9})\.([\w-]{22})$/;

/** Whose survey a token opens: that of the ticket, nobody's, or one that has ended. */
export type OpenedBy = { kind: 'open'; ticketKey: string } | { kind: 'unknown' | 'ended' };

/** Addresses that open the survey of one ticket to whoever has them, and to nobody else. */
export interface SurveyLinks {
  /** The page for a ticket whose requester is asked now; null when nobody outside could reach it. */
  linkTo(ticketKey: string, now: Temporal.Instant): string | null;
  /** What the token of an address opens. How long the answer takes tells nothing of the signature. */
  opens(token: string, now: Temporal.Instant): OpenedBy;
}

/**
 * `publicAddress` is where the internet reaches us, without a slash at its end; null when it does not. Without a
 * `secret` that outlasts us, what we sign is worth nothing after a restart.
 */
export function createSurveyLinks(given: { secret: string | undefined; publicAddress: string | null }): SurveyLinks {
  const { secret = randomBytes(24), publicAddress } = given;

  function signed(ticketKey: string, end: string): string {
    const signature = createHmac('sha256', secret).update(`survey ${ticketKey} ${end}`).digest();
    return signature.subarray(0, SIGNATURE_BYTES).toString('base64url');
  }

  return {
    linkTo(ticketKey, now) {
      if (publicAddress === null) return null;
      const end = seconds(now.add(OPEN)).toString(36);
      return `${publicAddress}/survey/${ticketKey}.${end}.${signed(ticketKey, end)}`;
    },
    opens(token, now) {
      const [, ticketKey, end, signature] = TOKEN.exec(token) ?? [];
      if (ticketKey === undefined || end === undefined || signature === undefined) return { kind: 'unknown' };
      if (!isOneOf(signature, [signed(ticketKey, end)])) return { kind: 'unknown' };
      return seconds(now) > Number.parseInt(end, 36) ? { kind: 'ended' } : { kind: 'open', ticketKey };
    },
  };
}

function seconds(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000);
}
