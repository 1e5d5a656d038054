import { sql } from 'drizzle-orm';
import { rowsOf } from '../../db/rows-of.ts';
import type { Queries } from '../../db/connection.ts';
import { type Identity, identityName } from '../../domain/requester.ts';

/** A person, as everything by which they are known. */
export interface Contact {
  /** The key of the ticket with which they were first seen, unless that ticket was somebody else's before. */
  id: string;
  identities: Map<string, Identity>;
}

/** Who is who, as far as a transaction knows: read in bulk, kept up to date, and written when it ends. */
export interface Contacts {
  /** By the name of each identity; null for one that nobody has. */
  byIdentity: Map<string, Contact | null>;
  /** Identities that are new to somebody. */
  changed: Map<string, Identity>;
}

/** What says who asks. */
export interface Asker {
  /** Who they become, when nobody knows them yet. */
  id: string;
  /** Known to be of one person: by our own tickets, by the config, by a look-up. */
  sure: readonly Identity[];
  /** Given along with them by the sender. */
  given: readonly Identity[];
}

export function openContacts(): Contacts {
  return { byIdentity: new Map(), changed: new Map() };
}

/**
 * Reads to whom these belong, and by what else each of those people is known. Each step is one into an index, also
 * before the planner has counted the table: as a join it reads all of it for each batch of requests.
 */
export async function readContacts({ byIdentity }: Contacts, wanted: readonly Identity[], tx: Queries): Promise<void> {
  const unread = wanted.filter((each) => !byIdentity.has(identityName(each)));
  if (unread.length === 0) return;
  for (const each of unread) byIdentity.set(identityName(each), null);
  const asked = JSON.stringify(unread.map(({ kind, value }) => ({ kind, value })));
  const rows = rowsOf<{ kind: string; value: string; id: string }>(
    await tx.execute(sql`
      select other.kind, other.value, other.requester_id as id from identities as other
      where other.requester_id = any(array(
        select found.requester_id
        from jsonb_to_recordset(${asked}::jsonb) as asked (kind text, value text)
        cross join lateral (
          select requester_id from identities where kind = asked.kind and value = asked.value limit 1
        ) as found
      ))
    `),
  );
  for (const [id, theirs] of Map.groupBy(rows, (row) => row.id)) {
    const named = theirs.map(({ kind, value }): [string, Identity] => [identityName({ kind, value }), { kind, value }]);
    const contact = { id, identities: new Map(named) };
    for (const name of contact.identities.keys()) byIdentity.set(name, contact);
  }
}

/**
 * The person who asks. What surely belongs together is one person from now on. Something that is given besides and
 * belongs to somebody else is doubtful, and joins nobody. Null for who is known by nothing.
 */
export function meet(contacts: Contacts, asker: Asker): { contact: Contact; doubtful: readonly Identity[] } | null {
  const [first] = [...asker.sure, ...asker.given];
  if (first === undefined) return null;
  const together = asker.sure.length === 0 ? [first] : asker.sure;
  const contact = unite(contacts, together, asker.id);
  const doubtful = asker.given.filter((each) => {
    const owner = contacts.byIdentity.get(identityName(each)) ?? null;
    if (owner === null) join(contacts, contact, each);
    return owner !== null && owner !== contact;
  });
  return { contact, doubtful };
}

/** The oldest of the people who turn out to be one keeps the name. */
function unite(contacts: Contacts, identities: readonly Identity[], id: string): Contact {
  const known = identities.flatMap((each) => contacts.byIdentity.get(identityName(each)) ?? []);
  const [contact = { id, identities: new Map() }, ...others] = [...new Set(known)].toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
  for (const other of others) for (const each of other.identities.values()) join(contacts, contact, each);
  for (const each of identities) if (!contact.identities.has(identityName(each))) join(contacts, contact, each);
  return contact;
}

function join({ byIdentity, changed }: Contacts, contact: Contact, identity: Identity): void {
  const name = identityName(identity);
  contact.identities.set(name, identity);
  byIdentity.set(name, contact);
  changed.set(name, identity);
}

/** Writes who is new, and who turned out to be somebody else. */
export async function saveContacts({ byIdentity, changed }: Contacts, tx: Queries): Promise<void> {
  if (changed.size === 0) return;
  const rows = [...changed].flatMap(([name, { kind, value }]) => {
    const contact = byIdentity.get(name) ?? null;
    return contact === null ? [] : [{ kind, value, id: contact.id }];
  });
  await tx.execute(sql`
    insert into identities (kind, value, requester_id)
    select kind, value, id from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as met (kind text, value text, id text)
    on conflict (kind, value) do update set requester_id = excluded.requester_id
  `);
}
