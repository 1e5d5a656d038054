import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { type Identity, identitiesOf, type Requester } from '../domain/requester.ts';
import type { Queries } from './connection.ts';
import { identities, tickets } from './schema.ts';

/** Everything by which a person is known, addresses first; nothing for who is nobody. */
export async function identitiesOfPerson(queries: Queries, id: string): Promise<readonly Identity[]> {
  const rows = await queries
    .select({ kind: identities.kind, value: identities.value })
    .from(identities)
    .where(eq(identities.requesterId, id))
    .orderBy(sql`${identities.kind} <> 'email'`, identities.kind, identities.value);
  return rows;
}

/** Whose identity it is; null when it is nobody's. */
export async function personBehind(queries: Queries, { kind, value }: Identity): Promise<string | null> {
  const [row] = await queries
    .select({ id: identities.requesterId })
    .from(identities)
    .where(and(eq(identities.kind, kind), eq(identities.value, value)));
  return row?.id ?? null;
}

/** The person who asks with a ticket; null when nothing tells who that is. */
export function personOf(queries: Queries, requester: Pick<Requester, 'email' | 'identities'>): Promise<string | null> {
  const [first] = identitiesOf(requester);
  return first === undefined ? Promise.resolve(null) : personBehind(queries, first);
}

/** Picks the tickets of a person, whichever way they came. The second half is worded as its index is. */
export function ofPerson(known: readonly Identity[]): SQL {
  const addresses = known.flatMap(({ kind, value }) => (kind === 'email' ? [value] : []));
  const remembered = known.map(
    ({ kind, value }) =>
      sql`${tickets.ticket} -> 'requester' -> 'identities' @> ${JSON.stringify([{ kind, value }])}::jsonb`,
  );
  const [only] = addresses;
  if (only === undefined && remembered.length === 0) return sql`false`;
  // Whoever is known by one address is remembered by none besides, and has an index that is in order, too.
  if (only !== undefined && known.length === 1) return eq(tickets.requesterEmail, only);
  return sql`(${inArray(tickets.requesterEmail, addresses)} or (${tickets.ticket} -> 'requester' ? 'identities'
    and (${sql.join(remembered, sql` or `)})))`;
}
