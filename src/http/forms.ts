import express, { type Request, type Response, type Router } from 'express';
import type { HttpParts } from './parts.ts';
import { sendProblem } from './errors.ts';
import { readForm } from '../console/wire.ts';
import { TOO_OFTEN } from './help.ts';
import type { Helping } from './helping.ts';
import { plainPageStyle, sendPlainPage } from './plain-page.ts';
import { receivedPage, requestForm, type Suggesting } from './request-form.ts';
import { ticketSoon } from './ticket-soon.ts';

/** So long a page waits for the number, and then asks again by itself. */
const PATIENCE_MILLISECONDS = 2000;

/** How often the page asks again by itself before it stops promising a number. */
const MOST_REFRESHES = 5;

/** The longest message that the form takes, and what stands around it. */
const LONGEST_FORM = '512kb';

type FormRequest = Request<{ channel: string }>;

type FormParts = HttpParts & { helping: Helping };

/** The request form of a channel, and the page that it leads to. */
export function formsRouter(parts: HttpParts, helping: Helping): Router {
  const router = express.Router();
  const given = { ...parts, helping };
  router.use(plainPageStyle());
  router.get('/forms/:channel', (request: FormRequest, response) => showForm(given, request, response));
  router.post(
    '/forms/:channel/articles',
    express.urlencoded({ extended: false, limit: LONGEST_FORM }),
    (request: FormRequest, response) => lookFirst(given, request, response),
  );
  router.get('/forms/:channel/received/:id', (request: Request<{ channel: string; id: string }>, response) =>
    showReceived(parts, request, response),
  );
  return router;
}

/** Without a script articles come in a second step, with all that was typed; a third sends it. */
function lookFirst(parts: FormParts, request: FormRequest, response: Response): void {
  if (parts.helping.shelf() === null) return noForm(request, response);
  if (!parts.helping.isWelcome(request, response)) return sendProblem({ request, response, status: 429 }, TOO_OFTEN);
  const form = readForm(request.body);
  const typed = (name: string) => form.get(name);
  const found = parts.helping.fitting(`${typed('subject')}\n${typed('message')}`);
  showForm(parts, request, response, { typed, found });
}

// oxlint-disable-next-line max-params -- what was typed is there in one of the two
function showForm(
  parts: FormParts,
  request: FormRequest,
  response: Response,
  step: Pick<Suggesting, 'found' | 'typed'> = { found: null },
): void {
  const { channel } = request.params;
  const found = parts.inbox.requestForm(channel);
  if (found === null) return noForm(request, response);
  if (found === 'closed') return closedForm(request, response);
  const deskName = parts.config.current().policy.desk.name;
  const { helping } = parts;
  const isSuggesting = (helping.shelf() ?? []).length > 0;
  const suggesting = isSuggesting
    ? { ...step, words: helping.words(request), address: `/help/suggest?lang=${helping.words(request).locale}` }
    : null;
  sendPlainPage(response, requestForm({ channel, deskName, form: found, now: parts.now(), suggesting }));
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
