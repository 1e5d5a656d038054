/** A request as faults and the log see it. */
export interface Incoming {
  method: string;
  /** With its query, without the host. */
  path: string;
  /** Counts all requests from 1. */
  number: number;
}

/**
 * Something that goes wrong on the way. `commits` says whether Airtable did what was asked before its answer was
 * lost: both happen, and the caller cannot tell which.
 */
export type Fault =
  /** 502 with HTML, as of a proxy in front. */
  | { kind: 'bad-gateway'; commits?: boolean }
  /** 503, with `Retry-After` or without. */
  | { kind: 'unavailable'; retryAfterSeconds?: number; commits?: boolean }
  /** 500 `SERVER_ERROR`. */
  | { kind: 'server-error'; commits?: boolean }
  /** 504 with HTML. */
  | { kind: 'gateway-timeout'; commits?: boolean }
  /** 429 out of the blue; the base pauses as after any other. */
  | { kind: 'rate-limited'; retryAfterSeconds?: number }
  /** The right answer, much later. */
  | { kind: 'slow-headers'; milliseconds: number }
  /** Headers and half of the body; the rest never comes. What was asked is done. */
  | { kind: 'stalled-body' }
  /** The connection breaks before anything is done. */
  | { kind: 'reset' }
  /** What was asked is done, and the connection breaks before the answer. */
  | { kind: 'commit-then-drop' };

const HTML = { 'content-type': 'text/html; charset=utf-8' };

/** Whether the request is carried out although its answer never arrives. */
export function commits(fault: Fault): boolean {
  if (fault.kind === 'commit-then-drop' || fault.kind === 'stalled-body' || fault.kind === 'slow-headers') return true;
  return 'commits' in fault ? (fault.commits ?? false) : false;
}

/** The answer that the caller gets in place of `meant`, which is null where nothing was done. */
export function spoil(fault: Fault, meant: Response | null): Response {
  switch (fault.kind) {
    case 'bad-gateway':
      return page(502, 'Bad Gateway');
    case 'gateway-timeout':
      return page(504, 'Gateway Time-out');
    case 'unavailable':
      return Response.json(
        { error: { type: 'SERVICE_UNAVAILABLE', message: 'The service is temporarily unavailable.' } },
        { status: 503, headers: retryAfter(fault.retryAfterSeconds) },
      );
    case 'server-error':
      return Response.json({ error: { type: 'SERVER_ERROR', message: 'Server error' } }, { status: 500 });
    case 'rate-limited':
      return Response.json(
        { errors: [{ error: 'RATE_LIMIT_REACHED', message: 'Rate limit exceeded. Please try again later' }] },
        { status: 429, headers: retryAfter(fault.retryAfterSeconds) },
      );
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

function page(status: number, title: string): Response {
  const body = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body><center><h1>${status} ${title}</h1></center></body>\r\n</html>\r\n`;
  return new Response(body, { status, headers: HTML });
}

function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

/** Opens an object and says no more. */
function neverEnding(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"records":['));
    },
  });
}
