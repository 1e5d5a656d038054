import type { NextFunction, Request, Response, Router } from 'express';
import express from 'express';
import { auditRoutes } from './audit-routes.ts';
import { createAssets } from './assets.ts';
import { backtestRoutes } from './backtest-routes.ts';
import { channelRoutes } from './channel-routes.ts';
import { docsRoutes } from './docs-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { knowledgeRoutes } from './knowledge-routes.ts';
import { learningRoutes } from './learning-routes.ts';
import { pageHeaders } from './page-headers.ts';
import type { ConsoleParts } from './parts.ts';
import { openingsOf } from './openings.ts';
import { playbookRoutes } from './playbook-routes.ts';
import { queueRoutes } from './queue-routes.ts';
import { reportRoutes } from './reports/report-routes.ts';
import { erasureRoutes } from './erasure-routes.ts';
import { requesterRoutes } from './requester-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { routeAccess } from './route-access.ts';
import { createSessions } from './sessions.ts';
import { signInRoutes } from './sign-in.ts';
import { teamRoutes } from './team-routes.ts';
import { ticketRoutes } from './ticket-routes.ts';
import { createDoor } from './visit.ts';

export type { ConsoleParts } from './parts.ts';

/**
 * The web pages: the queue, a ticket, the team, the desk's health. Rendered here, whole; the script on them adds
 * comfort and nothing else. Mount it at `/`, behind everything that answers other addresses: what is left
 * over is answered with a page that says so.
 */
export function createConsole(parts: ConsoleParts): Router {
  const router = express.Router();
  const assets = createAssets();
  const openings = () => openingsOf(parts.secret, parts.config.current().access);
  const sessions = createSessions(parts.connection.queries, { openings, now: parts.now });
  const door = createDoor(parts, { sessions, assets });

  router.use(assets.router);
  router.use(pageHeaders);
  router.use(door.recognise);
  router.use(routeAccess(door));
  router.use(signInRoutes(parts, { sessions, door }));
  router.use(queueRoutes(parts, door));
  router.use(reviewRoutes(parts, door));
  router.use(ticketRoutes(parts, door));
  router.use(requesterRoutes(parts, door));
  router.use(erasureRoutes(parts, door));
  router.use(fileRoutes(parts, door));
  router.use(teamRoutes(parts, door));
  router.use(channelRoutes(parts, door));
  router.use(docsRoutes(parts, door));
  router.use(eventRoutes(parts, door));
  router.use(knowledgeRoutes(parts, door));
  router.use(learningRoutes(parts, door));
  router.use(reportRoutes(parts, door));
  router.use(playbookRoutes(parts, door));
  router.use(backtestRoutes(parts, door));
  router.use(healthRoutes(parts, door));
  router.use(auditRoutes(parts, door));
  router.use(
    // oxlint-disable-next-line max-params -- express knows a handler of errors by its four parameters
    (error: unknown, request: Request, response: Response, next: NextFunction) =>
      door.failed(error, { request, response, next }),
  );
  return router;
}
