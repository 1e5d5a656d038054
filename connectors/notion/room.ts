import { Client as NotionClient, LogLevel } from '@notionhq/client';
import type { Environment } from '../../src/kit/connector.ts';
import { tokenMissing } from './problems.ts';

/** The version of the API that everything here was written for. */
const VERSION = '2026-03-11';

/** The package stops waiting for headers alone, and asks on; ours ends the request, and goes first. */
const AFTER_OURS = 5000;

/** What the headers of an answer said. */
export interface Heard {
  /** When, by Notion's clock, in whole seconds; null where something on the way took the header. */
  at: Temporal.Instant | null;
  /** How long to wait, in seconds; null where it does not say. */
  retryAfter: number | null;
}

interface RoomGiven {
  environment: Environment;
  /** Without a slash at its end. */
  endpointUrl: string;
  timeoutSeconds: number;
}

/** The way to the API for one request: `request`, with an end to the waiting and what the headers said. */
export interface Room extends Pick<NotionClient, 'request'> {
  heard: Heard;
}

/**
 * Opens the way to the API, for one request.
 *
 * @throws Problem `notion.token-missing`
 */
export function openRoom({ environment, endpointUrl, timeoutSeconds }: RoomGiven): Room {
  const { NOTION_TOKEN: auth } = environment;
  if (!auth) throw tokenMissing();
  const heard: Heard = { at: null, retryAfter: null };
  const client = new NotionClient({
    auth,
    baseUrl: endpointUrl,
    notionVersion: VERSION,
    // Else a refused request is made again after a wait that our own pace knows nothing of.
    retry: false,
    timeoutMs: timeoutSeconds * 1000 + AFTER_OURS,
    logLevel: LogLevel.ERROR,
    async fetch(url, init) {
      const { agent: _, ...asked } = init ?? {};
      // The body is waited for no longer, either.
      const response = await fetch(url, { ...asked, signal: AbortSignal.timeout(timeoutSeconds * 1000) });
      Object.assign(heard, headersOf(response.headers));
      return response;
    },
  });
  return { heard, request: (asked) => client.request(asked) };
}

function headersOf(headers: Headers): Heard {
  const milliseconds = Date.parse(headers.get('date') ?? '');
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return {
    at: Number.isNaN(milliseconds) ? null : Temporal.Instant.fromEpochMilliseconds(milliseconds),
    retryAfter: Number.isNaN(seconds) ? null : seconds,
  };
}
