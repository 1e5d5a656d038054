import express, { type RequestHandler, type Router } from 'express';
import { type Access, isEnough } from '../kit/access.ts';
import { notFor } from './refusal-pages.ts';
import type { Door } from './visit.ts';

interface Line {
  method: 'get' | 'post';
  path: string;
  /** The least that somebody must be who is signed in. */
  least: Access;
}

/** Who may open and send what. A route without a line here is opened to nobody; of two that fit, the first counts. */
const LINES: readonly Line[] = [
  { method: 'get', path: '/signin', least: 'viewer' },
  { method: 'post', path: '/signin', least: 'viewer' },
  { method: 'get', path: '/signin/provider', least: 'viewer' },
  { method: 'get', path: '/signin/callback', least: 'viewer' },
  { method: 'get', path: '/me', least: 'viewer' },
  { method: 'post', path: '/me', least: 'viewer' },
  { method: 'post', path: '/theme', least: 'viewer' },
  { method: 'post', path: '/signout', least: 'viewer' },

  { method: 'get', path: '/', least: 'viewer' },
  { method: 'get', path: '/review', least: 'agent' },
  { method: 'post', path: '/review/:number', least: 'agent' },
  { method: 'post', path: '/review/:number/undo', least: 'agent' },
  { method: 'get', path: '/tickets/new', least: 'agent' },
  { method: 'post', path: '/tickets', least: 'agent' },
  { method: 'get', path: '/tickets/:number', least: 'viewer' },
  { method: 'get', path: '/tickets/:number/why', least: 'viewer' },
  { method: 'post', path: '/tickets/:number/reply', least: 'agent' },
  { method: 'post', path: '/tickets/:number/note', least: 'agent' },
  { method: 'post', path: '/tickets/:number/edit', least: 'agent' },
  { method: 'post', path: '/tickets/:number/proposal', least: 'agent' },
  { method: 'post', path: '/tickets/:number/steps', least: 'agent' },
  { method: 'post', path: '/tickets/:number/take', least: 'agent' },
  { method: 'post', path: '/tickets/:number/give-back', least: 'agent' },
  { method: 'post', path: '/tickets/:number/hand-off', least: 'agent' },
  { method: 'post', path: '/tickets/:number/accept', least: 'agent' },
  { method: 'post', path: '/tickets/:number/reject', least: 'agent' },
  { method: 'post', path: '/tickets/:number/take-back', least: 'agent' },
  { method: 'post', path: '/tickets/:number/end-help', least: 'agent' },
  { method: 'post', path: '/tickets/:number/link', least: 'agent' },
  { method: 'post', path: '/tickets/:number/incident', least: 'agent' },
  { method: 'post', path: '/tickets/:number/requester', least: 'agent' },
  { method: 'get', path: '/requesters/:id', least: 'viewer' },
  { method: 'post', path: '/requesters/:id/same', least: 'agent' },
  { method: 'post', path: '/requesters/:id/other', least: 'agent' },
  { method: 'post', path: '/requesters/:id/held', least: 'admin' },
  { method: 'get', path: '/requesters/:id/erasure', least: 'admin' },
  { method: 'post', path: '/requesters/:id/erasure', least: 'admin' },
  { method: 'get', path: '/files/:id', least: 'viewer' },
  { method: 'get', path: '/team', least: 'viewer' },
  { method: 'post', path: '/team/away', least: 'agent' },
  { method: 'get', path: '/knowledge', least: 'viewer' },
  { method: 'get', path: '/docs/*page', least: 'viewer' },

  { method: 'get', path: '/reports', least: 'viewer' },
  { method: 'get', path: '/reports/weekly', least: 'viewer' },
  { method: 'get', path: '/reports/speed', least: 'viewer' },
  { method: 'get', path: '/reports/flow', least: 'viewer' },
  { method: 'get', path: '/reports/team', least: 'viewer' },
  { method: 'get', path: '/reports/customers', least: 'viewer' },
  { method: 'get', path: '/reports/ahead', least: 'viewer' },
  { method: 'get', path: '/reports/quality', least: 'viewer' },
  { method: 'get', path: '/reports/value', least: 'viewer' },
  { method: 'get', path: '/reports/export', least: 'viewer' },
  { method: 'get', path: '/reports/export/:file', least: 'viewer' },
  { method: 'get', path: '/reports/quality/cases', least: 'viewer' },
  { method: 'get', path: '/reports/figures/:figure', least: 'viewer' },
  { method: 'post', path: '/reports/weekly/base', least: 'admin' },
  { method: 'get', path: '/playbook', least: 'viewer' },
  { method: 'get', path: '/playbook/rule', least: 'viewer' },
  { method: 'post', path: '/playbook/rule/reviewed', least: 'admin' },
  { method: 'get', path: '/playbook/versions', least: 'viewer' },
  { method: 'get', path: '/playbook/versions/:version', least: 'viewer' },
  { method: 'get', path: '/playbook/versions/:version/rule', least: 'viewer' },
  { method: 'get', path: '/playbook/versions/:version/file', least: 'viewer' },

  { method: 'get', path: '/audit', least: 'admin' },
  { method: 'get', path: '/health', least: 'viewer' },
  // A letter that failed, and an address that works again, stand on tickets, too.
  { method: 'post', path: '/outbox/retry', least: 'agent' },
  { method: 'post', path: '/addresses/reachable', least: 'agent' },
  // As it came in: with the headers, which may hold a sender's token.
  { method: 'get', path: '/inbox/:id/raw', least: 'admin' },
  { method: 'post', path: '/inbox/:id/retry', least: 'admin' },
  { method: 'post', path: '/inbox/:id/insist', least: 'admin' },
  { method: 'post', path: '/ways/test', least: 'admin' },
  { method: 'post', path: '/base/tables', least: 'admin' },
  { method: 'post', path: '/base/calls', least: 'admin' },
  { method: 'post', path: '/base/write-refused', least: 'admin' },
  // Its page shows addresses with their tokens.
  { method: 'get', path: '/channels/:channel', least: 'admin' },
  { method: 'post', path: '/channels/:channel/secret', least: 'admin' },
  { method: 'post', path: '/channels/:channel/test', least: 'admin' },
  { method: 'post', path: '/channels/:channel/test/close', least: 'admin' },
  { method: 'get', path: '/events', least: 'viewer' },
  { method: 'get', path: '/events/:name', least: 'viewer' },
  { method: 'post', path: '/events/:name/test', least: 'admin' },
  { method: 'post', path: '/events/:name/again', least: 'admin' },
  { method: 'post', path: '/events/:name/off', least: 'admin' },
  { method: 'post', path: '/events/:name/on', least: 'admin' },
  { method: 'get', path: '/learning', least: 'viewer' },
  { method: 'post', path: '/learning', least: 'admin' },
  // What it shows is a config that nobody agreed to yet.
  { method: 'get', path: '/backtest', least: 'admin' },
  { method: 'post', path: '/backtest', least: 'admin' },
  { method: 'post', path: '/backtest/cancel', least: 'admin' },
];

/** Goes before the pages, and lets through who may open them. Who is not signed in is the page's own business. */
export function routeAccess(door: Door): Router {
  const router = express.Router();
  for (const { method, path, least } of LINES) router[method](path, letThrough(door, least));
  router.use(door.notFound);
  return router;
}

function letThrough(door: Door, least: Access): RequestHandler {
  return (request, response, next) => {
    const session = door.sessionOf(request);
    if (session === null || isEnough(session.access, least)) return next('router');
    return door.refuse(request, response, notFor(least, session.access));
  };
}
