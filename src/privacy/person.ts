import { asc, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { identitiesOfPerson, ofPerson, personBehind } from '../db/requester-queries.ts';
import { tickets } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import { type Identity, identityName, identityOf } from '../domain/requester.ts';

/** A person as far as the desk knows of them. */
export interface KnownPerson {
  /** Everything by which they are known, what was asked for first. */
  identities: readonly Identity[];
  /** The names under which they wrote. */
  names: readonly string[];
  tickets: readonly { key: string; number: number; isOpen: boolean }[];
}

/**
 * Whom an address, a number or an id of a chat belongs to, with everything else that is theirs.
 *
 * @throws Problem `person.not-named`
 */
export async function findPerson(queries: Queries, written: string): Promise<KnownPerson> {
  const asked = identityOf(written);
  if (asked === null) {
    throw new Problem({
      code: 'person.not-named',
      message: `"${written}" names nobody.`,
      fix: 'Write a mail address, or a kind and a value, such as phone:+4915112345 or slack:U123.',
    });
  }
  const id = await personBehind(queries, asked);
  const known = id === null ? [] : await identitiesOfPerson(queries, id);
  const identities = [asked, ...known.filter((each) => identityName(each) !== identityName(asked))];
  const rows = await queries
    .select({
      key: tickets.key,
      number: tickets.number,
      isOpen: tickets.isOpen,
      name: sql<string>`${tickets.ticket} #>> '{requester,name}'`,
    })
    .from(tickets)
    .where(ofPerson(identities))
    .orderBy(asc(tickets.number));
  const names = [...new Set(rows.map(({ name }) => name))].filter((name) => name !== '');
  return { identities, names, tickets: rows.map(({ key, number, isOpen }) => ({ key, number, isOpen })) };
}
