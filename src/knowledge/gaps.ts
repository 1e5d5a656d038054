import { ownPart } from '../decide/conditions/quoted.ts';
import type { Article } from '../decide/policy.ts';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import { anonymous, type OwnPattern } from '../kit/masking/index.ts';
import { plainLine } from '../kit/plain-line.ts';
import { withoutGreeting } from '../kit/without-greeting.ts';
import { eachInTurn, type Group, groupsOfAlike, mostFrequent } from './alike.ts';
import type { SolvedTicket } from './solved-tickets.ts';

/** Where an article has so much in common with a request, the question has one. */
export const COVERED = 0.12;

const MOST_GAPS = 12;

/** Of the questions and answers of a gap so many stand in its outline. */
const MOST_QUESTIONS = 6;
const MOST_ANSWERS = 2;

/** So long an answer is worth reading; below, it says that something was done. */
const SHORTEST_ANSWER = 40;

/** A recurring question that no article answers. */
export interface Gap extends Omit<Group<SolvedTicket>, 'members'> {
  /** The question that is most like all others. */
  title: string;
  category: string | null;
  /** Numbers of the tickets that ask it, latest first. */
  tickets: readonly number[];
  /** An article to begin with, as a file of articles/ would have it. Nobody has approved it. */
  outline: string;
}

interface GapsGiven {
  articles: readonly Article[];
  findArticles: FindArticles;
  /** What the config wants to have hidden beside what usually is. */
  own: readonly OwnPattern[];
  since: Temporal.Instant;
  now: Temporal.Instant;
}

/** Groups of solved requests for which there is no article, the largest first. Lets others work meanwhile. */
export async function findGaps(solved: readonly SolvedTicket[], given: GapsGiven): Promise<readonly Gap[]> {
  const groups = await groupsOfAlike(await uncovered(solved, given), given);
  return groups.slice(0, MOST_GAPS).map((group) => gapOf(group, given.own));
}

/** Those to which no article for customers would have been an answer. */
async function uncovered(
  solved: readonly SolvedTicket[],
  { articles, findArticles }: { articles: readonly Article[]; findArticles: FindArticles },
): Promise<readonly SolvedTicket[]> {
  const customers = new Set(articles.filter(({ audience }) => audience === 'customer').map(({ name }) => name));
  const open: SolvedTicket[] = [];
  await eachInTurn(solved, (ticket) => {
    const found = articles.length === 0 ? [] : findArticles(articles, ticket.text);
    if (!found.some(({ name, likeness }) => customers.has(name) && likeness >= COVERED)) open.push(ticket);
  });
  return open;
}

function gapOf({ members: typical, ...group }: Group<SolvedTicket>, own: readonly OwnPattern[]): Gap {
  const title = typical[0]?.subject ?? '';
  const category = mostFrequent(typical.flatMap((ticket) => ticket.category ?? []));
  return {
    ...group,
    title,
    category,
    tickets: typical.map(({ number }) => number).toSorted((one, other) => other - one),
    outline: outlineOf(
      typical.map((ticket) => ofNobody(ticket, own)),
      category,
    ),
  };
}

/** Without whom it was about, and without what a stranger would have an article say or lead to. */
function ofNobody(ticket: SolvedTicket, own: readonly OwnPattern[]): SolvedTicket {
  const hidden = (said: string) => anonymous(said, { known: ticket.asker, own });
  const answer = withoutGreeting(ownPart(ticket.answer ?? '').trim());
  return { ...ticket, subject: hidden(plainLine(ticket.subject)), answer: hidden(answer) };
}

/** The questions as they were asked, and the answers that settled them: for a person to make an article of. */
function outlineOf(typical: readonly SolvedTicket[], category: string | null): string {
  const questions = [...new Set(typical.map(({ subject }) => subject))].filter((question) => question !== '');
  const answers = bestAnswers(typical);
  const head = [
    `title: ${JSON.stringify(questions[0] ?? '')}`,
    ...(category === null ? [] : [`category: ${JSON.stringify(category)}`]),
    'approved: false',
  ];
  return [
    `---\n${head.join('\n')}\n---`,
    `## What people ask\n\n${questions
      .slice(0, MOST_QUESTIONS)
      .map((question) => `- ${question}`)
      .join('\n')}`,
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
    .map(({ answer }) => answer ?? '')
    .filter((answer, index, all) => all.indexOf(answer) === index)
    .slice(0, MOST_ANSWERS);
}
