import MiniSearch from 'minisearch';
import { createTextIndex } from '../decide/likeness/text-index.ts';
import type { SolvedTicket } from './solved-tickets.ts';
import { isTelling, wordsOf } from './words.ts';

/** A question says more of what was asked than an answer, which has words of its own. */
const WEIGHTS = { subject: 2, text: 1, answer: 0.5 };

/** One letter in four may be another; in shorter words one letter makes another word. */
const MISTYPED_SHARE = 0.25;
const SHORTEST_MISTYPED = 4;

/** So many are read in at a time, so that others get a turn. */
const AT_A_TIME = 50;

/** Their likeness is known of so many: as many as are read, and as many that were read before. */
const MOST_ALIKE = 1200;

/** A solved request with the answer that settled it. */
export type PastAnswer = SolvedTicket & { answer: string };

/** How much of its words a question has in common with the one that was asked, 0..1, each the more the rarer it is. */
export type FoundAnswer = PastAnswer & { likeness: number };

/** What agents answered before, by the words of questions and answers. */
export interface PastAnswers {
  /** The best first. Reads what was solved since, and forgets what was opened again. */
  find(text: string, most: number): Promise<readonly FoundAnswer[]>;
}

/** @param read the solved requests as they are now */
export function createPastAnswers(read: () => Promise<readonly SolvedTicket[]>): PastAnswers {
  const held = new Map<string, PastAnswer>();
  const index = new MiniSearch<PastAnswer>({
    idField: 'key',
    fields: Object.keys(WEIGHTS),
    tokenize: wordsOf,
    processTerm: (word) => (isTelling(word) ? word : null),
  });

  const alike = createTextIndex(MOST_ALIKE);

  async function catchUp(): Promise<void> {
    const solved = (await read()).flatMap((ticket) => (hasAnswer(ticket) ? [ticket] : []));
    const now = new Set(solved.map(({ key }) => key));
    const isNews = (ticket: PastAnswer) => held.get(ticket.key)?.answer !== ticket.answer;
    const news = solved.filter(isNews);
    const outdated = [...held.keys()].filter((key) => !now.has(key) || news.some((ticket) => ticket.key === key));
    for (const key of outdated) {
      index.discard(key);
      held.delete(key);
    }
    for (const ticket of news) {
      held.set(ticket.key, ticket);
      alike.add(ticket.key, ticket.text);
    }
    await index.addAllAsync(news, { chunkSize: AT_A_TIME });
  }

  let reading: Promise<void> = Promise.resolve();
  return {
    async find(text, most) {
      // One after the other: what two read at once would be held twice.
      reading = reading.catch(() => undefined).then(catchUp);
      await reading;
      const found = index.search(text, {
        boost: WEIGHTS,
        prefix: (word) => word.length >= SHORTEST_MISTYPED,
        fuzzy: (word) => (word.length >= SHORTEST_MISTYPED ? MISTYPED_SHARE : false),
      });
      const near = alike.like(text, { atLeast: 0, most: Infinity });
      const likenesses = new Map(near.map(({ key, score }) => [key, score]));
      return found.slice(0, most).flatMap(({ id }) => {
        const answer = held.get(String(id));
        return answer === undefined ? [] : { ...answer, likeness: likenesses.get(answer.key) ?? 0 };
      });
    },
  };
}

function hasAnswer(ticket: SolvedTicket): ticket is PastAnswer {
  return ticket.answer !== null && ticket.answer !== '';
}
