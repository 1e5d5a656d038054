import express, { type Request, type Response, type Router } from 'express';
import { Problem } from '../domain/problem.ts';
import { erasePerson, wouldErase } from '../privacy/erase.ts';
import { showPerson } from '../privacy/show.ts';
import { sendProblem } from './errors.ts';
import type { HttpParts } from './parts.ts';

type WhoRequest = Request<{ who: string }>;

/** What the desk holds of somebody, and its end; for scripts, and for the command while the service has the database. */
export function peopleApi(parts: Pick<HttpParts, 'connection' | 'config' | 'now' | 'learning'>): Router {
  const { connection, config, now, learning } = parts;
  const router = express.Router();
  router.get('/people/:who', (request: WhoRequest, response) =>
    answer(request, response, () => showPerson(connection.queries, request.params.who)),
  );
  router.get('/people/:who/erasure', (request: WhoRequest, response) =>
    answer(request, response, () => wouldErase({ connection, config, now }, { who: request.params.who, by: '' })),
  );
  router.delete('/people/:who', (request: WhoRequest, response) =>
    answer(request, response, async () => {
      const asked = { who: request.params.who, by: byOf(request) };
      const done = await erasePerson({ connection, config, now }, asked);
      if (done.erased.tickets.length > 0) await learning.want();
      return done;
    }),
  );
  return router;
}

/** Who says so, for the log. */
function byOf({ query }: Request): string {
  const { by } = query;
  return typeof by === 'string' && by.trim() !== '' ? by.trim().slice(0, 80) : 'An admin';
}

async function answer(request: Request, response: Response, work: () => Promise<object>): Promise<void> {
  try {
    response.json(await work());
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    sendProblem({ request, response, status: 422 }, error);
  }
}
