import express, { type Request, type Response, type Router } from 'express';
import { noteAct } from '../db/audit.ts';
import { readDeskStatus } from '../db/desk-status.ts';
import { filesOf, messagesOf, ticketByNumber, ticketsAfter } from '../db/ticket-queries.ts';
import { explainTicket } from '../reports/playbook/explain.ts';
import { playbookMarkdown } from '../reports/playbook/markdown.ts';
import { readPlaybook, unusedRules } from '../reports/playbook/playbook.ts';
import { weeklyMarkdown } from '../reports/weekly/markdown.ts';
import { weekAsked } from '../reports/weekly/week.ts';
import { qualityMarkdown } from '../reports/quality/markdown.ts';
import type { HttpParts } from './parts.ts';
import { ticketShape } from '../decide/ticket-shape.ts';
import { apiAccess, type NoteCall } from './api-access.ts';
import { explainedShape, messageShape } from './api-shapes.ts';
import { backtestApi } from './backtest-api.ts';
import { sendProblem } from './errors.ts';
import { peopleApi } from './people-api.ts';
import { sendExport } from './export-api.ts';
import { spanAsked } from './span-asked.ts';
import { valueApi } from './value-api.ts';

/** Tickets to a page, when none is asked for and at most. */
const PAGE = { usual: 50, most: 200 };

/** What scripts read, behind a token. Each route has a line in `api-access.ts`. */
export function apiRouter(parts: HttpParts): Router {
  const router = express.Router();
  router.use(apiAccess(parts.apiTokens, (call) => noteCall(parts, call)));
  router.get('/tickets', (request, response) => listTickets(parts, request, response));
  router.get('/tickets/:number', (request: NumberRequest, response) => showTicket(parts, request, response));
  router.get('/tickets/:number/decisions', (request: NumberRequest, response) =>
    showDecisions(parts, request, response),
  );
  router.get('/status', async (_request, response) => {
    response.json(await statusOf(parts));
  });
  router.get('/reports/playbook', async (_request, response) => {
    const config = parts.config.current();
    const playbook = await readPlaybook({ queries: parts.connection.queries, config, now: parts.now() });
    response.type('text/markdown').send(playbookMarkdown(playbook, config.policy.desk.name));
  });
  router.get('/reports/unused-rules', async (_request, response) => {
    const config = parts.config.current();
    const playbook = await readPlaybook({ queries: parts.connection.queries, config, now: parts.now() });
    response.json(unusedRules(playbook));
  });
  router.get('/reports/weekly', (request, response) => showWeekly(parts, request, response));
  router.get('/reports/quality', (request, response) => showQuality(parts, request, response));
  router.get('/export/:what', (request, response) => sendExport(parts, request, response));
  router.use(valueApi(parts));
  router.use(peopleApi(parts));
  router.get('/learning', async (_request, response) => {
    response.json(await parts.learning.state());
  });
  router.post('/learning', async (_request, response) => {
    await parts.learning.want();
    response.status(202).json(await parts.learning.state());
  });
  router.use(backtestApi(parts));
  router.post('/base/look', async (_request, response) => {
    await parts.base.makeRoom();
    response.status(204).end();
  });
  // Whoever comes here was let in, so that the audit log has it.
  for (const act of ['desk_mended', 'base_connected'])
    router.post(`/noted/${act}`, (_request, response) => void response.status(204).end());
  return router;
}

function noteCall({ connection, now }: HttpParts, call: Parameters<NoteCall>[0]): Promise<void> {
  return noteAct(connection.queries, { ...call, at: now(), by: 'api', target: null });
}

type NumberRequest = Request<{ number: string }>;

async function showWeekly(parts: HttpParts, request: Request, response: Response): Promise<void> {
  const { connection, publicAddress } = parts;
  const [config, now] = [parts.config.current(), parts.now()];
  const name = request.query['week'];
  const week = weekAsked(typeof name === 'string' ? name : null, now, config.policy.desk.timeZone);
  if (week === null) {
    return sendProblem(
      { request, response, status: 400 },
      {
        code: 'api.no-week',
        message: 'There is no week of this name.',
        fix: 'Give a year and one of its weeks, such as week=2026-W47; or nothing, for the last that is over.',
      },
    );
  }
  response.type('text/markdown').send(await weeklyMarkdown(connection.queries, { config, publicAddress, now, week }));
}

/** Pages go up by number, so that whoever reads page after page misses no ticket that comes meanwhile. */
async function listTickets(parts: HttpParts, request: Request, response: Response): Promise<void> {
  const cursor = wholeNumber(request.query['cursor'], 0);
  const limit = wholeNumber(request.query['limit'], PAGE.usual);
  if (cursor === null || limit === null || limit < 1 || limit > PAGE.most) {
    return sendProblem(
      { request, response, status: 400 },
      {
        code: 'api.bad-page',
        message: 'The cursor or the limit of this request cannot be used.',
        fix: `Take the cursor from "next" of the page before, and a limit from 1 to ${PAGE.most}.`,
      },
    );
  }
  const found = await ticketsAfter(parts.connection.queries, cursor, limit + 1);
  const shown = found.slice(0, limit);
  const next = found.length > limit ? String(shown.at(-1)?.number) : null;
  response.json({ tickets: shown.map(ticketShape), next });
}

async function showTicket(parts: HttpParts, request: NumberRequest, response: Response): Promise<void> {
  const { queries } = parts.connection;
  const ticket = await findTicket(parts, request);
  if (ticket === null) return noTicket(request, response);
  const messages = await messagesOf(queries, ticket.key);
  const files = await filesOf(queries, ticket.key);
  response.json({ ...ticketShape(ticket), messages: messages.map((message) => messageShape(message, files)) });
}

async function showDecisions(parts: HttpParts, request: NumberRequest, response: Response): Promise<void> {
  const ticket = await findTicket(parts, request);
  if (ticket === null) return noTicket(request, response);
  const chain = await explainTicket(parts.connection.queries, ticket, parts.config.current());
  response.json({ decisions: chain.map(explainedShape) });
}

/** What to mend in a period, by its name; in the last 90 days where none is given. */
async function showQuality(parts: HttpParts, request: Request, response: Response): Promise<void> {
  const [config, now] = [parts.config.current(), parts.now()];
  const span = spanAsked(request, { now, timeZone: config.policy.desk.timeZone, usual: 'last_90_days' });
  const scope = { span, among: {}, now };
  response.type('text/markdown').send(await qualityMarkdown(parts.connection.queries, { config, scope }));
}

/** Finds a ticket by `1042` or `T-1042`. */
async function findTicket({ connection }: HttpParts, request: NumberRequest) {
  const number = wholeNumber(request.params.number.replace(/^[A-Za-z][A-Za-z0-9]{0,7}-/, ''), null);
  return number === null ? null : ticketByNumber(connection.queries, number);
}

function noTicket(request: NumberRequest, response: Response): void {
  sendProblem(
    { request, response, status: 404 },
    {
      code: 'ticket.not-found',
      message: `There is no ticket ${request.params.number.slice(0, 30)}.`,
      fix: 'Give the number as it stands in the base: 1042 or T-1042.',
    },
  );
}

/** A number as addresses carry it; the fallback when there is none, null when it is something else. */
function wholeNumber<Fallback>(written: unknown, fallback: Fallback): number | Fallback | null {
  if (written === undefined || written === '') return fallback;
  return typeof written === 'string' && /^\d{1,15}$/.test(written) ? Number(written) : null;
}

async function statusOf({ connection, config, base, now }: HttpParts): Promise<object> {
  const { inbox, outbox, sync, tickets } = await readDeskStatus(connection.queries, now());
  const current = config.current();
  return {
    inbox,
    outbox: { waiting: outbox.waiting, oldestWaitingSeconds: outbox.oldestWaitingSeconds },
    deadLetters: outbox.dead,
    sync,
    base: {
      store: current.store.kind,
      requestsSpent: base.requestsSpent(),
      lockedColumns: base.locked().map(({ name, message, fix }) => ({ column: name, message, fix })),
    },
    tickets,
    config: { version: current.version, refused: config.refused() },
    database: connection.engine,
  };
}
