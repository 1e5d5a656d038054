import { type AccountFields, type Identity, identityName, isVip } from '../../domain/requester.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { isOpen } from '../../domain/ticket.ts';
import type { Customer, LookedUp } from '../facts.ts';
import type { Because, Turn } from '../turn.ts';
import { accountFor, type CustomerBook, type Match, vipOf } from './book.ts';

/** More identities than any one person has are not remembered with a ticket. */
const MOST_IDENTITIES = 20;

/**
 * Puts together what is known of who asks. What the desk keeps by hand counts more than what a look-up says, and that
 * more than what the sender says; each tells what it gave. Nothing of it is a person's edit, and nothing is guessed.
 */
export function knowCustomer(turn: Turn): void {
  const { customer } = turn.facts;
  if (customer === null || turn.ticket.status === 'closed') return;
  const { account, match, vip } = accountOf(turn.ticket, customer, turn.policy.customers);
  tellDoubts(turn, customer, match);
  tellLookUps(turn, account, customer);
  tellAccount(turn, match);
  tellVip(turn, { account, by: vip ?? vipAccountOf(match) });
  remember(turn, account, customer);
  if (isOpen(turn.ticket.status)) for (const { askAgainAt } of customer.lookedUp) turn.wakeAt(askAgainAt);
}

/** Whether more, or something else, is known of the account by now than the ticket has. */
export function isOtherAccount(ticket: Ticket, asker: Asker, book: CustomerBook): boolean {
  return !sameAccount(accountOf(ticket, asker, book).account, ticket.requester.account);
}

type Asker = Pick<Customer, 'identities' | 'lookedUp'>;

/** What tells of the account: the lower in this list, the more it counts. */
function accountOf({ requester, fields }: Ticket, { identities, lookedUp }: Asker, book: CustomerBook) {
  const match = accountFor(book, { identities, fields, lookedUp });
  const vip = vipOf(book, identities);
  const account: AccountFields = {
    ...saidOf(requester),
    ...lookUpFields(book, requester.account, lookedUp),
    ...(match.kind === 'account' ? match.account.fields : {}),
    ...(vip === null ? {} : { vip: true }),
  };
  return { account, match, vip };
}

function saidOf({ said, account }: Ticket['requester']): AccountFields {
  return said ?? account;
}

/** Where a look-up has nothing to say, what it said before stays. */
function lookUpFields({ lookups }: CustomerBook, before: AccountFields, lookedUp: readonly LookedUp[]): AccountFields {
  const all = lookups.map(({ name, fields }) => {
    const answer = lookedUp.find(({ lookup }) => lookup === name)?.answer ?? null;
    return answer ?? Object.fromEntries(Object.entries(before).filter(([field]) => fields.includes(field)));
  });
  return Object.assign({}, ...all);
}

/** Where somebody must be asked, once: when the request comes in. */
function tellDoubts(turn: Turn, { doubtful }: Customer, match: Match): void {
  if (turn.occasion.kind !== 'received') return;
  if (match.kind === 'unsure') {
    turn.note(because('intake.account_unsure', { accounts: match.accounts, what: match.what }));
  }
  if (doubtful.length > 0) turn.note(because('intake.person_unsure', { others: doubtful.map(identityName) }));
}

/** What a look-up says that the ticket did not know, and what it fails to say of a message that has just come. */
function tellLookUps(turn: Turn, account: AccountFields, { lookedUp }: Customer): void {
  const { occasion, note } = turn;
  const isMessage = occasion.kind === 'received' || (occasion.kind === 'replied' && occasion.by === 'customer');
  for (const said of lookedUp) {
    const { lookup, gap, unsure } = said;
    const source = { kind: 'policy', name: `look-up ${lookup}` } as const;
    const says = [...saysNow(turn, account, said), ...saysNoMore(turn, account, said)];
    if (unsure !== undefined) {
      if (isMessage || says.length > 0) note({ ...because('intake.lookup_unsure', { lookup, ...unsure }), source });
      continue;
    }
    if (says.length > 0) note({ ...because('intake.looked_up', { lookup, says }), source });
    if (gap !== null && isMessage) note({ ...because('intake.lookup_gap', { lookup, gap }), source });
  }
}

/** All of it when the request comes in; later what comes to count, as what somebody else knows better is no news. */
function saysNow({ occasion, ticket }: Turn, account: AccountFields, { answer }: LookedUp): readonly string[] {
  const counts = Object.entries(answer ?? {}).filter(
    ([name, value]) => occasion.kind === 'received' || account[name] === value,
  );
  return newsIn(Object.fromEntries(counts), ticket.requester.account);
}

/** `no tier`: what it said before, it or nobody, and what nobody says any more. */
function saysNoMore(turn: Turn, account: AccountFields, { lookup, answer }: LookedUp): readonly string[] {
  const { requester } = turn.ticket;
  const fields = turn.policy.customers.lookups.find(({ name }) => name === lookup)?.fields ?? [];
  const gone = answer === null ? [] : fields.filter((field) => field in requester.account && !(field in account));
  return gone.map((field) => `no ${fieldWord(field)}`);
}

function tellAccount({ ticket, note }: Turn, match: Match): void {
  if (match.kind !== 'account') return;
  const { by, what, account } = match;
  // That it is a VIP is told by itself.
  const { name, vip: _vip, ...gives } = account.fields;
  const news = newsIn(gives, ticket.requester.account);
  if (news.length === 0 && ticket.requester.account['name'] === name) return;
  note(because('intake.account', { account: account.name, by, what, gives: news }));
}

function vipAccountOf(match: Match): string | null {
  return match.kind === 'account' && isVip({ account: match.account.fields }) ? match.account.name : null;
}

/** Once: when the request comes in, or when it turns out. */
function tellVip(
  { occasion, ticket, note }: Turn,
  { account, by }: { account: AccountFields; by: string | null },
): void {
  const isNews = occasion.kind === 'received' || !isVip(ticket.requester);
  if (isVip({ account }) && isNews) note(because('intake.vip', { requester: ticket.requester.name, by }));
}

/** `tier enterprise`: the fields that say something else than what is known. */
function newsIn(fields: AccountFields, known: AccountFields): readonly string[] {
  return Object.entries(fields)
    .filter(([name, value]) => known[name] !== value)
    .map(([name, value]) => `${fieldWord(name)} ${String(value)}`);
}

/** The name of an account is what people call the account. */
function fieldWord(name: string): string {
  return name === 'name' ? 'account' : name;
}

function remember(turn: Turn, account: AccountFields, { identities }: Customer): void {
  const { requester } = turn.ticket;
  const others = identities.filter((each) => identityName(each) !== requester.email).slice(0, MOST_IDENTITIES);
  const isKnown = sameAccount(account, requester.account);
  if (isKnown && sameIdentities(others, requester.identities ?? [])) return;
  turn.keep('requester', {
    ...requester,
    ...(isKnown ? {} : { account, said: saidOf(requester) }),
    ...(others.length === 0 && requester.identities === undefined ? {} : { identities: others }),
  });
}

function sameAccount(one: AccountFields, other: AccountFields): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

function sameIdentities(one: readonly Identity[], other: readonly Identity[]): boolean {
  const names = new Set(other.map(identityName));
  return one.length === other.length && one.every((each) => names.has(identityName(each)));
}

function because(code: string, params: Because['params']): Because {
  return { stage: 'intake', code, params, evidence: [], source: { kind: 'policy', name: 'customers' } };
}
