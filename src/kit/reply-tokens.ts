import { createHmac, randomBytes } from 'node:crypto';
import { isOneOf } from './constant-time.ts';

/** 80 bits, past any guessing by mail, in an address of which the part before the @ may have 64 characters. */
const SIGNATURE_BYTES = 10;
const SIGNATURE_CHARACTERS = 16;

/** A key is a ULID, 26 characters. Small letters alone: some servers change the letters of an address. */
const TOKEN = /^([0-9a-hjkmnp-tv-z]{26})([0-9a-v]{16})$/;

/** A token in an address, behind a plus. */
const IN_ADDRESS = /\+[0-9a-z]{42}@/gi;

/** More addresses than this are no letter to us. */
const MOST_TOKENS = 10;

/**
 * What an address bears behind a plus so that an answer finds its ticket, `support+<token>@example.com`: the key of the
 * ticket, signed, so that nothing is stored and nobody makes one up.
 */
export interface ReplyTokens {
  tokenOf(ticketKey: string): string;
  /** The ticket of a token; null when it is none of ours. How long the answer takes tells nothing of the signature. */
  opens(token: string): string | null;
}

/** Without a `secret` that outlasts us, addresses that we gave out lead nowhere after a restart. */
export function createReplyTokens({
  secret = randomBytes(24),
}: {
  secret?: string | Uint8Array | undefined;
}): ReplyTokens {
  function signed(ticketKey: string): string {
    const digest = createHmac('sha256', secret).update(`reply ${ticketKey}`).digest();
    const number = BigInt(`0x${digest.subarray(0, SIGNATURE_BYTES).toString('hex')}`);
    return number.toString(32).padStart(SIGNATURE_CHARACTERS, '0');
  }

  return {
    tokenOf: (ticketKey) => `${ticketKey.toLowerCase()}${signed(ticketKey)}`,
    opens(token) {
      const [, key, signature] = TOKEN.exec(token) ?? [];
      if (key === undefined || signature === undefined) return null;
      const ticketKey = key.toUpperCase();
      return isOneOf(signature, [signed(ticketKey)]) ? ticketKey : null;
    },
  };
}

/** The tokens in addresses of a mail. */
export function replyTokensIn(addresses: string): readonly string[] {
  const found = addresses.match(IN_ADDRESS) ?? [];
  return [...new Set(found.map((token) => token.slice(1, -1).toLowerCase()))].slice(0, MOST_TOKENS);
}

/** By what a message is said to belong to the ticket of a token. */
const PREFIX = 'reply:';

export function replyName(token: string): string {
  return `${PREFIX}${token}`;
}

/** The token in such a name; null for names of another kind. */
export function replyTokenOf(name: string): string | null {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : null;
}
