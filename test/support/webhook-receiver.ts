import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { ask } from '../../src/kit/ask.ts';
import type { Ask } from '../../src/kit/connector.ts';

/** A key of Standard Webhooks, as an endpoint of tests has it. */
export const RECEIVER_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** What somebody called with, and what the vendor's library says of it. */
export interface Called {
  id: string;
  headers: IncomingMessage['headers'];
  text: string;
  /** The body, once the library took the signature for good; undefined where it did not. */
  verified: unknown;
}

/** Somebody on this machine who takes webhooks, checks them as a customer would, and answers as a test says. */
export interface Receiver {
  address: string;
  port: number;
  called: Called[];
  /** How it answers from now on; 204 when nothing is said. */
  answer(how: (response: ServerResponse, called: Called) => void): void;
  close(): Promise<void>;
}

/** Asks within our own network too, as `internal: true` lets it. */
export const askHere: Ask = (url, asked) => ask(url, { ...asked, internal: true });

/** The library compares with the clock of the machine, so that it is told what time it is for the test. */
export async function aReceiver(now: () => Temporal.Instant): Promise<Receiver> {
  const called: Called[] = [];
  const usual = (response: ServerResponse) => void response.writeHead(204).end();
  let how: (response: ServerResponse, call: Called) => void = usual;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const { headers } = request;
      const call = { id: String(headers['webhook-id']), headers, text, verified: verified(text, headers, now()) };
      called.push(call);
      how(response, call);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/hook`,
    port,
    called,
    answer: (given) => void (how = given),
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

function verified(text: string, headers: IncomingMessage['headers'], now: Temporal.Instant): unknown {
  try {
    return atTime(now, () => new Webhook(RECEIVER_SECRET).verify(text, headers as Record<string, string>));
  } catch {
    return undefined;
  }
}

/** What comes of work that asks the machine what time it is. */
export function atTime<Result>(now: Temporal.Instant, work: () => Result): Result {
  const machine = Date.now;
  Date.now = () => now.epochMilliseconds;
  try {
    return work();
  } finally {
    Date.now = machine;
  }
}
