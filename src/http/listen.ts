import { createServer, type RequestListener, type Server } from 'node:http';
import { Problem } from '../domain/problem.ts';

/** So many connections may wait to be let in; beyond it the system drops them, and senders try again after a second. */
const BACKLOG = 4096;

/**
 * An idle connection is kept for longer than the 60 s of common proxies: who ends it first must not be us, or a
 * request may meet a connection that is just closing and has no answer. Node's own 5 s did that to one in some hundred.
 */
const IDLE_MILLISECONDS = 75_000;

/** A port that answers. */
export interface Listening {
  /** As people on this machine reach it. */
  address: string;
  /** Lets answers under way end, and no new one begin. */
  close(): Promise<void>;
}

/** @throws Problem `http.port-taken` */
export function listen(app: RequestListener, { port, host }: { port: number; host: string }): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: IDLE_MILLISECONDS }, app);
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(portTaken(port, cause)));
    server.listen({ port, host, backlog: BACKLOG }, () =>
      resolve({ address: addressOf(server), close: () => closeServer(server) }),
    );
  });
}

function portTaken(port: number, cause: unknown): Problem {
  return new Problem(
    {
      code: 'http.port-taken',
      message: `Nothing can be served on port ${port}: ${cause instanceof Error ? cause.message : 'it is refused'}.`,
      fix: 'Stop what listens there, or choose another port with PORT.',
    },
    { cause },
  );
}

function addressOf(server: Server): string {
  const address = server.address();
  return `http://localhost:${typeof address === 'object' && address !== null ? address.port : ''}`;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // Those at work end with their answer, not when they have been idle long enough.
    server.keepAliveTimeout = 1;
    server.keepAliveTimeoutBuffer = 0;
  });
}
