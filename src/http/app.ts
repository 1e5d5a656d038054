/**
 * Everything that is reached over HTTP: hooks, the request form, the API, health, and the console that is
 * handed in.
 */
import express, { type Express } from 'express';
import { apiRouter } from './api.ts';
import { answerErrors, answerUnknown } from './errors.ts';
import { filesRouter } from './files.ts';
import { formsRouter } from './forms.ts';
import { healthRouter } from './health.ts';
import { helpRouter } from './help.ts';
import { createHelping } from './helping.ts';
import { hooksRouter } from './hooks.ts';
import type { HttpParts } from './parts.ts';
import { logRequests } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';
import { endConnections } from './leaving.ts';
import { storeNewsRouter } from './store-news.ts';
import { portalRouter } from './portal.ts';
import { surveyRouter } from './survey.ts';

/** Puts the routes together. Whoever calls it listens. */
export function createHttpApp(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  // A proxy in front stands on this machine or in its network; it says who asks, and nobody else is believed.
  app.set('trust proxy', ['loopback', 'linklocal', 'uniquelocal']);
  app.use(logRequests(parts.log));
  app.use(securityHeaders());
  app.use(endConnections(parts.leaving));
  app.use(healthRouter(parts));
  app.use(hooksRouter(parts));
  app.use(storeNewsRouter(parts));
  const helping = createHelping(parts);
  app.use(formsRouter(parts, helping));
  app.use(helpRouter(parts, helping));
  app.use(portalRouter(parts, helping));
  app.use(surveyRouter(parts));
  app.use(filesRouter(parts));
  app.use('/api', apiRouter(parts));
  app.use(parts.consoleRouter);
  app.use(answerUnknown);
  app.use(answerErrors(parts.log));
  return app;
}

/** Of a process whose role has no doors: monitoring alone is answered. */
export function createHealthApp(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(logRequests(parts.log));
  app.use(securityHeaders());
  app.use(healthRouter(parts));
  app.use(answerUnknown);
  app.use(answerErrors(parts.log));
  return app;
}
