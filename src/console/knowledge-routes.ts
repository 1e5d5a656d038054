import type { Router } from 'express';
import express from 'express';
import { readArticleRecords } from '../db/article-uses.ts';
import { knowledgeMain } from './knowledge-page.ts';
import type { ConsoleParts } from './parts.ts';
import type { Door } from './visit.ts';

/** The records tell of so many days. */
const DAYS = 90;

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
      const main = knowledgeMain({ articles, records, days: DAYS, gaps, prefix, helpPage });
      return visit.show({ title: 'Knowledge', place: 'knowledge', main });
    }),
  );
  return router;
}
