import type { Request, Response } from 'express';
import { ticketByKey } from '../db/ticket-queries.ts';
import type { ProblemDetails } from '../domain/problem.ts';
import type { Ticket } from '../domain/ticket.ts';
import { createRateLimit } from '../inbox/rate-limit.ts';
import type { Page } from '../kit/page-links.ts';
import { sendProblem } from './errors.ts';
import type { HttpParts } from './parts.ts';

/** Looks and answers a minute for one page: nobody who reads or fills it in has a use for more. */
const PER_PAGE = 20;

/** For all who come with an address that we did not make, together. */
const PER_GUESSERS = 60;

export type PageRequest = Request<{ token: string }>;

/** A visit to a page of a ticket by somebody who has its address. */
export interface Visit {
  parts: HttpParts;
  request: PageRequest;
  response: Response;
  address: string;
  ticket: Ticket;
}

/** What who cannot be let in is told. */
export interface RefusalWords {
  unknown: ProblemDetails;
  ended: ProblemDetails;
  tooOften: ProblemDetails;
}

/** Lets those in who have the address of a page, and not too often. */
export function doorOf(parts: HttpParts, page: Page, words: RefusalWords) {
  const limit = createRateLimit(parts.now);
  return (show: (visit: Visit) => void | Promise<void>) => async (request: PageRequest, response: Response) => {
    const { token } = request.params;
    const opened = parts.pages.opens(page, token, parts.now());
    const wait = opened.kind === 'open' ? limit.take(opened.ticketKey, PER_PAGE) : limit.take('nobody', PER_GUESSERS);
    if (wait > 0) {
      return sendProblem({ request, response: response.set('Retry-After', String(wait)), status: 429 }, words.tooOften);
    }
    if (opened.kind === 'ended') return sendProblem({ request, response, status: 410 }, words.ended);
    const ticket = opened.kind === 'open' ? await ticketByKey(parts.connection.queries, opened.ticketKey) : null;
    if (ticket === null) return sendProblem({ request, response, status: 404 }, words.unknown);
    await show({ parts, request, response, address: `/${page}/${token}`, ticket });
  };
}
