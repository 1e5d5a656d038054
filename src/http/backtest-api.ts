import express, { type Request, type Response, type Router } from 'express';
import { readAsked } from '../backtest/wire.ts';
import { Problem } from '../domain/problem.ts';
import { sendProblem } from './errors.ts';
import type { HttpParts } from './parts.ts';

/** Room for the texts of a whole config folder. */
const LONGEST_BODY = '4mb';

/** Whose backtest it is, where a script began it. */
const BY = 'a script';

/** Backtests for scripts, and for the command while the service has the database for itself. */
export function backtestApi(parts: Pick<HttpParts, 'backtests'>): Router {
  const router = express.Router();
  router.get('/backtest', (_request, response) => {
    response.json(parts.backtests.state());
  });
  router.post('/backtest', express.json({ limit: LONGEST_BODY }), (request, response) =>
    begin(parts, request, response),
  );
  router.delete('/backtest', (_request, response) => {
    parts.backtests.cancel();
    response.status(202).json(parts.backtests.state());
  });
  return router;
}

function begin({ backtests }: Pick<HttpParts, 'backtests'>, request: Request, response: Response): void {
  const asked = readAsked(request.body);
  if (asked === null) {
    return sendProblem(
      { request, response, status: 400 },
      {
        code: 'backtest.not-readable',
        message: 'This request does not say what is to be tried.',
        fix: 'Send JSON with "files", texts by the names of config files, and "last" (a number of tickets) or "since" (a moment, as 2026-11-01T00:00:00Z).',
      },
    );
  }
  try {
    backtests.begin(asked.change, { by: BY, window: asked.window });
  } catch (error) {
    if (error instanceof Problem) return sendProblem({ request, response, status: 409 }, error);
    throw error;
  }
  response.status(202).json(backtests.state());
}
