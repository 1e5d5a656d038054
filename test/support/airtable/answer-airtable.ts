import { http, type HttpHandler } from 'msw';
import type { Airtable } from '../../../simulators/airtable/index.ts';

const HOSTS = ['https://api.airtable.com', 'https://content.airtable.com', 'https://v5.airtableusercontent.com/files'];

/**
 * Has the simulator answer where Airtable would, within this process: `setupServer(...answerAirtable(airtable))`.
 *
 * A broken connection arrives as one: msw takes `Response.error()` for it. A body that stalls does stall, but an
 * AbortSignal does not end the waiting here as it does in earnest. Leave stalled bodies, and whatever else sockets
 * do, to `serveAirtable`.
 */
export function answerAirtable(airtable: Airtable): HttpHandler[] {
  return HOSTS.map((host) => http.all(`${host}/*`, ({ request }) => airtable.handle(request)));
}
