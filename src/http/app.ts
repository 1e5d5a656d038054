/**
 * Everything that is reached over HTTP: hooks, the request form, the API, health, and the console that is
 * handed in.
 */
import express, { type Express, type Router } from 'express';
import type { LiveConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import type { Inbox } from '../inbox/index.ts';
import type { Log } from '../kit/log.ts';
import type { Metrics } from '../kit/metrics.ts';
import type { Now } from '../ports/now.ts';
import { apiRouter } from './api.ts';
import { answerErrors, answerUnknown } from './errors.ts';
import { formsRouter } from './forms.ts';
import { healthRouter } from './health.ts';
import { hooksRouter } from './hooks.ts';
import { logRequests } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';

/** What the app is made of. */
export interface HttpParts {
  inbox: Inbox;
  config: LiveConfig;
  connection: Connection;
  /** The console's pages; asked after everything else. */
  consoleRouter: Router;
  /** Opens the API. */
  token: string;
  /** Requests that were sent to the base this month, and how many the plan allows; null when nobody counts. */
  requestsSpent: () => { count: number; allowed: number | null } | null;
  now: Now;
  log: Log;
  metrics: Metrics;
}

/** Puts the routes together. Whoever calls it listens. */
export function createHttpApp(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(logRequests(parts.log));
  app.use(securityHeaders());
  app.use(healthRouter(parts));
  app.use(hooksRouter(parts));
  app.use(formsRouter(parts));
  app.use('/api', apiRouter(parts));
  app.use(parts.consoleRouter);
  app.use(answerUnknown);
  app.use(answerErrors(parts.log));
  return app;
}
