import { NO_BACKTESTS } from './backtests.ts';
import { A_LEARNER_OF_NOTHING } from './learning-states.ts';
import { createServer, type Server } from 'node:http';
import express from 'express';
import { eq } from 'drizzle-orm';
import { CONNECTORS } from '../../connectors/index.ts';
import { createSecretKeeper } from '../../src/config/secret-keeper.ts';
import { createConsole, type ConsoleParts } from '../../src/console/index.ts';
import type { Connection } from '../../src/db/connection.ts';
import { outbox } from '../../src/db/schema.ts';
import { Problem } from '../../src/domain/problem.ts';
import { createEvents } from '../../src/events/create.ts';
import { ask } from '../../src/kit/ask.ts';
import { createIds } from '../../src/kit/new-ids.ts';
import { createLog } from '../../src/kit/log.ts';
import { oweRefusedAgain } from '../../src/sync/mirror.ts';
import { channelOf } from './channels.ts';
import type { TestDesk } from './pipeline.ts';
import { aQuietBase } from './quiet-base.ts';

/** The words that open the console of a test, by how far. */
export const PASSWORDS = {
  admin: 'a long enough password',
  agent: 'the password of agents',
  viewer: 'the password of viewers',
};
export const PASSWORD = PASSWORDS.admin;

export interface ConsoleServer {
  /** Without a slash at its end. */
  address: string;
  close(): Promise<void>;
}

/** The console over a real desk, served on a port of the system's choice. */
export async function serveConsole(
  connection: Connection,
  desk: TestDesk,
  changes: Partial<ConsoleParts> = {},
): Promise<ConsoleServer> {
  const app = express();
  app.disable('x-powered-by');
  app.use(createConsole({ ...consoleParts(connection, desk), ...changes }));
  const server = createServer(app);
  const port = await listening(server);
  return {
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Doors at which nothing happens. */
export const QUIET_DOORS: ConsoleParts['doors'] = {
  lastTurnedAway: () => null,
  listening: () => [],
  channelOf,
  kindOf: (kind) => CONNECTORS[kind] ?? null,
  markOf: () => '',
};

/** Sets no secrets. */
function aKeeperOfNothing(): ConsoleParts['keeper'] {
  const config = { lookForSecrets: async () => undefined };
  return createSecretKeeper({ variables: {}, file: null, config, log: createLog('silent') });
}

/** What the console is made of in tests; outbox retries only put an entry back in line. */
export function consoleParts(connection: Connection, desk: TestDesk): ConsoleParts {
  return {
    connection,
    pipeline: desk.pipeline,
    config: desk.config,
    secret: { password: PASSWORD, token: 'a-token', passwords: PASSWORDS },
    outbox: {
      async retry(key) {
        await connection.queries
          .update(outbox)
          .set({ state: 'waiting', attempts: 0, problem: null, finishedAt: null, nextAt: desk.clock.now() })
          .where(eq(outbox.key, key));
      },
      async tryWay(way) {
        if (way !== 'team')
          throw new Problem({ code: 'outbox.way-unusable', message: 'Nothing there.', fix: 'Set it.' });
      },
    },
    attachments: { open: async () => ({ kind: 'unknown' }) },
    events: createEvents({
      connection,
      config: desk.config,
      ask,
      tell: desk.pipeline.tellOfSwitchedOff,
      newId: createIds(),
      pause: () => new Promise(() => {}),
      now: desk.clock.now,
      log: createLog('silent'),
    }),
    knowledge: {
      gaps: async () => ({ weeks: 8, solved: 0, gaps: [] }),
      problems: async () => ({ weeks: 8, requests: 0, problems: [] }),
      findArticles: () => [],
      pastAnswers: { find: async () => [] },
    },
    learning: A_LEARNER_OF_NOTHING,
    backtests: NO_BACKTESTS,
    weekly: { writeAgain: async () => false },
    tables: { state: async () => [], lookSoon: async () => undefined },
    doors: QUIET_DOORS,
    ask,
    keeper: aKeeperOfNothing(),
    model: () => null,
    team: { setAway: desk.pipeline.setAway, findings: () => [] },
    status: {
      publicAddress: null,
      storeTitle: 'embedded',
      addressOfRow: () => null,
      configSource: () => null,
      configFolder: 'config',
      startedAt: desk.clock.now().subtract({ hours: 52 }),
      base: aQuietBase({ writeRefused: () => oweRefusedAgain(connection, desk.clock.now()) }),
    },
    now: desk.clock.now,
    log: createLog('silent'),
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((found, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') found(address.port);
      else failed(new Error('no port'));
    });
  });
}
