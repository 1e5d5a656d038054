import { desc, eq, inArray, notInArray, sql } from 'drizzle-orm';
import type { Connection, Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { learnedModels, tickets } from '../../db/schema.ts';
import type { LearningReport } from '../classifier/index.ts';
import type { PackedModel, PackedPair, VectorsReport } from './train.ts';

/** Of so many days on which was learned the last model of the day is kept: some 3 MB each. */
const DAYS_KEPT = 7;

/** Subjects to one question. */
const AT_ONCE = 1000;

/** What is kept of a model beside its bytes. */
export interface StoredModel {
  version: number;
  learnedAt: Temporal.Instant;
  /** When it was put in force last: it may have come back. */
  inForceAt: Temporal.Instant;
  /** So many it was learned from. */
  tickets: number;
  promise: number;
  /** From which confidence its first guess counts; above 1 where it never does. */
  threshold: number;
  report: LearningReport;
  /** What vectors are worth beside the words, and whose they are; null where none were asked for. */
  vectors: StoredVectors | null;
}

export interface StoredVectors extends VectorsReport {
  /** The model that gave them. */
  name: string;
  /** Whether the endpoint failed before all were there. */
  isStopped: boolean;
}

const DESCRIPTION = {
  version: learnedModels.version,
  learnedAt: learnedModels.learnedAt,
  inForceAt: learnedModels.inForceAt,
  tickets: learnedModels.tickets,
  promise: learnedModels.promise,
  threshold: learnedModels.threshold,
  report: sql<LearningReport>`${learnedModels.report}`,
  vectors: sql<StoredVectors | null>`${learnedModels.vectors}`,
};

const NEWEST_FIRST = [desc(learnedModels.inForceAt), desc(learnedModels.version)];

/** All that are kept, the one in force first. */
export function storedModels({ queries }: Pick<Connection, 'queries'>): Promise<readonly StoredModel[]> {
  return queries
    .select(DESCRIPTION)
    .from(learnedModels)
    .orderBy(...NEWEST_FIRST);
}

/** The one in force; null while nothing was learned. */
export async function modelInForce({ queries }: Pick<Connection, 'queries'>): Promise<StoredModel | null> {
  const [stored = null] = await queries
    .select(DESCRIPTION)
    .from(learnedModels)
    .orderBy(...NEWEST_FIRST)
    .limit(1);
  return stored;
}

/** Its version alone, which costs less. */
export async function versionInForce({ queries }: Pick<Connection, 'queries'>): Promise<number | null> {
  const [row] = await queries
    .select({ version: learnedModels.version })
    .from(learnedModels)
    .orderBy(...NEWEST_FIRST)
    .limit(1);
  return row?.version ?? null;
}

/** Null for one that is gone. */
export async function packedOf({ queries }: Pick<Connection, 'queries'>, version: number): Promise<PackedPair | null> {
  const [row = null] = await queries
    .select({ bytes: learnedModels.model, joined: learnedModels.joined })
    .from(learnedModels)
    .where(eq(learnedModels.version, version));
  return row;
}

/** Those that a new one with the same promise is measured against, newest first. */
export function modelsToMatch(
  { queries }: Pick<Connection, 'queries'>,
  promise: number,
): Promise<readonly PackedModel[]> {
  return queries
    .select({ version: learnedModels.version, bytes: learnedModels.model, joined: learnedModels.joined })
    .from(learnedModels)
    .where(eq(learnedModels.promise, promise))
    .orderBy(...NEWEST_FIRST);
}

/** Stores a model and puts it in force; what is too old goes. */
export async function storeModel(tx: Queries, stored: typeof learnedModels.$inferInsert): Promise<void> {
  await tx.insert(learnedModels).values(stored);
  const kept = rowsOf<{ version: number }>(
    await tx.execute(sql`
      select distinct on ((learned_at at time zone 'utc')::date) version::integer as version from learned_models
      order by (learned_at at time zone 'utc')::date desc, version desc limit ${DAYS_KEPT}
    `),
  );
  await tx.delete(learnedModels).where(
    notInArray(
      learnedModels.version,
      kept.map(({ version }) => version),
    ),
  );
}

/** Puts a kept model in force again. */
export async function putBack(tx: Queries, version: number, now: Temporal.Instant): Promise<void> {
  await tx.update(learnedModels).set({ inForceAt: now }).where(eq(learnedModels.version, version));
}

/** The subjects of tickets that there still are, by number. */
export async function subjectsOf(
  { queries }: Pick<Connection, 'queries'>,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const subjects = new Map<number, string>();
  for (let from = 0; from < numbers.length; from += AT_ONCE) {
    const some = numbers.slice(from, from + AT_ONCE);
    const rows = await queries
      .select({ number: tickets.number, subject: sql<string>`${tickets.ticket} ->> 'subject'` })
      .from(tickets)
      .where(inArray(tickets.number, some));
    for (const { number, subject } of rows) subjects.set(number, subject);
  }
  return subjects;
}
