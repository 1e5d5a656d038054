import type { Router } from 'express';
import express from 'express';
import { readArticleRecords } from '../db/article-uses.ts';
import type { Article } from '../decide/policy.ts';
import { knowledgeMain, type KnowledgeView } from './knowledge-page.ts';
import type { ConsoleParts } from './parts.ts';
import type { Door } from './visit.ts';

/** The records tell of so many days. */
const DAYS = 90;

/** Nobody types more into a line. */
const LONGEST_QUESTION = 500;

const MOST_FOUND = 8;

/** Which articles help, and which questions have none. */
export function knowledgeRoutes({ connection, knowledge }: ConsoleParts, door: Door): Router {
  const router = express.Router();
  router.get(
    '/knowledge',
    door.page(async (visit) => {
      const { policy, helpPage } = visit.config;
      const { articles } = policy.offers;
      const records = await readArticleRecords(connection.queries, visit.now.subtract({ hours: 24 * DAYS }));
      const gaps = await knowledge.gaps(articles, visit.now);
      const { prefix } = policy.desk;
      const asked = visit.query('q').trim().slice(0, LONGEST_QUESTION);
      const found = asked === '' ? null : await look(knowledge, articles, asked);
      const main = knowledgeMain({ articles, records, days: DAYS, gaps, prefix, helpPage, asked, found });
      return visit.show({ title: 'Knowledge', place: 'knowledge', main });
    }),
  );
  return router;
}

async function look(
  { findArticles, pastAnswers }: ConsoleParts['knowledge'],
  articles: readonly Article[],
  asked: string,
): Promise<NonNullable<KnowledgeView['found']>> {
  const names = articles.length === 0 ? [] : findArticles(articles, asked).map(({ name }) => name);
  const fitting = names.flatMap((name) => articles.filter((article) => article.name === name));
  return { articles: fitting.slice(0, MOST_FOUND), answers: await pastAnswers.find(asked, MOST_FOUND) };
}
