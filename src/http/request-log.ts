import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from '../kit/log.ts';

/** Asked by machines every few seconds; worth a line only when something is wrong. */
const ROUTINE = /^\/(healthz|readyz|metrics|assets\/)/;

/** An id that a proxy in front may give: letters, digits and dashes. */
const ACCEPTABLE_ID = /^[\w-]{1,64}$/;

/**
 * One line for each answer: an id, which the answer bears too, method, address without its secrets,
 * status and time. Nothing of a body, and no address of a person.
 */
export function logRequests(log: Log): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const given = request.get('x-request-id') ?? '';
    const requestId = ACCEPTABLE_ID.test(given) ? given : randomUUID();
    response.locals['requestId'] = requestId;
    response.set('X-Request-Id', requestId);
    response.once('finish', () => {
      const { method, originalUrl: url } = request;
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      log[levelOf(response.statusCode, url)]({ requestId, method, url, status: response.statusCode, ms }, 'answered');
    });
    next();
  };
}

function levelOf(status: number, url: string): 'debug' | 'info' | 'warn' {
  if (status >= 500) return 'warn';
  return ROUTINE.test(url) ? 'debug' : 'info';
}
