import { eq, sql } from 'drizzle-orm';
import { revive } from '../kit/json.ts';
import type { Connection, Queries } from './connection.ts';
import { marks } from './schema.ts';

/** How the latest attempt to learn ended; what it found out is for whoever learns to say. */
export interface LearningMark {
  triedAt: Temporal.Instant | null;
  /** Null while it is under way, and when it broke off. */
  endedAt: Temporal.Instant | null;
  /** What the config asked for, as text. */
  settings: string | null;
  ending: unknown;
  /** Since the attempt began, tickets began to teach something else: first then, and last. */
  firstNewsAt: Temporal.Instant | null;
  newsAt: Temporal.Instant | null;
  /** A person asked for it. */
  isWanted: boolean;
}

export const LEARNING = 'learning';

const NOTHING_YET: LearningMark = {
  triedAt: null,
  endedAt: null,
  settings: null,
  ending: null,
  firstNewsAt: null,
  newsAt: null,
  isWanted: false,
};

/** How it stands with learning; null where nobody ever tried, and nothing came to be learned. */
export async function readLearning({ queries }: Pick<Connection, 'queries'>): Promise<LearningMark | null> {
  const [mark] = await queries.select().from(marks).where(eq(marks.name, LEARNING));
  return mark === undefined ? null : { ...NOTHING_YET, ...revive<Partial<LearningMark>>(mark.value) };
}

/** Tickets teach something else from now on. In the transaction that changes them, so that nothing is missed. */
export async function noteLessons(queries: Queries, now: Temporal.Instant): Promise<void> {
  const news = JSON.stringify({ firstNewsAt: now, newsAt: now });
  // What is on the right counts: the last news are these, the first those that stand there already.
  const first = sql`jsonb_strip_nulls(jsonb_build_object('firstNewsAt', ${marks.value} -> 'firstNewsAt'))`;
  await change(queries, news, sql`${marks.value} || ${news}::jsonb || ${first}`);
}

/** Somebody asks for it now. */
export async function wantLearning({ queries }: Pick<Connection, 'queries'>): Promise<void> {
  await merge(queries, { isWanted: true });
}

/** An attempt begins: what comes to be learned from now on waits for the next. */
export async function beginLearning(
  { queries }: Pick<Connection, 'queries'>,
  begun: { triedAt: Temporal.Instant; settings: string },
): Promise<void> {
  const now = JSON.stringify(begun);
  await change(
    queries,
    now,
    sql`${marks.value} - ${'{endedAt,firstNewsAt,newsAt,isWanted,ending}'}::text[] || ${now}::jsonb`,
  );
}

export async function endLearning(
  queries: Queries,
  ended: { endedAt: Temporal.Instant | null; ending: unknown },
): Promise<void> {
  await merge(queries, ended);
}

async function merge(queries: Queries, part: object): Promise<void> {
  const written = JSON.stringify(part);
  await change(queries, written, sql`${marks.value} || ${written}::jsonb`);
}

/** `first` is the mark where there is none; who writes at the same time writes other members of it. */
async function change(queries: Queries, first: string, value: ReturnType<typeof sql>): Promise<void> {
  await queries
    .insert(marks)
    .values({ name: LEARNING, value: sql`${first}::jsonb` })
    .onConflictDoUpdate({ target: marks.name, set: { value } });
}
