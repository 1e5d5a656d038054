import { randomBytes } from 'node:crypto';

/** 192 bits, past any guessing; what `openssl rand -hex 24` makes. */
const SECRET_BYTES = 24;

/** The forms of secrets that we can make: letters and digits that stand in any address, or a key of Standard Webhooks. */
export type MadeAs = 'word' | 'standard-webhooks';

/**
 * Where a secret comes from: made by us, and pasted on the other side; or made there, and found `foundAt`. What that says
 * completes "You find it …", in the Markdown of the guides.
 */
export type SecretOrigin = { madeAs: MadeAs } | { foundAt: string };

/** The secrets that `channels.yaml` may name for a channel, by their keys there. */
export const SECRET_ROLES = ['token', 'secret', 'access'] as const;
export type SecretRole = (typeof SECRET_ROLES)[number];

/** Under which heading the guide of a channel stands. */
export const FAMILIES = ['forms', 'chats', 'mail', 'systems'] as const;
export type Family = (typeof FAMILIES)[number];

/** How a channel is set up: for its page in the console, and the list of the guides. */
export interface ChannelSetUp extends Partial<Record<SecretRole, SecretOrigin>> {
  family: Family;
  /** What a person does on the other side so that a request comes; a sentence, in the Markdown of the guides. */
  tryIt: string;
}

/** A secret that nobody had before. */
export function makeSecret(madeAs: MadeAs): string {
  const bytes = randomBytes(SECRET_BYTES);
  return madeAs === 'word' ? bytes.toString('hex') : `whsec_${bytes.toString('base64')}`;
}
