import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** Between two looks at `/readyz` of each process, in milliseconds. */
const LOOK = 500;

/** A load balancer as they are: it looks who is ready, keeps connections, and tries another where it cannot connect. */
export interface Balancer {
  address: string;
  /** Processes to send to, whether or not they are ready. */
  to(addresses: readonly string[]): void;
  /** Requests that it could give to nobody, or that were left without an answer, and why. */
  failed: readonly string[];
  close(): Promise<void>;
}

export async function aBalancer(): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const failed: string[] = [];
  const ready = new Set<string>();
  const state = { addresses: [] as readonly string[], turn: 0, isOver: false };

  async function look(): Promise<void> {
    while (!state.isOver) {
      await Promise.all(state.addresses.map(lookAt));
      await pause(LOOK);
    }
  }

  async function lookAt(address: string): Promise<void> {
    const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(LOOK * 4) }).catch(() => null);
    if (answer?.ok === true && state.addresses.includes(address)) ready.add(address);
    else ready.delete(address);
  }

  async function serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await buffer(asked);
    state.turn += 1;
    const those = [...ready];
    const inTurn = those.map((_, index) => those[(state.turn + index) % those.length] ?? '');
    const problems: string[] = [];
    for (const address of inTurn) {
      const problem = await forward({ address, asked, body, agent, answer });
      if (problem === null) return;
      problems.push(problem);
      // What it may have begun to do is nobody else's to do again.
      if (!problem.startsWith('ECONNREFUSED')) break;
    }
    failed.push(`${asked.url ?? ''}: ${problems.join(', ') || 'nobody is ready'}`);
    answer.writeHead(502).end();
  }

  const server = createServer((asked, answer) => void serve(asked, answer));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const looking = look();
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    to(addresses) {
      state.addresses = addresses;
      for (const address of ready) if (!addresses.includes(address)) ready.delete(address);
    },
    failed,
    async close() {
      state.isOver = true;
      await looking;
      agent.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Passes a request on and its answer back. Null once that is done, or what was wrong. */
function forward({
  address,
  asked,
  body,
  agent,
  answer,
}: {
  address: string;
  asked: IncomingMessage;
  body: Buffer;
  agent: Agent;
  answer: ServerResponse;
}): Promise<string | null> {
  return new Promise((done) => {
    const { method, url, headers } = asked;
    const passed = request(`${address}${url}`, { method, headers, agent }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
      response.once('error', () => done('its answer broke off'));
      response.once('end', () => done(null));
    });
    passed.once('error', (error: NodeJS.ErrnoException) => {
      done(`${error.code ?? error.message}${passed.reusedSocket ? ' on a kept connection' : ''}`);
    });
    passed.end(body);
  });
}
