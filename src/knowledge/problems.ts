import { sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import { ERASED } from '../domain/erasure.ts';
import type { Article } from '../decide/policy.ts';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import { type Asked, type Group, groupsOfAlike, mostFrequent } from './alike.ts';
import { COVERED } from './gaps.ts';
import { isTelling, wordsOf } from './words.ts';

/** More are not looked at: of a busy desk these are the latest days. */
const MOST_REQUESTS = 1000;

/** Of each so much is read. */
const LONGEST_TEXT = 600;

const MOST_PROBLEMS = 12;

/** So many words name a problem, each of which stands in half of its requests at least. */
const MOST_TERMS = 5;
const SHARE_WITH_TERM = 0.5;

/** Where an article answers so many of the requests, the problem has one. */
const SHARE_COVERED = 0.5;

/** A request, open or not, and what became of it. */
export interface AskedOf extends Asked {
  subject: string;
  category: string | null;
  isOpen: boolean;
  /** The number of the incident of which it is, or that it is. */
  incident: number | null;
}

/** What many people come with: a candidate for a cause that can be taken away. */
export interface Problem extends Omit<Group<AskedOf>, 'members'> {
  /** The subject that is most like all others. */
  title: string;
  /** The words that tell these requests from all others, the most telling first. */
  terms: readonly string[];
  category: string | null;
  /** Numbers of the tickets, the most typical first. */
  tickets: readonly number[];
  open: number;
  /** The incidents of which some of them are. */
  incidents: readonly number[];
  /** The article that answers it, for customers or for the team; null where none does. */
  article: Pick<Article, 'name' | 'title' | 'audience'> | null;
}

/** The latest requests since a moment, open ones and reports of incidents among them. */
export async function readRequests(queries: Queries, since: Temporal.Instant): Promise<readonly AskedOf[]> {
  const rows = rowsOf<Omit<AskedOf, 'openedAt'> & { openedAt: string }>(
    await queries.execute(sql`
      select key, number::integer, left(ticket ->> 'subject', 200) as subject, category,
        left(concat_ws(E'\n', ticket ->> 'subject', ticket ->> 'description'), ${LONGEST_TEXT}) as text,
        coalesce(requester_email, key) as requester, is_open as "isOpen",
        coalesce(incident, case when is_incident then number end)::integer as incident,
        to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "openedAt"
      from tickets where opened_at >= ${since.toString()}::timestamptz and ticket ->> 'description' <> ${ERASED}
      order by number desc limit ${MOST_REQUESTS}
    `),
  );
  return rows.map((row) => ({ ...row, openedAt: Temporal.Instant.from(row.openedAt) }));
}

/** What recurs, that of the most people first. Lets others work meanwhile. */
export async function findProblems(
  requests: readonly AskedOf[],
  given: { articles: readonly Article[]; findArticles: FindArticles; since: Temporal.Instant; now: Temporal.Instant },
): Promise<readonly Problem[]> {
  const groups = (await groupsOfAlike(requests, given)).slice(0, MOST_PROBLEMS);
  if (groups.length === 0) return [];
  const words = requests.map(({ text }) => tellingWords(text));
  const requestsWith = new Map(
    [
      ...Map.groupBy(
        words.flatMap((some) => [...some]),
        (word) => word,
      ),
    ].map(([word, all]) => [word, all.length]),
  );
  const rarity = (word: string) => Math.log(requests.length / (requestsWith.get(word) ?? 1));
  return groups.map((group) => problemOf(group, { ...given, rarity }));
}

function problemOf(
  { members, ...group }: Group<AskedOf>,
  given: { articles: readonly Article[]; findArticles: FindArticles; rarity: (word: string) => number },
): Problem {
  const incidents = new Set(members.flatMap(({ incident }) => incident ?? []));
  return {
    ...group,
    title: members[0]?.subject ?? '',
    terms: termsOf(members, given.rarity),
    category: mostFrequent(members.flatMap(({ category }) => category ?? [])),
    tickets: members.map(({ number }) => number),
    open: members.filter(({ isOpen }) => isOpen).length,
    incidents: [...incidents].toSorted((one, other) => other - one),
    article: articleOf(members, given),
  };
}

/** A word says the more of a group, the more of its requests have it and the fewer of all. */
function termsOf(members: readonly AskedOf[], rarity: (word: string) => number): readonly string[] {
  const having = Map.groupBy(
    members.flatMap(({ text }) => [...tellingWords(text)]),
    (word) => word,
  );
  return [...having]
    .map(([word, all]) => ({ word, share: all.length / members.length }))
    .filter(({ share }) => share >= SHARE_WITH_TERM)
    .toSorted((one, other) => other.share * rarity(other.word) - one.share * rarity(one.word))
    .slice(0, MOST_TERMS)
    .map(({ word }) => word);
}

function tellingWords(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).filter(isTelling));
}

/** The article that answers half of the requests, whoever may read it. */
function articleOf(
  members: readonly AskedOf[],
  { articles, findArticles }: { articles: readonly Article[]; findArticles: FindArticles },
): Problem['article'] {
  if (articles.length === 0) return null;
  const found = members.flatMap(({ text }) => {
    const [best] = findArticles(articles, text).filter(({ likeness }) => likeness >= COVERED);
    return best?.name ?? [];
  });
  const name = mostFrequent(found);
  if (found.filter((each) => each === name).length < members.length * SHARE_COVERED) return null;
  return articles.find((article) => article.name === name) ?? null;
}
