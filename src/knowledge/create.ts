/** What the desk knows without asking anybody: its articles, and what customers wrote before. */
import { desc, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { tickets } from '../db/schema.ts';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import { createArticleSearch } from './article-search.ts';

/** So many of the latest requests tell which words are rare among customers, by so much of each. */
const MOST_HEARD = 500;
const LONGEST_HEARD = 600;

export interface Knowledge {
  findArticles: FindArticles;
  /** Reads what customers wrote of late, so that words are weighed by it from now on. */
  listen(): Promise<void>;
}

/** Listens before it is handed out. */
export async function openKnowledge(connection: Pick<Connection, 'queries'>): Promise<Knowledge> {
  let heard = await latestRequests(connection);
  return {
    findArticles: createArticleSearch(() => heard),
    async listen() {
      heard = await latestRequests(connection);
    },
  };
}

async function latestRequests({ queries }: Pick<Connection, 'queries'>): Promise<readonly string[]> {
  const text = sql<string>`left(concat_ws(E'\n', ticket ->> 'subject', ticket ->> 'description'), ${LONGEST_HEARD})`;
  const rows = await queries.select({ text }).from(tickets).orderBy(desc(tickets.number)).limit(MOST_HEARD);
  return rows.map((row) => row.text);
}
