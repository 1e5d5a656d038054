import { createHmac, randomBytes } from 'node:crypto';
import { isOneOf } from './constant-time.ts';

/**
 * Pages for whoever has their address, and how long each is open: a survey can be answered, and the answer corrected;
 * the page of a ticket is led to by every letter anew.
 */
const OPEN = { survey: { hours: 30 * 24 }, ticket: { hours: 180 * 24 } } as const;
export type Page = keyof typeof OPEN;

/** 128 bits, past any guessing, in an address that a mail may break into two lines. */
const SIGNATURE_BYTES = 16;

const TOKEN = /^([0-9A-HJKMNP-TV-Z]{26})\.([0-9a-z]{1,9})\.([\w-]{22})$/;

/** Whose page a token opens: that of the ticket, nobody's, or one that has ended. */
export type OpenedBy = { kind: 'open'; ticketKey: string } | { kind: 'unknown' | 'ended' };

/** Addresses that open a page of one ticket to whoever has them, and to nobody else. */
export interface PageLinks {
  /** The page for a ticket whose requester is written to now; null when nobody outside could reach it. */
  linkTo(page: Page, ticketKey: string, now: Temporal.Instant): string | null;
  /** What the token of an address opens. How long the answer takes tells nothing of the signature. */
  opens(page: Page, token: string, now: Temporal.Instant): OpenedBy;
}

/**
 * `publicAddress` is where the internet reaches us, without a slash at its end; null when it does not. Without a
 * `secret` that outlasts us, what we sign is worth nothing after a restart.
 */
export function createPageLinks(given: { secret: string | undefined; publicAddress: string | null }): PageLinks {
  const { secret = randomBytes(24), publicAddress } = given;

  function signed(page: Page, ticketKey: string, end: string): string {
    const signature = createHmac('sha256', secret).update(`${page} ${ticketKey} ${end}`).digest();
    return signature.subarray(0, SIGNATURE_BYTES).toString('base64url');
  }

  return {
    linkTo(page, ticketKey, now) {
      if (publicAddress === null) return null;
      const end = seconds(now.add(OPEN[page])).toString(36);
      return `${publicAddress}/${page}/${ticketKey}.${end}.${signed(page, ticketKey, end)}`;
    },
    opens(page, token, now) {
      const [, ticketKey, end, signature] = TOKEN.exec(token) ?? [];
      if (ticketKey === undefined || end === undefined || signature === undefined) return { kind: 'unknown' };
      if (!isOneOf(signature, [signed(page, ticketKey, end)])) return { kind: 'unknown' };
      return seconds(now) > Number.parseInt(end, 36) ? { kind: 'ended' } : { kind: 'open', ticketKey };
    },
  };
}

function seconds(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000);
}
