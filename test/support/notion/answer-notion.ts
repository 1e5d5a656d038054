import { http, type HttpHandler } from 'msw';
import type { Notion } from '../../../simulators/notion/index.ts';

const HOSTS = ['https://api.notion.com', 'https://prod-files-secure.s3.us-west-2.amazonaws.com'];

/**
 * Has the simulator answer where Notion would, within this process: `setupServer(...answerNotion(notion))`.
 *
 * A broken connection arrives as one: msw takes `Response.error()` for it. A body that stalls does stall, but an
 * AbortSignal does not end the waiting here as it does in earnest. Leave stalled bodies, and whatever else sockets
 * do, to `serveNotion`.
 */
export function answerNotion(notion: Notion): HttpHandler[] {
  return HOSTS.map((host) => http.all(`${host}/*`, ({ request }) => notion.handle(request)));
}
