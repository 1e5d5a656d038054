import { eq } from 'drizzle-orm';
import type { LoadedConfig } from '../../config/live.ts';
import type { Queries } from '../../db/connection.ts';
import { configVersions, decisions } from '../../db/schema.ts';
import type { Stage } from '../../domain/decision.ts';
import { countUses } from './count-uses.ts';
import type { Drift } from './drift.ts';
import { byKey, DRIFT_DAYS, driftsOf, NEWS_DAYS } from './drifts.ts';
import { CHAPTERS, entriesOf } from './entries.ts';
import { type Entry, type EntryKey, keyText } from './entry.ts';
import { firedSince, NO_USES, overriddenSince, readAskers, readUses, type Uses } from './figures.ts';
import { type Due, dueAt, duesOf, type Review, type Reviewed, type ReviewPart } from './review.ts';
import { keepStandings, readExceptions, readLastReviews, readStandings, type Standing } from './standings.ts';

/** A page counts so much of what is new; the rest is left to the hourly work. */
const TRANSACTIONS = 1;

/** Stages of which a decision names each rule that has its say. A policy of due times may be there to give none. */
const NAMED_WHENEVER: ReadonlySet<Stage> = new Set(['clarify', 'triage', 'route', 'escalate', 'follow_up']);

/** A rule, with what became of it. */
export interface PlaybookRule extends Entry {
  uses: Uses;
  changedAt: Temporal.Instant | null;
  /** The latest look at each part, and when the next is due. */
  last: Readonly<Partial<Record<ReviewPart, Review>>>;
  next: Readonly<Record<ReviewPart, Temporal.Instant | null>>;
  dues: readonly Due[];
  /** What moved since somebody last looked. */
  drifts: readonly Drift[];
}

export interface Playbook {
  version: string;
  at: Temporal.Instant;
  chapters: readonly { title: string; about: string; rules: readonly PlaybookRule[] }[];
  /** Whether decisions wait to be counted. */
  isBehind: boolean;
}

export interface PlaybookGiven {
  queries: Queries;
  config: Pick<LoadedConfig, 'policy' | 'files' | 'version'>;
  now: Temporal.Instant;
}

/** The config as a playbook: every rule, how often it had its say, and whether somebody is to look at it. */
export async function readPlaybook(given: PlaybookGiven): Promise<Playbook> {
  const { queries, config, now } = given;
  const { isBehind } = await countUses(queries, TRANSACTIONS);
  const entries = entriesOf(config);
  await keepStandings(queries, entries, await loadedAt(given));
  const [uses, reviewed] = [await readUses(queries, now), await readReviewed(queries, now, isBehind)];
  const { timeZone } = config.policy.desk;
  const rules = entries.map((entry): PlaybookRule => {
    const known = reviewed(entry);
    return {
      ...entry,
      uses: uses.get(keyText(entry)) ?? NO_USES,
      changedAt: known.changedAt,
      last: known.last,
      next: dueAt(known, timeZone),
      dues: duesOf(known, now, timeZone),
      drifts: known.drifts,
    };
  });
  const chapters = CHAPTERS.map(({ stage, ...chapter }) => {
    return { ...chapter, rules: rules.filter((rule) => rule.stage === stage) };
  });
  return {
    version: config.version,
    at: now,
    chapters: chapters.filter((chapter) => chapter.rules.length > 0),
    isBehind,
  };
}

/** Every rule of a playbook, whatever its chapter. */
export function rulesIn({ chapters }: Pick<Playbook, 'chapters'>): readonly PlaybookRule[] {
  return chapters.flatMap(({ rules }) => rules);
}

/** A rule that has had nothing to do for long. */
export interface UnusedRule extends EntryKey {
  sentence: string;
}

export function unusedRules(playbook: Pick<Playbook, 'chapters'>): readonly UnusedRule[] {
  return rulesIn(playbook).flatMap(({ stage, name, drifts }) => {
    const unused = drifts.find(({ kind }) => kind === 'unused');
    return unused === undefined ? [] : [{ stage, name, sentence: unused.sentence }];
  });
}

async function loadedAt({ queries, config, now }: PlaybookGiven): Promise<Temporal.Instant> {
  const [row] = await queries
    .select({ at: configVersions.loadedAt })
    .from(configVersions)
    .where(eq(configVersions.version, config.version));
  return row?.at ?? now;
}

/** Reads what is known of reviews and drift, once for all rules. */
async function readReviewed(
  queries: Queries,
  now: Temporal.Instant,
  isBehind: boolean,
): Promise<(entry: Entry) => Reviewed> {
  const countedSince = isBehind ? null : await firstDecisionAt(queries);
  const standings = await readStandings(queries);
  const reviews = await readLastReviews(queries);
  const exceptions = await readExceptions(queries);
  const fired = await firedSince(queries, now, DRIFT_DAYS);
  const overridden = await overriddenSince(queries, now, DRIFT_DAYS);
  const askers = byKey(await readAskers(queries, { since: now.subtract({ hours: NEWS_DAYS * 24 }) }));
  return (entry) => {
    const key = keyText(entry);
    const standing: Standing | null = standings.get(key) ?? null;
    const last = reviews.get(key) ?? {};
    const counted = {
      fired: fired.get(key) ?? [],
      overridden: overridden.get(key) ?? [],
      askers: askers.get(key) ?? [],
      standing,
      countedSince: entry.isUncounted === true || !NAMED_WHENEVER.has(entry.stage) ? null : countedSince,
      reviewedAt: latestOf(last),
    };
    return {
      since: standing?.since ?? null,
      changedAt: standing?.changedAt ?? null,
      last,
      exceptions: exceptions.get(key) ?? 0,
      drifts: driftsOf(counted, now),
    };
  };
}

/** Since when there is anything to count. */
async function firstDecisionAt(queries: Queries): Promise<Temporal.Instant | null> {
  const [first] = await queries.select({ at: decisions.at }).from(decisions).orderBy(decisions.seq).limit(1);
  return first?.at ?? null;
}

function latestOf(last: Reviewed['last']): Temporal.Instant | null {
  const moments = [last.logic?.at, last.exceptions?.at].filter((at) => at !== undefined);
  return moments.toSorted(Temporal.Instant.compare).at(-1) ?? null;
}
