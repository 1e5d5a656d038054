import express, { type Request, type Response, type Router } from 'express';
import type { ProblemDetails } from '../domain/problem.ts';
import { createRateLimit } from '../inbox/rate-limit.ts';
import { letPass, readUpTo } from './body-limit.ts';
import { sendProblem } from './errors.ts';
import type { HttpParts } from './parts.ts';

/** Calls say that something changed, and at most in which places: some kilobytes where many did at once. */
const MOST_BYTES = 100_000;

/** Calls a minute, of whoever makes them. A base calls again when it is told to wait. */
const CALLS_A_MINUTE = 600;

type NewsRequest = Request<{ kind: string }>;

/** Where the base calls when something changed in it. Nothing of a call is kept but that it came. */
export function storeNewsRouter(parts: HttpParts): Router {
  const router = express.Router();
  const limit = createRateLimit(parts.now);
  router.post('/stores/:kind/news', async (request: NewsRequest, response) => {
    const afterSeconds = limit.take('news', CALLS_A_MINUTE);
    if (afterSeconds === 0) return take(parts, request, response);
    await letPass(request);
    response.set('Retry-After', String(afterSeconds));
    sendProblem({ request, response, status: 429 }, tooMany(afterSeconds));
  });
  return router;
}

async function take(parts: HttpParts, request: NewsRequest, response: Response): Promise<void> {
  const news = parts.news?.kind === request.params.kind ? parts.news : null;
  const body = await readUpTo(request, MOST_BYTES).catch(() => null);
  // Whoever called has hung up.
  if (body === null) return;
  if (body === 'too_large') {
    await letPass(request);
    if (!request.complete) response.set('Connection', 'close');
    sendProblem({ request, response, status: 413 }, tooLarge());
    return;
  }
  const call = { headers: headersOf(request), body, token: null, receivedAt: parts.now() };
  if (news !== null && (await news.hear(call))) response.status(204).end();
  else sendProblem({ request, response, status: 401 }, notSigned());
}

function headersOf({ headers }: Request): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** The same for a base that nobody keeps tickets in, so that strangers learn nothing. */
function notSigned(): ProblemDetails {
  return {
    code: 'store.call-not-signed',
    message: 'This address takes calls of the base alone, and this call does not bear its signature.',
    fix: 'Where a person sets the calls up, the page Health tells how; else nothing is to be done by hand.',
  };
}

function tooLarge(): ProblemDetails {
  return {
    code: 'store.call-too-large',
    message: `A call of the base has no more than ${MOST_BYTES} bytes.`,
    fix: 'Send requests to /hooks/ instead; this address is for the base alone.',
  };
}

function tooMany(afterSeconds: number): ProblemDetails {
  return {
    code: 'store.too-many-calls',
    message: `More than ${CALLS_A_MINUTE} calls came within a minute.`,
    fix: `Call again in ${afterSeconds} s. Nothing is lost meanwhile: the base is asked as well.`,
  };
}
