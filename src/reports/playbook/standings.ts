import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { ruleReviews, ruleStandings } from '../../db/schema.ts';
import type { Stage } from '../../domain/decision.ts';
import { type Entry, type EntryKey, keyText } from './entry.ts';
import type { Review, ReviewPart } from './review.ts';

export type Standing = typeof ruleStandings.$inferSelect;

/**
 * Takes note of which rules there are, and of those that say something else than before. Nothing is written while all
 * is as it was.
 *
 * @param loadedAt since when the config says this
 */
export async function keepStandings(
  queries: Queries,
  entries: readonly Entry[],
  loadedAt: Temporal.Instant,
): Promise<void> {
  const said = entries.map((entry) => ({ stage: entry.stage, rule: entry.name, print: printOf(entry) }));
  await queries.execute(sql`
    insert into rule_standings (stage, rule, print, since, changed_at)
    select distinct on (stage, rule) stage, rule, print, ${loadedAt.toString()}::timestamptz, ${loadedAt.toString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as said (stage text, rule text, print text)
    on conflict (stage, rule) do update set
      print = excluded.print,
      since = coalesce(rule_standings.since, least(rule_standings.first_at, excluded.since)),
      changed_at = excluded.changed_at
    where rule_standings.print is distinct from excluded.print
  `);
}

/** Of what a rule does; its name, owner and reason may change without that. */
function printOf({ trigger, logic }: Entry): string {
  return createHash('sha256')
    .update(JSON.stringify([trigger, logic]))
    .digest('hex')
    .slice(0, 16);
}

/** What is known of each rule, by `keyText`. */
export async function readStandings(queries: Queries): Promise<ReadonlyMap<string, Standing>> {
  const rows = await queries.select().from(ruleStandings);
  return new Map(rows.map((row) => [keyText({ stage: row.stage, name: row.rule }), row]));
}

/** The latest look at each part of each rule, by `keyText`. */
export async function readLastReviews(
  queries: Queries,
): Promise<ReadonlyMap<string, Partial<Record<ReviewPart, Review>>>> {
  const rows = await queries
    .selectDistinctOn([ruleReviews.stage, ruleReviews.rule, ruleReviews.part])
    .from(ruleReviews)
    .orderBy(ruleReviews.stage, ruleReviews.rule, ruleReviews.part, sql`${ruleReviews.id} desc`);
  const found = new Map<string, Partial<Record<ReviewPart, Review>>>();
  for (const { stage, rule, part, at, by, note } of rows) {
    const key = keyText({ stage, name: rule });
    found.set(key, { ...found.get(key), [part]: { part, at, by, note } });
  }
  return found;
}

/** How often people changed what each rule decided, since somebody last looked at that. */
export async function readExceptions(queries: Queries): Promise<ReadonlyMap<string, number>> {
  const found = await queries.execute(sql`
    select stage, rule, count(*)::integer as count from rule_marks
    where kind = 'override' and at > coalesce((
      select max(at) from rule_reviews
      where rule_reviews.stage = rule_marks.stage and rule_reviews.rule = rule_marks.rule and part = 'exceptions'
    ), '-infinity') group by 1, 2
  `);
  const rows = rowsOf<{ stage: Stage; rule: string; count: number }>(found);
  return new Map(rows.map(({ stage, rule, count }) => [keyText({ stage, name: rule }), count]));
}

/** Somebody looked at a rule. */
export async function noteReview(queries: Queries, { stage, name }: EntryKey, review: Review): Promise<void> {
  await queries.insert(ruleReviews).values({ stage, rule: name, ...review });
}

/** Every look at one rule, the latest first. */
export async function readReviews(
  queries: Queries,
  { stage, name }: EntryKey,
  most: number,
): Promise<readonly Review[]> {
  return queries
    .select({ part: ruleReviews.part, at: ruleReviews.at, by: ruleReviews.by, note: ruleReviews.note })
    .from(ruleReviews)
    .where(sql`${ruleReviews.stage} = ${stage} and ${ruleReviews.rule} = ${name}`)
    .orderBy(sql`${ruleReviews.id} desc`)
    .limit(most);
}
