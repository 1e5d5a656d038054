import express, { type Request, type Response, type Router } from 'express';
import type { HttpParts } from './parts.ts';
import { sendProblem } from './errors.ts';
import { plainPageStyle, sendPlainPage } from './plain-page.ts';
import { receivedPage, requestForm } from './request-form.ts';
import { ticketSoon } from './ticket-soon.ts';

/** So long a page waits for the number, and then asks again by itself. */
const PATIENCE_MILLISECONDS = 2000;

/** How often the page asks again by itself before it stops promising a number. */
const MOST_REFRESHES = 5;

/** The request form of a channel, and the page that it leads to. */
export function formsRouter(parts: HttpParts): Router {
  const router = express.Router();
  router.use(plainPageStyle());
  router.get('/forms/:channel', (request: Request<{ channel: string }>, response) =>
    showForm(parts, request, response),
  );
  router.get('/forms/:channel/received/:id', (request: Request<{ channel: string; id: string }>, response) =>
    showReceived(parts, request, response),
  );
  return router;
}

function showForm(parts: HttpParts, request: Request<{ channel: string }>, response: Response): void {
  const { channel } = request.params;
  const found = parts.inbox.requestForm(channel);
  if (found === null) return noForm(request, response);
  if (found === 'closed') return closedForm(request, response);
  const deskName = parts.config.current().policy.desk.name;
  sendPlainPage(response, requestForm({ channel, deskName, form: found, now: parts.now() }));
}

async function showReceived(
  parts: HttpParts,
  request: Request<{ channel: string; id: string }>,
  response: Response,
): Promise<void> {
  const { channel, id } = request.params;
  const found = await ticketSoon(parts, { channel, id }, PATIENCE_MILLISECONDS);
  if (found === null) return noForm(request, response);
  const { desk } = parts.config.current().policy;
  const refreshes = Number(request.query['again'] ?? 0);
  const address = `/forms/${encodeURIComponent(channel)}`;
  const next =
    found.number === null && refreshes < MOST_REFRESHES ? `${address}/received/${id}?again=${refreshes + 1}` : null;
  sendPlainPage(response, receivedPage({ address, desk, number: found.number, next }));
}

function noForm(request: Request, response: Response): void {
  sendProblem(
    { request, response, status: 404 },
    {
      code: 'form.unknown',
      message: 'There is no form at this address.',
      fix: 'Look at the address again, or ask whoever gave it to you.',
    },
  );
}

function closedForm(request: Request, response: Response): void {
  sendProblem(
    { request, response, status: 503 },
    {
      code: 'form.closed',
      message: 'This form takes no requests at the moment.',
      fix: 'Please try again later.',
    },
  );
}
