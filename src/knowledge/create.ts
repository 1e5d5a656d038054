/** What the desk knows without asking anybody: its articles, and what customers wrote before. */
import { desc, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { tickets } from '../db/schema.ts';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import type { Article, KeptFromModels } from '../decide/policy.ts';
import type { OwnPattern } from '../kit/masking/index.ts';
import type { FindEarlierAnswers } from '../ports/earlier-answers.ts';
import { createArticleSearch } from './article-search.ts';
import { createEarlierAnswers } from './earlier-answers.ts';
import { findGaps, type Gap } from './gaps.ts';
import { findProblems, type Problem, readRequests } from './problems.ts';
import { createPastAnswers, type PastAnswers } from './past-answers.ts';
import { readSolved } from './solved-tickets.ts';

/** So many of the latest requests tell which words are rare among customers, by so much of each. */
const MOST_HEARD = 500;
const LONGEST_HEARD = 600;

/** Questions of so many weeks are looked at for those that come again, and are told for so long before they are anew. */
const WEEKS = 8;
const TOLD_FOR = { minutes: 30 };

/** What recurs without an article, and since when it was looked for. */
export interface Gaps {
  weeks: number;
  /** How many solved requests were looked at. */
  solved: number;
  gaps: readonly Gap[];
}

/** What many people came with, and of how many requests. */
export interface Problems {
  weeks: number;
  requests: number;
  problems: readonly Problem[];
}

/** What is worked out of the articles and of what was asked of late. */
type WorkedOut<Result> = (articles: readonly Article[], now: Temporal.Instant) => Promise<Result>;

export interface Knowledge {
  findArticles: FindArticles;
  /** What customers wrote of late, as it was read last. */
  heard(): readonly string[];
  /** Finds what agents answered before. */
  pastAnswers: PastAnswers;
  /** Finds answers of these from which another can be written. */
  earlierAnswers: FindEarlierAnswers;
  /** Recurring questions that none of these articles answers. Takes up to seconds, in which others work. */
  gaps: WorkedOut<Gaps>;
  /** What recurs, whether or not an article answers it. Takes as long. */
  problems: WorkedOut<Problems>;
  /** Reads what customers wrote of late, so that words are weighed by it from now on. */
  listen(): Promise<void>;
}

/** For whoever asks no model. */
const HIDES_THE_USUAL = { own: () => [], kept: () => ({ channels: [], categories: [] }) };

/**
 * Listens before it is handed out.
 *
 * @param own what the config wants to have hidden beside what usually is
 * @param kept of which tickets nothing goes to a model
 */
export async function openKnowledge(
  connection: Pick<Connection, 'queries'>,
  { own, kept }: { own: () => readonly OwnPattern[]; kept: () => KeptFromModels } = HIDES_THE_USUAL,
): Promise<Knowledge> {
  let heard = await latestRequests(connection);
  const findArticles = createArticleSearch(() => heard);
  const pastAnswers = createPastAnswers(() => readSolved(connection.queries));
  return {
    findArticles,
    heard: () => heard,
    pastAnswers,
    earlierAnswers: createEarlierAnswers({ pastAnswers, own, kept }),
    gaps: toldFor((articles, now) => lookForGaps(connection, { articles, findArticles, now, own: own() })),
    problems: toldFor((articles, now) => lookForProblems(connection, { articles, findArticles, now })),
    async listen() {
      heard = await latestRequests(connection);
    },
  };
}

/** Works it out once for so long, unless articles change. What failed is tried again the next time. */
function toldFor<Result>(workOut: WorkedOut<Result>): WorkedOut<Result> {
  let told: { articles: readonly Article[]; at: Temporal.Instant; result: Promise<Result> } | null = null;
  return (articles, now) => {
    const isOld = told === null || Temporal.Instant.compare(told.at.add(TOLD_FOR), now) < 0;
    if (told === null || isOld || told.articles !== articles) {
      told = { articles, at: now, result: workOut(articles, now) };
      told.result.catch(() => (told = null));
    }
    return told.result;
  };
}

interface Looking {
  articles: readonly Article[];
  findArticles: FindArticles;
  now: Temporal.Instant;
}

async function lookForProblems({ queries }: Pick<Connection, 'queries'>, given: Looking): Promise<Problems> {
  const since = given.now.subtract({ hours: WEEKS * 7 * 24 });
  const requests = await readRequests(queries, since);
  return { weeks: WEEKS, requests: requests.length, problems: await findProblems(requests, { ...given, since }) };
}

async function lookForGaps(
  { queries }: Pick<Connection, 'queries'>,
  given: Looking & { own: readonly OwnPattern[] },
): Promise<Gaps> {
  const since = given.now.subtract({ hours: WEEKS * 7 * 24 });
  const solved = await readSolved(queries, since);
  return { weeks: WEEKS, solved: solved.length, gaps: await findGaps(solved, { ...given, since }) };
}

async function latestRequests({ queries }: Pick<Connection, 'queries'>): Promise<readonly string[]> {
  const text = sql<string>`left(concat_ws(E'\n', ticket ->> 'subject', ticket ->> 'description'), ${LONGEST_HEARD})`;
  const rows = await queries.select({ text }).from(tickets).orderBy(desc(tickets.number)).limit(MOST_HEARD);
  return rows.map((row) => row.text);
}
