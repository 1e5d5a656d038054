/** What is known of the account that a requester belongs to: plan, tier, invoice, region … */
export type AccountFields = Readonly<Record<string, string | number | boolean>>;

/** Something by which a person is recognised: a mail address, a telephone number, an id in a chat. */
export interface Identity {
  /** `email`, `phone`, or the chat that gave the id: `slack`, `whatsapp`; `chat` where nobody says which. */
  kind: string;
  /** As `identity` makes it, so that two ways of writing the same are one. */
  value: string;
}

/** The person who asks. Unconfirmed: whoever fills a form can type any address. */
export interface Requester {
  name: string;
  /** Lower case; null when the channel gave none. */
  email: string | null;
  /** All that is known of the account, wherever from. */
  account: AccountFields;
  /** What the sender itself said of the account. Left out where nothing else is known of it. */
  said?: AccountFields;
  /** By what else the person is known: other addresses, numbers, chats. A name for one person only. */
  identities?: readonly Identity[];
}

/** Why a look-up gave nothing of a person. */
export type Gap = 'slow' | 'unreachable' | 'forbidden' | 'refused' | 'unreadable' | 'resting';

/** Whether the account says so: `vip` is true. A VIP goes first. */
export function isVip({ account }: Pick<Requester, 'account'>): boolean {
  return account['vip'] === true;
}

/** The longest value that is taken for an identity; a mail address has 254 characters at most (RFC 5321). */
const LONGEST_VALUE = 254;

/** An identity in the one way in which we write it; null for what can be none. */
export function identity(kind: string, value: string): Identity | null {
  const plain = kind === 'phone' ? phoneNumber(value) : value.trim();
  const written = kind === 'email' ? plain.toLowerCase() : plain;
  return written === '' || written.length > LONGEST_VALUE ? null : { kind, value: written };
}

/** Spaces, dots and brackets are for the eye, and 00 stands for the + of another country. */
function phoneNumber(written: string): string {
  const digits = written.replaceAll(/[\s()./-]/g, '').replace(/^00/, '+');
  return /^\+?\d{5,20}$/.test(digits) ? digits : '';
}

/**
 * What a person writes for an identity: `greta@example.com`, `phone:+49 151 12345`, `slack:U123`. Null for what can
 * be none.
 */
export function identityOf(written: string): Identity | null {
  const [, kind, value] = /^([a-z]{2,20}):(.+)$/s.exec(written.trim()) ?? [];
  if (kind !== undefined && value !== undefined) return identity(kind, value);
  return /^[^\s@]+@[^\s@]+$/.test(written.trim()) ? identity('email', written) : null;
}

/** An identity as people write it, and as it is told from all others. */
export function identityName({ kind, value }: Identity): string {
  return kind === 'email' ? value : `${kind}:${value}`;
}

/** Every mail address at which a requester is known, that of the ticket first. */
export function addressesOf(requester: Pick<Requester, 'email' | 'identities'>): readonly string[] {
  return identitiesOf(requester).flatMap(({ kind, value }) => (kind === 'email' ? [value] : []));
}

/** Everything by which a requester is known, the address first. */
export function identitiesOf({ email, identities = [] }: Pick<Requester, 'email' | 'identities'>): readonly Identity[] {
  const address = email === null ? null : identity('email', email);
  return address === null ? identities : [address, ...identities];
}
