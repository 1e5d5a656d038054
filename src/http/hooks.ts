import express, { type Request, type Response, type Router } from 'express';
import type { Outcome } from '../inbox/index.ts';
import { isInShadow } from '../config/shadow.ts';
import { ticketName } from '../domain/ticket.ts';
import type { Answer } from '../ports/channel.ts';
import { ticketByNumber } from '../db/ticket-queries.ts';
import type { HttpParts } from './parts.ts';
import { ticketSoon } from './ticket-soon.ts';
import { letPass, readUpTo } from './body-limit.ts';
import { sendProblem } from './errors.ts';

/** Senders give up after 30 s and more, and proxies in between sooner. */
const LONGEST_WAIT_SECONDS = 10;

type HookRequest = Request<{ channel: string; token?: string }>;

/** The addresses that senders post to. What happens behind them is the inbox's business. */
export function hooksRouter(parts: HttpParts): Router {
  const router = express.Router();
  router.post(['/hooks/:channel', '/hooks/:channel/:token'], (request: HookRequest, response) =>
    receive(parts, request, response),
  );
  router.get(['/hooks/:channel', '/hooks/:channel/:token'], (request: HookRequest, response, next) => {
    const { channel, token = null } = request.params;
    const asked = { address: addressOf(parts, request), headers: headersOf(request), token };
    const answer = parts.inbox.greet(channel, asked);
    if (answer === null) next();
    else say(answer, response);
  });
  router.all(['/hooks/:channel', '/hooks/:channel/:token'], (request, response) => {
    response.set('Allow', 'POST');
    sendProblem(
      { request, response, status: 405 },
      {
        code: 'http.post-only',
        message: 'This address takes requests that are sent with POST, and nothing else.',
        fix: 'Enter it as the webhook address of the sending system; people use /forms/ instead of /hooks/.',
      },
    );
  });
  return router;
}

async function receive(parts: HttpParts, request: HookRequest, response: Response): Promise<void> {
  const startedAt = performance.now();
  const { channel, token = null } = request.params;
  const outcome = await parts.inbox
    .receive(channel, {
      address: addressOf(parts, request),
      headers: headersOf(request),
      token,
      readBody: (maxBytes) => readUpTo(request, maxBytes),
    })
    .catch((error: unknown) => {
      // Nobody is left to answer.
      if (request.destroyed || request.errored !== null) return null;
      throw error;
    });
  if (outcome === null) return;
  if (outcome.kind === 'refused') await refuse(outcome, request, response);
  else if (outcome.kind === 'accepted') await accept(parts, { channel, outcome, request }, response);
  else say(outcome.answer, response);
  count(parts, { channel, outcome, status: response.statusCode, seconds: (performance.now() - startedAt) / 1000 });
}

/** Behind a proxy only the config knows what the sender called. */
function addressOf({ publicAddress }: HttpParts, request: Request): string {
  const origin = publicAddress ?? `${request.protocol}://${request.headers.host ?? 'localhost'}`;
  return `${origin}${request.originalUrl}`;
}

/** One value for each name; Node has joined those that may come more than once. */
function headersOf(request: Request): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

/** 202 for what is new and 200 for what had come before, unless the channel or the sender wants something else said. */
async function accept(
  parts: HttpParts,
  accepted: { channel: string; outcome: Extract<Outcome, { kind: 'accepted' }>; request: HookRequest },
  response: Response,
): Promise<void> {
  const { outcome, channel, request } = accepted;
  const { receipt } = outcome;
  const { id } = receipt;
  const answer = outcome.answer({ ...receipt, ...(await ticketFor(parts, { channel, outcome })) });
  if (answer !== null) return say(answer, response);
  const seconds = waitSeconds(request);
  if (seconds === 0) return void response.status(receipt.isRepeat ? 200 : 202).json({ id });
  const number = (await ticketSoon(parts, { channel, id }, seconds * 1000))?.number ?? null;
  response.set('Preference-Applied', 'wait');
  const ticket = number === null ? null : await ticketByNumber(parts.connection.queries, number);
  if (ticket === null) return void response.status(202).json({ id, number: null, url: null, status: null });
  const { publicAddress } = parts;
  const url = publicAddress === null ? null : `${publicAddress}/tickets/${ticket.number}`;
  response.status(200).json({ id, number: ticket.number, url, status: ticket.status });
}

/** The ticket of a request by its name, where the channel waits for it. */
async function ticketFor(
  parts: HttpParts,
  { channel, outcome }: { channel: string; outcome: Extract<Outcome, { kind: 'accepted' }> },
): Promise<{ ticket?: string }> {
  const { receipt, waitsSeconds } = outcome;
  // While the desk only looks on nobody is told that there is a ticket.
  if (waitsSeconds === 0 || isInShadow(parts.config.current(), parts.now())) return {};
  const number = (await ticketSoon(parts, { channel, id: receipt.id }, waitsSeconds * 1000))?.number ?? null;
  return number === null ? {} : { ticket: ticketName(parts.config.current().policy.desk.prefix, number) };
}

/** How long the sender would wait for the ticket: `Prefer: wait=5` (RFC 7240, section 4.3). */
function waitSeconds({ headers }: HookRequest): number {
  const asked = /(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])/i.exec(String(headers['prefer'] ?? ''))?.[1];
  return Math.min(Number(asked ?? 0), LONGEST_WAIT_SECONDS);
}

function say({ status, headers, body }: Answer, response: Response): void {
  response
    .status(status)
    .set({ ...headers })
    .end(body);
}

async function refuse(
  { status, problem, retryAfterSeconds }: Extract<Outcome, { kind: 'refused' }>,
  request: Request,
  response: Response,
): Promise<void> {
  if (!request.complete) await letPass(request);
  // With a body that still comes, the line cannot carry another request.
  if (!request.complete) response.set('Connection', 'close');
  if (retryAfterSeconds !== null) response.set('Retry-After', String(retryAfterSeconds));
  sendProblem({ request, response, status }, problem);
}

/** Names of channels that do not exist are the sender's invention, and no label for a metric. */
function count(
  { metrics, config }: HttpParts,
  done: { channel: string; outcome: Outcome; status: number; seconds: number },
): void {
  const isKnown = Object.hasOwn(config.current().channels, done.channel);
  const channel = isKnown ? done.channel : 'unknown';
  metrics.received({ channel, status: done.status, seconds: done.seconds });
  if (done.outcome.kind === 'accepted' && done.outcome.receipt.isRepeat) metrics.repeated(channel);
}
