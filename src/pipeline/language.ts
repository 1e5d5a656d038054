import { desc, sql } from 'drizzle-orm';
import { ofPerson } from '../db/requester-queries.ts';
import { tickets } from '../db/schema.ts';
import { withoutQuotes } from '../decide/conditions/quoted.ts';
import type { Heard } from '../decide/facts.ts';
import { languageStated } from '../decide/language.ts';
import type { Occasion } from '../domain/occasion.ts';
import { identitiesOf, identityName } from '../domain/requester.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { LanguageDetector, LanguageGuess } from '../kit/language.ts';
import type { Desk } from './desk.ts';

/** So many of the latest tickets of a requester are looked at for the language of one. */
const MOST = 20;

/** A ticket of the same requester, and who chose its language, if anybody did. */
interface Known {
  key: string;
  number: number;
  openedAt: Temporal.Instant;
  language: string | null;
  by: string | null;
}

/** What words and memory tell of the language in which a requester writes; null on a desk that does not ask. */
export async function hearWords(desk: Desk, ticket: Ticket, occasion: Occasion): Promise<Heard | null> {
  if (desk.detectLanguage === null || languageStated(ticket) !== null) return null;
  const words = wordsOf(ticket, occasion, desk.detectLanguage);
  return { words, earlier: await earlierLanguage(desk, ticket) };
}

/** By the requester's own words; the subject counts only where these are few, for forms have one of their own. */
function wordsOf(ticket: Ticket, occasion: Occasion, detect: LanguageDetector): LanguageGuess | null {
  if (occasion.kind === 'replied') return detect(withoutQuotes(occasion.text));
  const own = withoutQuotes(ticket.description);
  return detect(own) ?? detect(`${ticket.subject}\n${own}`);
}

/** Of the latest tickets of the same requester: the language that a person chose, or else that of the newest. */
async function earlierLanguage(desk: Desk, ticket: Ticket): Promise<Heard['earlier']> {
  const identities = desk.customers.known.get(ticket.key)?.identities ?? identitiesOf(ticket.requester);
  if (identities.length === 0) return null;
  const stored = await desk.tx
    .select({
      key: tickets.key,
      number: tickets.number,
      openedAt: tickets.openedAt,
      language: sql<string | null>`${tickets.ticket} ->> 'language'`,
      by: sql<string | null>`${tickets.ticket} -> 'overrides' -> 'language' ->> 'by'`,
    })
    .from(tickets)
    .where(ofPerson(identities))
    .orderBy(desc(tickets.openedAt), desc(tickets.number))
    .limit(MOST);
  const names = new Set(identities.map(identityName));
  const held = [...desk.held.values()].flatMap(({ ticket: each }) =>
    identitiesOf(each.requester).some((identity) => names.has(identityName(identity))) ? [asKnown(each)] : [],
  );
  const known = [...held, ...stored.filter(({ key }) => !desk.held.has(key))]
    .filter(({ key }) => key !== ticket.key)
    .toSorted((one, other) => Temporal.Instant.compare(other.openedAt, one.openedAt) || other.number - one.number);
  return pick(known);
}

function asKnown({ key, number, openedAt, language, overrides }: Ticket): Known {
  return { key, number, openedAt, language, by: overrides.language?.by ?? null };
}

function pick(known: readonly Known[]): Heard['earlier'] {
  const told = known.flatMap(({ language, number, by }) => (language === null ? [] : [{ language, number, by }]));
  return told.find(({ by }) => by !== null) ?? told[0] ?? null;
}
