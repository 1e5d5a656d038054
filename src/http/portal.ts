import express, { type Router } from 'express';
import { readQuery } from '../console/wire.ts';
import { filesOf, messagesOf } from '../db/ticket-queries.ts';
import type { Policy } from '../decide/policy.ts';
import type { ProblemDetails } from '../domain/problem.ts';
import { isOpen, type Ticket } from '../domain/ticket.ts';
import { portalIn } from '../config/channels.ts';
import { createIds } from '../kit/new-ids.ts';
import { sendProblem } from './errors.ts';
import { helpWords } from './help-words.ts';
import type { Helping } from './helping.ts';
import type { HttpParts } from './parts.ts';
import { sendPlainPage } from './plain-page.ts';
import { portalPage } from './portal-page.ts';
import type { Suggesting } from './request-form.ts';
import { doorOf, type Visit } from './signed-page.ts';

/** The pages of tickets for those who asked. What is written there is posted to the hook of the channel. */
export function portalRouter(parts: HttpParts, helping: Helping): Router {
  const router = express.Router();
  const newId = createIds();
  const enter = doorOf(parts, 'ticket', { unknown: UNKNOWN, ended: ENDED, tooOften: TOO_OFTEN });
  const show = (visit: Visit) => showTicket(visit, { formKey: newId(parts.now()), helping });
  router.get('/ticket/:token', enter(show));
  return router;
}

/** Only what is public: a note of the team never gets here, nor anything that stands in the log. */
async function showTicket(
  { parts, request, response, ticket }: Visit,
  { formKey, helping }: { formKey: string; helping: Helping },
): Promise<void> {
  const { queries } = parts.connection;
  const [all, files] = await Promise.all([messagesOf(queries, ticket.key), filesOf(queries, ticket.key)]);
  const messages = all.filter(({ visibility }) => visibility === 'public');
  const { policy, channels } = parts.config.current();
  const channel = portalIn(channels);
  if (channel === null) return sendProblem({ request, response, status: 404 }, UNKNOWN);
  const { token } = request.params;
  const isSent = readQuery(request.query)('sent') === '1';
  const shown = { token, formKey, desk: policy.desk, ticket, messages, files, isSent, channel };
  sendPlainPage(response, portalPage({ ...shown, suggesting: suggestingFor(ticket, { policy, helping }) }));
}

/** While the ticket is open, the approved articles that fit it; what is typed is looked up besides. */
function suggestingFor(
  { status, suggestion, language }: Ticket,
  { policy, helping }: { policy: Policy; helping: Helping },
): Suggesting | null {
  const shelf = helping.shelf() ?? [];
  if (shelf.length === 0 || !isOpen(status)) return null;
  const fitting = (suggestion?.articles ?? []).flatMap((name) => shelf.filter((article) => article.name === name));
  const words = helpWords({ ticket: { language }, desk: policy.desk });
  return { words, address: `/help/suggest?lang=${words.locale}`, found: fitting.length === 0 ? null : fitting };
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
