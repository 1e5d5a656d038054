import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that knows customers, on this machine, and answers as a test says. */
export interface Crm {
  /** `http://127.0.0.1:…`, without a slash at its end. */
  address: string;
  /** What it was asked, in order: paths with their query. */
  asked: string[];
  /** Headers of the last question. */
  headers(): IncomingMessage['headers'];
  /** How it answers from now on. */
  answer(how: (response: ServerResponse) => void): void;
  close(): Promise<void>;
}

export async function aCrm(): Promise<Crm> {
  const asked: string[] = [];
  const held: { headers: IncomingMessage['headers']; answer: (response: ServerResponse) => void } = {
    headers: {},
    answer: (response) => response.end('{}'),
  };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    held.headers = request.headers;
    held.answer(response);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    headers: () => held.headers,
    answer: (how) => void (held.answer = how),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Answers with JSON. */
export function json(body: unknown, status = 200): (response: ServerResponse) => void {
  return (response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
