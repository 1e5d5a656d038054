import express, { type Request, type Response, type Router } from 'express';
import { Problem } from '../domain/problem.ts';
import { forgetBaseline, keepBaseline } from '../reports/value/keep-baseline.ts';
import { valueJson, valueMarkdown } from '../reports/value/markdown.ts';
import { oldTicketsIn } from '../reports/value/old-tickets.ts';
import { sendProblem } from './errors.ts';
import type { HttpParts } from './parts.ts';
import { spanAsked } from './span-asked.ts';

/** Half a million rows of a help desk, as its export writes them. */
const LONGEST_BODY = '128mb';

/** What the desk is worth, and how it was before, for scripts and for commands while the service has the database. */
export function valueApi(parts: Pick<HttpParts, 'connection' | 'config' | 'now'>): Router {
  const { queries } = parts.connection;
  const router = express.Router();
  router.get('/reports/value', async (request, response) => {
    const [config, now] = [parts.config.current(), parts.now()];
    const span = spanAsked(request, { now, timeZone: config.policy.desk.timeZone, usual: 'last_4_weeks' });
    if (request.query['format'] === 'json') response.json(await valueJson(queries, { config, span, now }));
    else response.type('text/markdown').send(await valueMarkdown(queries, { config, span, now }));
  });
  router.post('/baseline', express.text({ type: 'text/csv', limit: LONGEST_BODY }), (request, response) =>
    importBaseline(parts, request, response),
  );
  router.delete('/baseline', async (_request, response) => {
    response.json({ forgotten: await forgetBaseline(queries) });
  });
  return router;
}

async function importBaseline(
  { connection, config, now }: Pick<HttpParts, 'connection' | 'config' | 'now'>,
  request: Request,
  response: Response,
): Promise<void> {
  const { source, column } = request.query;
  const { timeZone } = config.current().policy.desk;
  const csv = typeof request.body === 'string' ? request.body : '';
  try {
    const tickets = oldTicketsIn(csv, { timeZone, renamed: renamedIn(column) });
    await keepBaseline(connection.queries, tickets, { source: typeof source === 'string' ? source : '', now: now() });
    response.status(201).json({ tickets: tickets.length });
  } catch (error) {
    if (error instanceof Problem) return sendProblem({ request, response, status: 422 }, error);
    throw error;
  }
}

/** `created=Erstellt`, as often as there are columns that are called otherwise. */
function renamedIn(column: unknown): Readonly<Record<string, string>> {
  const pairs = (Array.isArray(column) ? column : [column]).flatMap((each) => (typeof each === 'string' ? [each] : []));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(pair.indexOf('=') + 1), pair.slice(0, Math.max(0, pair.indexOf('=')))]),
  );
}
