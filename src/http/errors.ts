import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { Problem, type ProblemDetails } from '../domain/problem.ts';
import type { Log } from '../kit/log.ts';
import { html } from '../console/markup.ts';
import { sendPlainPage } from './plain-page.ts';

/** Tells what is wrong: a page to a browser that asked for one, JSON to everybody else. */
export function sendProblem(
  { request, response, status }: { request: Request; response: Response; status: number },
  problem: ProblemDetails,
): void {
  const { code, message, fix } = problem;
  response.status(status).vary('Accept');
  if (!wantsPage(request)) {
    response.json({ error: { code, message, fix } });
    return;
  }
  sendPlainPage(response, {
    title: 'That did not work',
    main: html`<h1>That did not work</h1>
      <p>${message}</p>
      <p>${fix}</p>`,
  });
}

/** Whether a person looks at the answer in a browser. */
function wantsPage(request: Request): boolean {
  return request.get('accept')?.includes('text/html') === true;
}

/** The end of all routes. */
export const answerUnknown: RequestHandler = (request, response) => {
  sendProblem(
    { request, response, status: 404 },
    {
      code: 'http.unknown-address',
      message: 'There is nothing at this address.',
      fix: 'Look at the address again; hooks start with /hooks/, the API with /api/.',
    },
  );
};

/** What goes wrong without anybody having understood why. Never shows more than that it did. */
export function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = clientStatus(error);
    if (status !== null) return sendProblem({ request, response, status }, badRequest());
    const requestId = String(response.locals['requestId']);
    log.error({ err: error, requestId, method: request.method, url: request.originalUrl }, 'an answer failed');
    if (error instanceof Problem) return sendProblem({ request, response, status: 503 }, error);
    return sendProblem({ request, response, status: 500 }, ourFault(requestId));
  };
}

/** Express and its parts mark errors that the sender made with a status; null for all others. */
function clientStatus(error: unknown): number | null {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}

function badRequest(): ProblemDetails {
  return {
    code: 'http.bad-request',
    message: 'The address or the headers of this request cannot be read.',
    fix: 'Check how the address is written, above all signs that need percent encoding.',
  };
}

function ourFault(requestId: string): ProblemDetails {
  return {
    code: 'http.failed',
    message: `Something of ours went wrong; our log has it under ${requestId}.`,
    fix: 'Try again; if it happens again, tell whoever runs this desk.',
  };
}
