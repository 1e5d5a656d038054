import { sql } from 'drizzle-orm';
import type { Connection } from '../../src/db/connection.ts';
import { outcomes, stays, tickets } from '../../src/db/schema.ts';
import { aTicket, at } from './builders.ts';
import { createChance } from './chance.ts';

/** What a generated history ends with. */
export const HISTORY_NOW = at('2026-11-20T10:06:00Z');

export type OutcomeRow = typeof outcomes.$inferInsert;

/** The row of a ticket of which nothing happened yet. */
export function anOutcome(overrides: Partial<OutcomeRow> = {}): OutcomeRow {
  const number = overrides.number ?? 1042;
  return {
    ticketKey: `01JD3G2N0000000000000${String(number).padStart(5, '0')}`,
    number,
    openedAt: HISTORY_NOW,
    channel: 'website',
    language: null,
    segment: null,
    customer: 'greta@example.com',
    category: 'billing',
    givenBy: 'rule',
    priority: 'medium',
    queue: 'support',
    assignee: null,
    status: 'open',
    isOpen: true,
    needsReview: false,
    isLight: false,
    firstRespondedAt: null,
    firstReplyOpenMinutes: null,
    resolvedAt: null,
    resolutionOpenMinutes: null,
    closedAt: null,
    firstReplySettledAt: null,
    firstReplyKept: null,
    resolutionSettledAt: null,
    resolutionKept: null,
    breachedAt: null,
    escalatedAt: null,
    reopenCount: 0,
    contactCount: 1,
    assignmentCount: 0,
    surveyedAt: null,
    score: null,
    followUpOf: null,
    incident: null,
    ...overrides,
  };
}

/** So many tickets of the last so many days, in every state, the same for the same seed. */
export function aHistory(given: {
  seed: number;
  count: number;
  days: number;
  customers?: number;
}): readonly OutcomeRow[] {
  const { seed, count, days, customers = 40 } = given;
  const chance = createChance(seed);
  return Array.from({ length: count }, (_, index) => anyOutcome(chance, { number: 1000 + index, days, customers }));
}

function anyOutcome(
  chance: () => number,
  { number, days, customers }: { number: number; days: number; customers: number },
): OutcomeRow {
  const openedAt = HISTORY_NOW.subtract({ minutes: Math.floor(chance() * days * 1440) });
  const later = (share: number, minutes: number) => {
    if (chance() > share) return null;
    const moment = openedAt.add({ minutes: 1 + Math.floor(chance() * minutes) });
    return Temporal.Instant.compare(moment, HISTORY_NOW) < 0 ? moment : null;
  };
  const [firstRespondedAt, resolvedAt, brokenAt] = [later(0.9, 600), later(0.8, 6000), later(0.2, 300)];
  const surveyedAt = resolvedAt === null || chance() < 0.5 ? null : resolvedAt;
  const isBroken =
    brokenAt !== null && (firstRespondedAt === null || brokenAt.epochMilliseconds < firstRespondedAt.epochMilliseconds);
  return anOutcome({
    number,
    openedAt,
    channel: pick(chance, ['website', 'mail', 'slack']),
    category: pick(chance, ['billing', 'technical', null]),
    givenBy: pick(chance, ['rule', 'classifier', 'person', null]),
    priority: pick(chance, ['low', 'medium', 'high', 'critical']),
    segment: pick(chance, ['gold', null]),
    language: pick(chance, ['en', 'de', null]),
    customer: `customer ${Math.floor(chance() * customers)}`,
    queue: pick(chance, ['support', 'review']),
    assignee: pick(chance, ['Ana', 'Ben', null]),
    status: resolvedAt === null ? 'open' : 'resolved',
    isOpen: resolvedAt === null,
    needsReview: resolvedAt === null && chance() < 0.1,
    firstRespondedAt,
    firstReplyOpenMinutes: firstRespondedAt === null ? null : Math.floor(chance() * 300),
    resolvedAt,
    resolutionOpenMinutes: resolvedAt === null ? null : Math.floor(chance() * 3000),
    firstReplySettledAt: isBroken ? brokenAt : firstRespondedAt,
    firstReplyKept: isBroken ? false : firstRespondedAt === null ? null : true,
    breachedAt: isBroken ? brokenAt : null,
    escalatedAt: later(0.1, 600),
    reopenCount: chance() < 0.1 ? 1 : 0,
    assignmentCount: Math.floor(chance() * 3),
    surveyedAt,
    score: surveyedAt === null || chance() < 0.6 ? null : pick(chance, [1, 2, 3, 4, 5]),
  });
}

function pick<T>(chance: () => number, among: readonly T[]): T {
  return among[Math.floor(chance() * among.length)] as T;
}

/** Writes a history as the pipeline would have: the rows that reports count, their tickets and their stays. */
export async function writeHistory({ queries }: Connection, rows: readonly OutcomeRow[]): Promise<void> {
  for (const part of inParts(rows, 500)) {
    await queries.insert(outcomes).values([...part]);
    await queries.insert(tickets).values(part.map(ticketRow));
    await queries.insert(stays).values(part.flatMap(staysOf));
  }
  await queries.execute(sql`analyze`);
}

function ticketRow(row: OutcomeRow): typeof tickets.$inferInsert {
  const {
    number,
    openedAt,
    channel,
    category = null,
    priority,
    queue,
    status,
    resolvedAt = null,
    assignee = null,
  } = row;
  const ticket = aTicket({ number, openedAt, channel, category, priority, queue, assignee, status, resolvedAt });
  return { key: row.ticketKey, ticket, fingerprint: String(number), openedAt, updatedAt: openedAt };
}

function staysOf({ ticketKey, openedAt, queue, assignee, resolvedAt = null }: OutcomeRow) {
  const place = { ticketKey, queue, assignee };
  const open = {
    ...place,
    startedAt: openedAt,
    endedAt: resolvedAt,
    status: 'open' as const,
    isOpen: true,
    opens: 1 as const,
  };
  if (resolvedAt === null) return [open];
  const end = { startedAt: resolvedAt, endedAt: null, status: 'resolved' as const, isOpen: false, opens: -1 as const };
  return [open, { ...place, ...end }];
}

function* inParts<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
