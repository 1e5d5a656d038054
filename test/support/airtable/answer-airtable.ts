import { http, type HttpHandler } from 'msw';
import type { Airtable } from '../../../simulators/airtable/index.ts';

const HOSTS = ['https://api.airtable.com', 'https://content.airtable.com', 'https://v5.airtableusercontent.com/files'];

/**
 * Has the simulator answer where Airtable would, within this process: `setupServer(...answerAirtable(airtable))`.
 *
 * A broken connection arrives as one (msw takes `Response.error()` for it), and a body that stalls does stall;
 * what sockets do besides, keep-alive, resets halfway and a server that is killed, takes `serveAirtable`.
 */
export function answerAirtable(airtable: Airtable): HttpHandler[] {
  return HOSTS.map((host) => http.all(`${host}/*`, ({ request }) => airtable.handle(request)));
}
