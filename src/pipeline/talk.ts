/** What the requester and the team wrote to each other on a ticket, after the request itself. */
import { asc, eq } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { messages } from '../db/schema.ts';
import { ownPart } from '../decide/conditions/quoted.ts';
import type { FurtherWords } from '../decide/facts.ts';
import { lastAnsweredAt, type Ticket } from '../domain/ticket.ts';
import type { Desk } from './desk.ts';

/** Of longer talks the latest of each side: what came before says little of what is asked now. */
const MOST_MESSAGES = 5;

/** Each without what it quotes, oldest first. */
export interface Talk {
  /** By the requester, before the team last answered; all of theirs where nobody has. */
  before: readonly string[];
  /** By the team. */
  answers: readonly string[];
  /** By the requester, since the team last answered. */
  since: readonly string[];
}

/** Reads what was said; `pending` is what the transaction has not written yet. */
export async function readTalk(
  queries: Queries,
  ticket: Ticket,
  pending: Desk['records']['messages'] = [],
): Promise<Talk> {
  const stored = await queries
    .select({ author: messages.author, visibility: messages.visibility, text: messages.text, at: messages.at })
    .from(messages)
    .where(eq(messages.ticketKey, ticket.key))
    .orderBy(asc(messages.at), asc(messages.id));
  const said = [...stored, ...pending.filter(({ ticketKey }) => ticketKey === ticket.key)];
  const open = said.filter(({ visibility }) => visibility === 'public');
  // The request itself is the first of its requester's messages.
  const asked = open.filter(({ author, at }) => author === 'customer' && isAfter(at, ticket.openedAt));
  const answeredAt = lastAnsweredAt(ticket);
  const isSince = (at: Temporal.Instant) => answeredAt !== null && isAfter(at, answeredAt);
  return {
    before: latest(asked.filter(({ at }) => !isSince(at))),
    answers: latest(open.filter(({ author }) => author === 'agent')),
    since: latest(asked.filter(({ at }) => isSince(at))),
  };
}

/** What waits for a further answer; null where nothing would be offered for it. */
export async function readFurther(desk: Desk, ticket: Ticket): Promise<FurtherWords | null> {
  const { offers, triage } = desk.config.policy;
  const isOffering = offers.articles.length > 0 || (triage.model?.draftsFor ?? []).length > 0;
  if (!isOffering) return null;
  const { since, answers } = await readTalk(desk.tx, ticket, desk.records.messages);
  if (since.length === 0) return null;
  const text = since.join('\n\n');
  return { text, answers, articles: offers.articles.length === 0 ? [] : desk.findArticles(offers.articles, text) };
}

function latest(said: readonly { text: string }[]): readonly string[] {
  return said.slice(-MOST_MESSAGES).map(({ text }) => ownPart(text).trim());
}

function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}
