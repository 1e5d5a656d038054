import express, { type Router } from 'express';
import { readQuery } from '../console/wire.ts';
import { filesOf, messagesOf } from '../db/ticket-queries.ts';
import type { ProblemDetails } from '../domain/problem.ts';
import { portalIn } from '../config/channels.ts';
import { createIds } from '../kit/new-ids.ts';
import { sendProblem } from './errors.ts';
import type { HttpParts } from './parts.ts';
import { sendPlainPage } from './plain-page.ts';
import { portalPage } from './portal-page.ts';
import { doorOf, type Visit } from './signed-page.ts';

/** The pages of tickets for those who asked. What is written there is posted to the hook of the channel. */
export function portalRouter(parts: HttpParts): Router {
  const router = express.Router();
  const newId = createIds();
  const enter = doorOf(parts, 'ticket', { unknown: UNKNOWN, ended: ENDED, tooOften: TOO_OFTEN });
  const show = (visit: Visit) => showTicket(visit, newId(parts.now()));
  router.get('/ticket/:token', enter(show));
  return router;
}

/** Only what is public: a note of the team never gets here, nor anything that stands in the log. */
async function showTicket({ parts, request, response, ticket }: Visit, formKey: string): Promise<void> {
  const { queries } = parts.connection;
  const [all, files] = await Promise.all([messagesOf(queries, ticket.key), filesOf(queries, ticket.key)]);
  const messages = all.filter(({ visibility }) => visibility === 'public');
  const { policy, channels } = parts.config.current();
  const channel = portalIn(channels);
  if (channel === null) return sendProblem({ request, response, status: 404 }, UNKNOWN);
  const { token } = request.params;
  const isSent = readQuery(request.query)('sent') === '1';
  const shown = { token, formKey, desk: policy.desk, ticket, messages, files, isSent, channel };
  sendPlainPage(response, portalPage(shown));
}

const UNKNOWN: ProblemDetails = {
  code: 'portal.unknown',
  message: 'There is no request at this address.',
  fix: 'Follow the link of our message once more, all of it: mail programs break long ones.',
};

const ENDED: ProblemDetails = {
  code: 'portal.ended',
  message: 'This link has ended.',
  fix: 'Follow the link of our latest message, or write to us once more.',
};

const TOO_OFTEN: ProblemDetails = {
  code: 'portal.too-often',
  message: 'This page was asked for too often.',
  fix: 'Wait a minute, and try again.',
};
