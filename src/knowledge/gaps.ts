import { ownPart } from '../decide/conditions/quoted.ts';
import { groupAround } from '../decide/likeness/group.ts';
import { createTextIndex } from '../decide/likeness/text-index.ts';
import type { Article } from '../decide/policy.ts';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import { withoutGreeting } from '../kit/without-greeting.ts';
import type { SolvedTicket } from './solved-tickets.ts';

/** Where an article for customers has so much in common with a request, the question has one. */
const COVERED = 0.12;

/** Requests that have so much in common on average ask the same: a little less than reports of one incident. */
const ALIKE = 0.22;

/** So many requesters make a recurring question. */
const FEWEST = 3;

/** More that are like one are not looked at for its group. */
const MOST_NEAR = 40;

const MOST_GAPS = 12;

/** Of the questions and answers of a gap so many stand in its outline. */
const MOST_QUESTIONS = 6;
const MOST_ANSWERS = 2;

/** So long an answer is worth reading; below, it says that something was done. */
const SHORTEST_ANSWER = 40;

/** After so many tickets everybody else gets a turn. */
const AT_A_TIME = 20;

/** A recurring question that no article answers. */
export interface Gap {
  /** The question that is most like all others. */
  title: string;
  category: string | null;
  /** Numbers of the tickets that ask it, latest first. */
  tickets: readonly number[];
  requesters: number;
  /** How many came in the later half of the time that was looked at, and how many in the earlier. */
  later: number;
  earlier: number;
  /** An article to begin with, as a file of articles/ would have it. Nobody has approved it. */
  outline: string;
}

/** Groups of solved requests for which there is no article, the largest first. Lets others work meanwhile. */
export async function findGaps(
  solved: readonly SolvedTicket[],
  given: { articles: readonly Article[]; findArticles: FindArticles; since: Temporal.Instant; now: Temporal.Instant },
): Promise<readonly Gap[]> {
  const open = await uncovered(solved, given);
  const index = createTextIndex(Math.max(1, open.length));
  for (const { key, text } of open) index.add(key, text);
  const left = new Map(open.map((ticket) => [ticket.key, ticket]));
  const gaps: Gap[] = [];
  for (const [at, { key }] of open.entries()) {
    if (at % AT_A_TIME === 0) await turnOfOthers();
    if (!left.has(key)) continue;
    const near = index.near(key, { atLeast: ALIKE / 2, most: MOST_NEAR }).filter((each) => left.has(each.key));
    const { between } = index;
    const found = groupAround(
      key,
      near.map((each) => each.key),
      { between, atLeast: ALIKE },
    );
    const group = [key, ...found.map((each) => each.key)].flatMap((each) => left.get(each) ?? []);
    if (new Set(group.map(({ requester }) => requester)).size < FEWEST) continue;
    for (const member of group) left.delete(member.key);
    gaps.push(gapOf(group, { between, ...given }));
  }
  return gaps.toSorted((one, other) => other.requesters - one.requesters).slice(0, MOST_GAPS);
}

/** Those to which no article for customers would have been an answer, latest first. */
async function uncovered(
  solved: readonly SolvedTicket[],
  { articles, findArticles }: { articles: readonly Article[]; findArticles: FindArticles },
): Promise<readonly SolvedTicket[]> {
  const customers = new Set(articles.filter(({ audience }) => audience === 'customer').map(({ name }) => name));
  const open: SolvedTicket[] = [];
  for (const [at, ticket] of solved.entries()) {
    if (at % AT_A_TIME === 0) await turnOfOthers();
    const found = articles.length === 0 ? [] : findArticles(articles, ticket.text);
    if (!found.some(({ name, likeness }) => customers.has(name) && likeness >= COVERED)) open.push(ticket);
  }
  return open.toSorted((one, other) => other.number - one.number);
}

function turnOfOthers(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

function gapOf(
  group: readonly SolvedTicket[],
  {
    between,
    since,
    now,
  }: { between: (one: string, other: string) => number; since: Temporal.Instant; now: Temporal.Instant },
): Gap {
  const middle = (since.epochMilliseconds + now.epochMilliseconds) / 2;
  const later = group.filter(({ openedAt }) => openedAt.epochMilliseconds >= middle).length;
  const likeAll = (key: string) => group.reduce((sum, other) => sum + between(key, other.key), 0);
  const typical = group.toSorted((one, other) => likeAll(other.key) - likeAll(one.key));
  const title = typical[0]?.subject ?? '';
  const category = mostFrequent(group.flatMap((ticket) => ticket.category ?? []));
  return {
    title,
    category,
    tickets: group.map(({ number }) => number).toSorted((one, other) => other - one),
    requesters: new Set(group.map(({ requester }) => requester)).size,
    later,
    earlier: group.length - later,
    outline: outlineOf({ title, category, typical }),
  };
}

function mostFrequent(values: readonly string[]): string | null {
  const counts = Map.groupBy(values, (value) => value);
  const [first] = [...counts].toSorted(([, one], [, other]) => other.length - one.length);
  return first?.[0] ?? null;
}

/** The questions as they were asked, and the answers that settled them: for a person to make an article of. */
function outlineOf({
  title,
  category,
  typical,
}: {
  title: string;
  category: string | null;
  typical: readonly SolvedTicket[];
}): string {
  const questions = [...new Set(typical.map(({ subject }) => subject))].slice(0, MOST_QUESTIONS);
  const answers = bestAnswers(typical);
  const head = [
    `title: ${JSON.stringify(title)}`,
    ...(category === null ? [] : [`category: ${JSON.stringify(category)}`]),
    'approved: false',
  ];
  return [
    `---\n${head.join('\n')}\n---`,
    `## What people ask\n\n${questions.map((question) => `- ${question}`).join('\n')}`,
    answers.length === 0
      ? '## What helps\n\nNobody wrote an answer to these that could be taken over.'
      : `## What helps\n\n${answers.join('\n\n')}`,
  ].join('\n\n');
}

/** Answers after which nobody wrote again, of content requesters first. */
function bestAnswers(typical: readonly SolvedTicket[]): readonly string[] {
  const good = typical.filter(
    ({ answer, reopenCount }) => (answer ?? '').length >= SHORTEST_ANSWER && reopenCount === 0,
  );
  return good
    .toSorted((one, other) => (other.satisfaction ?? 3) - (one.satisfaction ?? 3))
    .map(({ answer }) => withoutGreeting(ownPart(answer ?? '').trim()))
    .filter((answer, index, all) => all.indexOf(answer) === index)
    .slice(0, MOST_ANSWERS);
}
