import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { lookups } from '../../db/schema.ts';
import type { LookedUp } from '../../decide/facts.ts';
import type { AccountFields } from '../../domain/requester.ts';
import type { Ask } from './asks.ts';

/** What is kept of the answers to one question. */
export type Answer = typeof lookups.$inferSelect;

/** After so many minutes a service that gave nothing is asked once more, each time; then no more of itself. */
const PAUSES_MINUTES = [1, 15] as const;

/** Reads what is kept of these questions, by `askName`. */
export async function answersTo(asks: readonly Ask[], tx: Queries): Promise<ReadonlyMap<string, Answer>> {
  if (asks.length === 0) return new Map();
  const asked = JSON.stringify(asks.map(({ lookUp, url }) => ({ name: lookUp.name, url })));
  const isAsked = sql`(${lookups.name}, ${lookups.url}) in (
    select name, url from jsonb_to_recordset(${asked}::jsonb) as asked (name text, url text)
  )`;
  const rows = await tx.select().from(lookups).where(isAsked);
  return new Map(rows.map((row) => [`${row.name} ${row.url}`, row]));
}

/** Whether there is reason to ask: nothing is known, it has become old, or the last attempt was a while ago. */
export function isDue(answer: Answer | undefined, { lookUp }: Ask, now: Temporal.Instant): boolean {
  if (answer === undefined) return true;
  const { gap, answeredAt } = answer;
  const next = gap === null ? answeredAt?.add({ minutes: lookUp.cacheMinutes }) : nextAttempt(answer);
  return next === undefined || Temporal.Instant.compare(next, now) <= 0;
}

/** Whether a ticket may still wait for the service to be asked once more. */
export function isAwaited(answer: Answer | undefined): boolean {
  return answer !== undefined && answer.gap !== null && answer.attempts <= PAUSES_MINUTES.length;
}

/** What the judgement is told of an answer. */
export function asFact(ask: Ask, answer: Answer, now: Temporal.Instant): LookedUp {
  const next = isAwaited(answer) ? nextAttempt(answer) : null;
  return {
    lookup: ask.lookUp.name,
    answer: answer.answer === null ? null : wanted(answer.answer.fields, ask),
    gap: answer.gap,
    askAgainAt: next !== null && Temporal.Instant.compare(next, now) > 0 ? next : null,
  };
}

/** What the config asks for by now, in its order. */
function wanted(fields: AccountFields, { lookUp }: Ask): AccountFields {
  const known = Object.keys(lookUp.answers).flatMap((name) => {
    const value = fields[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known);
}

function nextAttempt({ triedAt, attempts }: Answer): Temporal.Instant {
  return triedAt.add({ minutes: PAUSES_MINUTES[attempts - 1] ?? PAUSES_MINUTES[1] });
}

/** Notes an answer, or that there was none; what was known before stays until there is another. */
export async function keepAnswer(
  ask: Ask,
  news: Pick<Answer, 'answer' | 'gap' | 'triedAt'>,
  queries: Queries,
): Promise<void> {
  const { answer, gap, triedAt } = news;
  const answered = gap === null ? { answer, answeredAt: triedAt } : {};
  const row = { gap, triedAt, ...answered };
  await queries
    .insert(lookups)
    .values({ name: ask.lookUp.name, url: ask.url, attempts: gap === null ? 0 : 1, ...row })
    .onConflictDoUpdate({
      target: [lookups.name, lookups.url],
      set: { ...row, attempts: gap === null ? 0 : sql`${lookups.attempts} + 1` },
    });
}
