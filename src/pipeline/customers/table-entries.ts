import type { MatchedBy, TableLookUp } from '../../config/table-lookups.ts';
import { isFreeMail } from '../../decide/customers/free-mail.ts';
import { type AccountFields, type Identity, identity, identityName, identityOf } from '../../domain/requester.ts';
import { storable } from '../../kit/storable-text.ts';
import type { Cell } from '../../ports/ticket-store.ts';
import { fieldValue, MOST_IDENTITIES } from './field-value.ts';

/** What a row of a table says of a person, or of everybody behind a domain. */
export interface Entry {
  /** By what it is found: see `keysFor`. */
  keys: readonly string[];
  fields: AccountFields;
  /** Other addresses, numbers and ids of the person. */
  identities: readonly Identity[];
}

/** An id of which the row does not say of which chat it is. */
const ANY_CHAT = 'any chat';

/** Between the addresses, numbers or ids of one cell. */
const BETWEEN = /[,;\n]+/;

/** Longer than any address, number, id or link; what is longer is writing, and tells nobody. */
const LONGEST_TEXT = 2000;

/** A tick as people write one where the column holds texts or figures. */
const YES: ReadonlySet<string> = new Set(['true', 'yes', '1']);

/** What stands in a row, by the titles of its columns. */
export function entryOf(cells: Readonly<Record<string, Cell>>, { match, answers, samePerson }: TableLookUp): Entry {
  const by = (kind: MatchedBy) => textsIn(cells[match[kind] ?? ''] ?? null);
  const addresses = by('email').flatMap(addressesIn);
  const chats = by('chat').flatMap((text) => chatIn(text) ?? []);
  const numbers = by('phone').flatMap((text) => identity('phone', text) ?? []);
  const domains = by('domain').flatMap((text) => domainIn(text) ?? []);
  const others = textsIn(cells[samePerson ?? ''] ?? null).flatMap((text) => identityOf(text) ?? []);
  return {
    keys: [...[...addresses, ...chats, ...numbers].map(identityName), ...domains.map(domainKey)],
    fields: fieldsIn(cells, answers),
    identities: others.slice(0, MOST_IDENTITIES),
  };
}

/** The keys under which an identity may be found. */
export function keysFor(known: Identity): readonly string[] {
  if (known.kind === 'email' || known.kind === 'phone') return [identityName(known)];
  return [identityName(known), identityName({ kind: ANY_CHAT, value: known.value })];
}

/** No address begins so. */
export function domainKey(domain: string): string {
  return `@${domain}`;
}

function textsIn(cell: Cell): readonly string[] {
  const texts = typeof cell === 'object' && cell !== null ? cell : cell === null ? [] : [String(cell)];
  const parts = texts.flatMap((text) => storable(text).split(BETWEEN)).map((text) => text.trim());
  return parts.filter((text) => text !== '' && text.length <= LONGEST_TEXT);
}

/** `Greta <greta@acme.example>` and links to write to somebody hold an address, too. */
function addressesIn(text: string): readonly Identity[] {
  const found = text.replace(/^mailto:/i, '').match(/[^\s@<>"()]+@[^\s@<>"()]+/g) ?? [];
  return found.flatMap((address) => identity('email', address) ?? []);
}

function chatIn(text: string): Identity | null {
  return /^[a-z]{2,20}:./.test(text) ? identityOf(text) : identity(ANY_CHAT, text);
}

/** `@acme.example` and `https://www.acme.example/` name a domain, too. */
function domainIn(text: string): string | null {
  const [, domain] = /^(?:https?:\/\/)?(?:www\.)?@?([^\s/@:]+\.[^\s/@:.]+)\.?(?:[/:].*)?$/i.exec(text) ?? [];
  return domain === undefined || isFreeMail(domain) ? null : domain.toLowerCase();
}

/** Cells that are empty are left out. */
function fieldsIn(cells: Readonly<Record<string, Cell>>, answers: TableLookUp['answers']): AccountFields {
  const found = Object.entries(answers).flatMap(([name, title]) => {
    const value = valueIn(cells[title] ?? null);
    if (value === null) return [];
    return [[name, name === 'vip' ? YES.has(String(value).toLowerCase()) : value] as const];
  });
  return Object.fromEntries(found);
}

function valueIn(cell: Cell): string | number | boolean | null {
  return fieldValue(typeof cell === 'object' && cell !== null ? cell.join(', ') : cell);
}
