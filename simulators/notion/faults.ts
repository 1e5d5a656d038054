import { conflict, rateLimited, Refusal, type RateLimitReason } from './refusal.ts';

/** A request as faults and the log see it. */
export interface Incoming {
  method: string;
  /** With its query, without the host. */
  path: string;
  /** Counts all requests from 1. */
  number: number;
}

/**
 * Something that goes wrong on the way. `commits` says whether Notion did what was asked before its answer was
 * lost: both happen, and the caller cannot tell which (section 6).
 */
export type Fault =
  /** 503 that names what was saved: `committed_resource_id`, and the new blocks of an append. */
  | { kind: 'saved-but-unavailable' }
  /** 503 that names nothing. */
  | { kind: 'unavailable'; commits?: boolean }
  /** 503 `database_connection_unavailable`, a code that the official client does not know. */
  | { kind: 'database-unavailable'; commits?: boolean }
  /** 500 `internal_server_error`. */
  | { kind: 'server-error'; commits?: boolean }
  /** 502 with HTML, as of the edge in front. */
  | { kind: 'bad-gateway'; commits?: boolean }
  /** 504 `gateway_timeout`, after so long. */
  | { kind: 'gateway-timeout'; milliseconds?: number; commits?: boolean }
  /** 409: nothing was saved. */
  | { kind: 'conflict' }
  /** 409 `row_limit_exceeded`, a limit of the plan that the official client does not know. */
  | { kind: 'row-limit' }
  /** 529. */
  | { kind: 'overloaded'; retryAfterSeconds?: number }
  /** 429 out of the blue; the connection is refused until the time is over, as after any other. */
  | { kind: 'rate-limited'; reason?: RateLimitReason; retryAfterSeconds?: number }
  /** The right answer, much later. What was asked is done at once, or when nobody waits for it any more. */
  | { kind: 'slow-headers'; milliseconds: number; commits?: 'at-once' | 'late' }
  /** Headers and half of the body; the rest never comes. What was asked is done. */
  | { kind: 'stalled-body' }
  /** The connection breaks before anything is done. */
  | { kind: 'reset' }
  /** What was asked is done, and the connection breaks before the answer. */
  | { kind: 'commit-then-drop' };

/** What a write made, for the answers that say so instead of the right one. */
export interface Committed {
  id: string;
  /** The new blocks of an append. */
  childIds?: readonly string[];
}

/** A request has about this long (section 2). */
const DEADLINE_MS = 60_000;

/** Longest wait that a 429 out of the blue asks for where nothing else is said. */
const MINUTE_SECONDS = 60;

const HTML = { 'content-type': 'text/html; charset=utf-8', 'cf-ray': '8f2c4a6e8f2c4a6e-FRA' };

const DONE_FIRST: readonly Fault['kind'][] = [
  'saved-but-unavailable',
  'slow-headers',
  'stalled-body',
  'commit-then-drop',
];

/** Whether the request is carried out although its answer never arrives. */
export function commits(fault: Fault): boolean {
  if (DONE_FIRST.includes(fault.kind)) return true;
  return 'commits' in fault && fault.commits === true;
}

/** How long the caller waits for it. */
export function delayOf(fault: Fault): { milliseconds: number; isBefore: boolean } {
  const milliseconds = 'milliseconds' in fault ? (fault.milliseconds ?? 0) : 0;
  return { milliseconds, isBefore: fault.kind === 'slow-headers' && fault.commits === 'late' };
}

/** How long the connection is refused after it, in seconds. */
export function pauseAfter(fault: Fault): number {
  if (fault.kind !== 'rate-limited' || fault.reason === 'public_api_request_blocked') return 0;
  return fault.retryAfterSeconds ?? MINUTE_SECONDS;
}

/** The answer that the caller gets in place of `meant`: a refusal where Notion itself says it. */
export function spoil(fault: Fault, meant: Response | null, committed: Committed | null): Response | Refusal {
  switch (fault.kind) {
    case 'saved-but-unavailable':
      return unavailable(committed);
    case 'unavailable':
      return unavailable(null);
    case 'database-unavailable':
      return new Refusal(503, {
        code: 'database_connection_unavailable',
        message: 'Notion is unable to connect to its database. Please try again.',
      });
    case 'server-error':
      return new Refusal(500, { code: 'internal_server_error', message: 'Unexpected error occurred.' });
    case 'gateway-timeout':
      return new Refusal(504, { code: 'gateway_timeout', message: 'The request took too long.' });
    case 'conflict':
      return conflict();
    case 'row-limit':
      return new Refusal(409, { code: 'row_limit_exceeded', message: 'The data source can hold no more rows.' });
    case 'overloaded':
      return overloaded(fault.retryAfterSeconds);
    case 'rate-limited':
      return fault.reason === 'public_api_request_blocked'
        ? rateLimited(fault.reason, null)
        : rateLimited(fault.reason ?? 'public_api_request_rate_limit', pauseAfter(fault));
    case 'bad-gateway':
      return page(502, 'Bad gateway');
    case 'slow-headers':
      return meant ?? Response.error();
    case 'stalled-body':
      return new Response(neverEnding(), {
        status: meant?.status ?? 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
      });
    case 'reset':
    case 'commit-then-drop':
      // `Response.error()` is the web's word for a broken connection: msw and serve.ts break theirs on it.
      return Response.error();
  }
}

function unavailable(committed: Committed | null): Refusal {
  return new Refusal(503, {
    code: 'service_unavailable',
    message: 'Notion is unavailable. Please try again later.',
    data: {
      elapsed_ms: DEADLINE_MS,
      deadline_ms: DEADLINE_MS,
      ...(committed !== null && { committed_resource_id: committed.id }),
      ...(committed?.childIds !== undefined && { committed_child_ids: committed.childIds }),
    },
  });
}

function overloaded(retryAfterSeconds: number | undefined): Refusal {
  return new Refusal(529, {
    code: 'service_overload',
    message: 'Notion is overloaded. Please try again later.',
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
  });
}

function page(status: number, title: string): Response {
  const body = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body><center><h1>${status} ${title}</h1></center><hr><center>cloudflare</center></body>\r\n</html>\r\n`;
  return new Response(body, { status, headers: HTML });
}

/** Opens an object and says no more. */
function neverEnding(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"object":'));
    },
  });
}
