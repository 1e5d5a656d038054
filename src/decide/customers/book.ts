import { type AccountFields, type Identity, identityName } from '../../domain/requester.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { domainOf } from '../conditions/fields.ts';
import type { LookedUp } from '../facts.ts';
import { isFreeMail } from './free-mail.ts';

/** A customer, as the desk keeps it by hand. */
export interface Account {
  name: string;
  /** Everything that is known of it: its name, and what the desk says of tier, VIP and the rest. */
  fields: AccountFields;
}

/** What the desk itself knows of its customers. */
export interface CustomerBook {
  /** By name, in small letters. */
  accounts: ReadonlyMap<string, Account>;
  /** Names of the accounts that claim an identity, by `identityName`; more than one is a mistake, and none counts. */
  byIdentity: ReadonlyMap<string, readonly string[]>;
  byDomain: ReadonlyMap<string, readonly string[]>;
  /** VIPs beside the accounts: identities by their names, and domains. */
  vips: ReadonlySet<string>;
  /** Everything by which the desk says that one person is known, by the name of each of it. */
  aliases: ReadonlyMap<string, readonly Identity[]>;
  /** Form questions whose answer names the account. */
  questions: readonly string[];
  /** The fields that each look-up gives, and whether their `name` is one of an account. */
  lookups: readonly { name: string; fields: readonly string[]; namesAccount: boolean }[];
}

/** A desk that keeps nothing of its customers. */
export const EMPTY_BOOK: CustomerBook = {
  accounts: new Map(),
  byIdentity: new Map(),
  byDomain: new Map(),
  vips: new Set(),
  aliases: new Map(),
  questions: [],
  lookups: [],
};

/** Whether there is anything in it. */
export function isEmptyBook({ accounts, vips, aliases, lookups }: CustomerBook): boolean {
  return accounts.size + vips.size + aliases.size + lookups.length === 0;
}

/** The account of a person, and what told it. `unsure` where several claim the person: nothing is guessed. */
export type Match =
  | { kind: 'account'; account: Account; by: 'identity' | 'domain' | 'lookup' | 'answer'; what: string }
  | { kind: 'unsure'; accounts: readonly string[]; what: string }
  | { kind: 'none' };

/** What can tell an account. */
export interface Seen {
  identities: readonly Identity[];
  /** Answers of a form. */
  fields: Ticket['fields'];
  /** What look-ups said. */
  lookedUp?: readonly LookedUp[];
}

/** By the person's addresses, numbers and chats first, then by the domain, a look-up, and what a form says. */
export function accountFor(book: CustomerBook, { identities, fields, lookedUp = [] }: Seen): Match {
  if (book.accounts.size === 0) return { kind: 'none' };
  const names = identities.map(identityName);
  return (
    matched(book, 'identity', claimsOf(book.byIdentity, names)) ??
    matched(
      book,
      'domain',
      claimsOf(
        book.byDomain,
        domainsOf(identities).flatMap((each) => nearest(book, each)),
      ),
    ) ??
    matched(book, 'lookup', namedIn(book, lookedUp)) ??
    matched(book, 'answer', answersIn(book, fields)) ?? { kind: 'none' }
  );
}

/** Whether the desk's own list has the person among its VIPs; what it goes by. */
export function vipOf({ vips }: CustomerBook, identities: readonly Identity[]): string | null {
  if (vips.size === 0) return null;
  const candidates = [...identities.map(identityName), ...domainsOf(identities).flatMap(domainAndAbove)];
  return candidates.find((each) => vips.has(each)) ?? null;
}

/** An account and what claims the person for it. */
interface Claim {
  account: string;
  what: string;
}

function claimsOf(claims: ReadonlyMap<string, readonly string[]>, names: readonly string[]): readonly Claim[] {
  return names.flatMap((what) => (claims.get(what) ?? []).map((account) => ({ account, what })));
}

function matched(
  { accounts }: CustomerBook,
  by: Extract<Match, { kind: 'account' }>['by'],
  claims: readonly Claim[],
): Match | null {
  const [first] = claims;
  if (first === undefined) return null;
  const names = [...new Set(claims.map(({ account }) => account))];
  const account = accounts.get(first.account.toLowerCase());
  if (names.length > 1) return { kind: 'unsure', accounts: names, what: first.what };
  return account === undefined ? null : { kind: 'account', account, by, what: first.what };
}

/** The account that a look-up names, of several the later. */
function namedIn({ accounts, lookups }: CustomerBook, lookedUp: readonly LookedUp[]): readonly Claim[] {
  const named = lookups.flatMap(({ name: what, namesAccount }) => {
    const name = namesAccount ? lookedUp.find(({ lookup }) => lookup === what)?.answer?.['name'] : undefined;
    const account = typeof name === 'string' ? accounts.get(name.toLowerCase()) : undefined;
    return account === undefined ? [] : [{ account: account.name, what }];
  });
  return named.slice(-1);
}

/** The domains of their addresses, but for those at which anybody gets one. */
export function domainsOf(identities: readonly Identity[]): readonly string[] {
  const domains = identities.flatMap(({ kind, value }) => (kind === 'email' ? (domainOf(value) ?? []) : []));
  return domains.filter((domain) => !isFreeMail(domain));
}

/** Of `mail.eu.acme.com` the first of itself, `eu.acme.com` and `acme.com` that an account claims. */
function nearest({ byDomain }: CustomerBook, domain: string): readonly string[] {
  const found = domainAndAbove(domain).find((each) => byDomain.has(each));
  return found === undefined ? [] : [found];
}

/** `mail.eu.acme.com`, `eu.acme.com` and `acme.com`, the nearest first. */
export function domainAndAbove(domain: string): readonly string[] {
  const parts = domain.split('.');
  return parts.slice(0, -1).map((_, index) => parts.slice(index).join('.'));
}

function answersIn({ accounts, questions }: CustomerBook, fields: Ticket['fields']): readonly Claim[] {
  const asked = new Set(questions.map((question) => question.toLowerCase()));
  return Object.entries(fields).flatMap(([question, answer]) => {
    const account = asked.has(question.toLowerCase()) ? accounts.get(answer.trim().toLowerCase()) : undefined;
    return account === undefined ? [] : [{ account: account.name, what: question }];
  });
}
