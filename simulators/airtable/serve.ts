import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Airtable } from './create.ts';
import { FILES_PATH } from './call.ts';

/** How often pings of webhooks are looked for. */
const PING_EVERY_MS = 100;

/** Node refuses a URL of 16,000 characters with 431; Airtable shall do it. */
const MOST_HEADER_BYTES = 64 * 1024;

/** An Airtable behind a port of this machine. */
export interface ServedAirtable {
  /** For `AIRTABLE_ENDPOINT_URL`: without `/v0` and without a slash at its end. */
  address: string;
  /** Where attachments are uploaded to; Airtable has a host of its own for it. */
  contentAddress: string;
  close(): Promise<void>;
}

/** Serves on loopback, on a port of the system's choice: broken, stalled and slow answers are real ones here. */
export async function serveAirtable(airtable: Airtable): Promise<ServedAirtable> {
  const server = createServer(
    { maxHeaderSize: MOST_HEADER_BYTES },
    (incoming, outgoing) => void answer(airtable, incoming, outgoing),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The simulator has no port.');
  const address = `http://127.0.0.1:${bound.port}`;
  airtable.settings.filesAddress = `${address}/${FILES_PATH}`;
  const pinging = setInterval(() => void airtable.deliverPings(), PING_EVERY_MS);
  pinging.unref();
  return {
    address,
    contentAddress: `${address}/content`,
    async close() {
      clearInterval(pinging);
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function answer(airtable: Airtable, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const response = await airtable.handle(requestOf(incoming));
    if (response.type === 'error') {
      incoming.socket.resetAndDestroy();
      return;
    }
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    // What is known of a body that never ends is sent at once.
    outgoing.flushHeaders();
    if (response.body === null) outgoing.end();
    else await pipeline(Readable.fromWeb(response.body), outgoing);
  } catch {
    // Whoever asked has gone, or the simulator has a fault of its own: either way there is nobody to tell nicely.
    outgoing.destroy();
  }
}

function requestOf(incoming: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD';
  return new Request(`http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`, {
    method: incoming.method ?? 'GET',
    headers,
    ...(hasBody && { body: Readable.toWeb(incoming), duplex: 'half' as const }),
  });
}
