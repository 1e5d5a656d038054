import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Notion } from './create.ts';
import { FILES_PATH } from './handle.ts';

/** How often webhooks are looked for. */
const DELIVER_EVERY_MS = 100;

/** A Notion behind a port of this machine. */
export interface ServedNotion {
  /** The `baseUrl` of the official client: without `/v1` and without a slash at its end. */
  address: string;
  close(): Promise<void>;
}

/** Serves on loopback, on a port of the system's choice: broken, stalled and slow answers are real ones here. */
export async function serveNotion(notion: Notion): Promise<ServedNotion> {
  const server = createServer((incoming, outgoing) => void answer(notion, incoming, outgoing));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The simulator has no port.');
  const address = `http://127.0.0.1:${bound.port}`;
  notion.settings.filesAddress = `${address}/${FILES_PATH}`;
  const delivering = setInterval(() => void notion.deliverWebhooks(), DELIVER_EVERY_MS);
  delivering.unref();
  return {
    address,
    async close() {
      clearInterval(delivering);
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function answer(notion: Notion, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const response = await notion.handle(requestOf(incoming));
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
