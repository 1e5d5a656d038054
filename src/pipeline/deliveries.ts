import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { outbox, type StoredProblem, undeliverable } from '../db/schema.ts';
import { asReached, type DeadAddress } from '../decide/undelivered.ts';
import type { DeliveryReport } from '../domain/message.ts';
import type { Ticket } from '../domain/ticket.ts';
import { noSuchAddress } from '../kit/dead-address.ts';

/** What is known of what we wrote, and of where it arrives. */
export interface Deliveries {
  /** Letters of ours, by the ids that reports name. */
  letters: Map<string, Letter>;
  /** By address in small letters; null where nothing is known against it. */
  dead: Map<string, DeadAddress | null>;
}

/** Something that left the house. */
export type Letter = Pick<
  typeof outbox.$inferSelect,
  'key' | 'ticketKey' | 'kind' | 'via' | 'recipient' | 'template'
> & {
  receipt: string;
};

interface Place {
  readonly tx: Queries;
  readonly now: Temporal.Instant;
  readonly deliveries: Deliveries;
}

export function openDeliveries(): Deliveries {
  return { letters: new Map(), dead: new Map() };
}

/** Reads which letters the reports mean, in one query for all. */
export async function readLetters({ tx, deliveries }: Place, reports: readonly DeliveryReport[]): Promise<void> {
  const named = [...new Set(reports.flatMap(({ of }) => of))].filter((id) => !deliveries.letters.has(id));
  if (named.length === 0) return;
  const { key, ticketKey, kind, via, recipient, template, receipt } = outbox;
  const rows = await tx
    .select({ key, ticketKey, kind, via, recipient, template, receipt })
    .from(outbox)
    .where(inArray(receipt, named));
  for (const row of rows)
    if (row.receipt !== null) deliveries.letters.set(row.receipt, { ...row, receipt: row.receipt });
}

/**
 * The letter that a report means. Nobody guesses its id, so whoever names it had it, or handled it; and only the system
 * over which it went can tell of it. `via` is the channel of a chat, null for mail.
 */
export function letterOf({ deliveries }: Place, { of }: DeliveryReport, via: string | null): Letter | null {
  const found = of.flatMap((id) => deliveries.letters.get(id) ?? []);
  return found.find((letter) => letter.via === via) ?? null;
}

/** Puts down that a letter which left did not arrive, unless that is known. Says whether it is news. */
export async function noteFailure({ tx, now }: Place, letter: Letter, report: DeliveryReport): Promise<boolean> {
  const noted = await tx
    .update(outbox)
    .set({ state: 'dead', problem: problemOf(report, letter), heardAt: now })
    .where(and(eq(outbox.receipt, letter.receipt), eq(outbox.state, 'sent')))
    .returning({ key: outbox.key });
  return noted.length > 0;
}

function problemOf({ says, isAddressDead }: DeliveryReport, { kind }: Letter): StoredProblem {
  return isAddressDead
    ? noSuchAddress(says, kind === 'message' ? 'requester' : 'team')
    : {
        code: 'outbox.not-delivered',
        message: `It left, and was not delivered: ${says}`,
        fix: 'See what the words say, and send it again, or reach them another way.',
      };
}

/** Reads of which addresses it is known that nothing arrives there. */
export async function readDead({ tx, deliveries }: Place, addresses: readonly (string | null)[]): Promise<void> {
  const named = addresses.flatMap((address) => address?.toLowerCase() ?? []);
  const unknown = [...new Set(named)].filter((address) => !deliveries.dead.has(address));
  if (unknown.length === 0) return;
  for (const address of unknown) deliveries.dead.set(address, null);
  const rows = await tx.select().from(undeliverable).where(inArray(undeliverable.address, unknown));
  for (const row of rows) deliveries.dead.set(row.address, row);
}

/** The ticket, knowing whether anything arrives at its requester's address. */
export async function asItIsReached(place: Place, ticket: Ticket): Promise<Ticket> {
  const { email } = ticket.requester;
  await readDead(place, [email]);
  return asReached(ticket, place.deliveries.dead.get(email?.toLowerCase() ?? '') ?? null);
}

/** Remembers that nothing arrives at an address, for all tickets of whoever has it. */
export async function markDead(
  { tx, deliveries }: Place,
  { address: written, since, reason, ticketKey }: DeadAddress & { ticketKey: string },
): Promise<void> {
  const address = written.toLowerCase();
  deliveries.dead.set(address, { address, since, reason });
  await tx
    .insert(undeliverable)
    .values({ address, since, reason, ticketKey })
    .onConflictDoUpdate({ target: undeliverable.address, set: { reason: sql`excluded.reason` } });
}

/** Forgets it. Says whether there was anything to forget. */
export async function markAlive(place: Place, written: string): Promise<boolean> {
  const { tx, deliveries } = place;
  const address = written.toLowerCase();
  await readDead(place, [address]);
  if (deliveries.dead.get(address) === null) return false;
  deliveries.dead.set(address, null);
  await tx.delete(undeliverable).where(eq(undeliverable.address, address));
  return true;
}

/** As the partial index has them, so that it is used. */
const UNHEARD = and(sql`${outbox.state} = 'dead'`, isNull(outbox.heardAt));

/** Whether any letter failed on its way out of which nobody heard. */
export async function hasUnheard(queries: Queries): Promise<boolean> {
  const found = await queries.select({ key: outbox.key }).from(outbox).where(UNHEARD).orderBy(asc(outbox.seq)).limit(1);
  return found.length > 0;
}

/** Letters that failed on their way out and of which nobody heard, oldest first. */
export async function takeUnheard({ tx, now }: Place, limit: number) {
  const unheard = await tx.select().from(outbox).where(UNHEARD).orderBy(asc(outbox.seq)).limit(limit);
  const keys = unheard.map(({ key }) => key);
  if (keys.length > 0) await tx.update(outbox).set({ heardAt: now }).where(inArray(outbox.key, keys));
  return unheard;
}
