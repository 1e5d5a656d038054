/** Under which problem it stands in the outbox that nothing arrives at an address. */
export const NO_SUCH_ADDRESS = 'outbox.no-such-address';

/** What stands before the words of the mail system there. */
const NOTHING_ARRIVES = 'Nothing arrives at this address: ';

/** That problem, with what the mail system says: of a requester's address, or of one of the team's own. */
export function noSuchAddress(says: string, whose: 'requester' | 'team') {
  const fix =
    whose === 'requester'
      ? 'Ask the requester for another one, or try again once the address works.'
      : 'Correct it where it stands in the config: letters to come go to the new one. Pass on what this one says.';
  return { code: NO_SUCH_ADDRESS, message: `${NOTHING_ARRIVES}${says}`, fix };
}

/** What was said when a letter failed, as far as it is not ours. */
export function wordsOfFailure(message: string): string {
  return message.replace(NOTHING_ARRIVES, '').replace(/\.$/, '');
}

/** A status for good, RFC 3463: its class, then what it is about. */
const STATUS = /^5\.\d{1,3}\.\d{1,3}$/;

/**
 * Those that say nothing of the address: the sender is at fault (1.7 to 1.9), the mailbox is full (2.2 to 2.4), the
 * system (3), the talk of servers (5), the message (6), or somebody's policy (7).
 */
const NOT_OF_ADDRESS = /^5\.(?:1\.[789]|2\.[234]|[3567]\.\d+)$/;

/** Statuses that say nothing at all. */
const SAYS_NOTHING = /^5\.0\.0$/;

/** What servers that give no status say of us rather than of the address. */
const OF_US =
  /relay|spam|block|polic(?:y|ies)|reputation|authenti|denied|not permitted|sender|spf|dkim|dmarc|quota|full|size/i;

/** Answers to a recipient, RFC 5321 section 4.2.3: not here, not local, not by that name. */
const OF_RECIPIENT = /^(?:550|551|553)\b/;

/**
 * Whether a refusal for good says that nothing arrives at the address, whatever is sent and whoever sends it.
 * `status` is that of RFC 3463, null where none is given; `says` are the server's words.
 */
export function isAddressDead(status: string | null, says: string): boolean {
  if (status !== null && STATUS.test(status) && !SAYS_NOTHING.test(status)) return !NOT_OF_ADDRESS.test(status);
  return OF_RECIPIENT.test(says.trim()) && !OF_US.test(says);
}

/** The status in a server's words; null where it gives none. */
export function statusIn(says: string): string | null {
  return /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(says)?.[0] ?? null;
}
