import express, { type RequestHandler, type Response, type Router } from 'express';
import type { AuditEntry } from '../db/audit.ts';
import type { AuditAct } from '../domain/audit.ts';
import { Problem } from '../domain/problem.ts';
import { type Access, isEnough } from '../kit/access.ts';
import { isOneOf } from '../kit/constant-time.ts';
import { callerOf } from './caller-name.ts';
import { answerUnknown, sendProblem } from './errors.ts';

interface Line {
  method: 'get' | 'post' | 'delete';
  path: string;
  /** The least that a caller must be. */
  least: Access;
  /** What the audit log says of it, where it changes something. */
  act?: AuditAct;
}

/** Who may call what. A route without a line here is opened to nobody. */
const LINES: readonly Line[] = [
  { method: 'get', path: '/tickets', least: 'viewer' },
  { method: 'get', path: '/tickets/:number', least: 'viewer' },
  { method: 'get', path: '/tickets/:number/decisions', least: 'viewer' },
  { method: 'get', path: '/status', least: 'viewer' },
  { method: 'get', path: '/reports/playbook', least: 'viewer' },
  { method: 'get', path: '/reports/unused-rules', least: 'viewer' },
  { method: 'get', path: '/reports/weekly', least: 'viewer' },
  { method: 'get', path: '/reports/quality', least: 'viewer' },
  { method: 'get', path: '/reports/value', least: 'viewer' },
  { method: 'get', path: '/export/:what', least: 'viewer' },
  { method: 'get', path: '/learning', least: 'viewer' },
  { method: 'post', path: '/learning', least: 'admin', act: 'learning_asked' },
  // What a backtest shows is a config that nobody agreed to yet.
  { method: 'get', path: '/backtest', least: 'admin' },
  { method: 'post', path: '/backtest', least: 'admin', act: 'backtest_begun' },
  { method: 'delete', path: '/backtest', least: 'admin', act: 'backtest_ended' },
  { method: 'post', path: '/baseline', least: 'admin', act: 'baseline_imported' },
  { method: 'delete', path: '/baseline', least: 'admin', act: 'baseline_forgotten' },
  { method: 'post', path: '/base/look', least: 'admin', act: 'base_read' },
  // What a command is about to do beside us.
  { method: 'post', path: '/noted/desk_mended', least: 'admin', act: 'desk_mended' },
  { method: 'post', path: '/noted/base_connected', least: 'admin', act: 'base_connected' },
  // Everything that is held of somebody, in one answer, is more than anybody needs to work.
  { method: 'get', path: '/people/:who', least: 'admin', act: 'person_shown' },
  { method: 'get', path: '/people/:who/erasure', least: 'admin', act: 'person_shown' },
  { method: 'delete', path: '/people/:who', least: 'admin', act: 'person_erased' },
];

/** Notes that somebody is about to change something. */
export type NoteCall = (call: Pick<AuditEntry, 'act' | 'access' | 'person' | 'address'>) => Promise<void>;

/** What opens the API. */
export interface ApiTokens {
  /** For everything. */
  token: string;
  /** For reading; null where nobody set one. */
  readToken: string | null;
}

/**
 * Goes before the routes of the API, and lets through who may call them.
 *
 * @throws Problem `environment.invalid` where both tokens are one
 */
export function apiAccess(tokens: ApiTokens, note: NoteCall): Router {
  if (tokens.readToken === tokens.token) {
    throw new Problem({
      code: 'environment.invalid',
      message: 'TABLEDESK_READ_TOKEN is the same as TABLEDESK_TOKEN, so whoever is to read could do everything.',
      fix: 'Give TABLEDESK_READ_TOKEN another value, in the environment or in .env.',
    });
  }
  const router = express.Router();
  router.use(knowCaller(tokens));
  for (const line of LINES) router[line.method](line.path, letThrough(line, note));
  router.use(answerUnknown);
  return router;
}

function knowCaller({ token, readToken }: ApiTokens): RequestHandler {
  return (request, response, next) => {
    const shown = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
    response.set('Cache-Control', 'no-store');
    const isAdmin = isOneOf(shown, [token]);
    if (isAdmin || (readToken !== null && isOneOf(shown, [readToken]))) {
      response.locals['access'] = isAdmin ? 'admin' : 'viewer';
      return next();
    }
    response.set('WWW-Authenticate', 'Bearer');
    return sendProblem(
      { request, response, status: 401 },
      {
        code: 'api.not-authorised',
        message: 'The API opens with a token, and this request brings none or a wrong one.',
        fix: 'Send the header "Authorization: Bearer" with the value of TABLEDESK_TOKEN, or of TABLEDESK_READ_TOKEN to read.',
      },
    );
  };
}

function letThrough({ least, act }: Line, note: NoteCall): RequestHandler {
  return async (request, response, next) => {
    const access = accessOf(response);
    if (isEnough(access, least)) {
      if (act !== undefined) await note({ act, access, person: callerOf(request), address: request.ip ?? null });
      return next('router');
    }
    return sendProblem(
      { request, response, status: 403 },
      {
        code: 'api.read-only',
        message: 'TABLEDESK_READ_TOKEN reads tickets and reports, and may not do this.',
        fix: 'Send TABLEDESK_TOKEN instead, if you are to do this.',
      },
    );
  };
}

/** What the caller may do, whom `knowCaller` let in. */
function accessOf(response: Response): Access {
  return response.locals['access'] === 'admin' ? 'admin' : 'viewer';
}
