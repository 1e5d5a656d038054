import { type ConsoleServer, serveConsole } from './console-server.ts';
import { aVisitor, type Visitor } from './console-visitor.ts';
import { aDatabase, type TestDatabase } from './database.ts';
import { aLiveConfig } from './live-config.ts';
import { aDesk, type TestDesk } from './pipeline.ts';

/** The console of a desk on a database of its own, with Ana signed in. */
export interface VisitedConsole {
  database: TestDatabase;
  desk: TestDesk;
  server: ConsoleServer;
  ana: Visitor;
  close(): Promise<void>;
}

export async function aVisitedConsole(config: Parameters<typeof aLiveConfig>[0]): Promise<VisitedConsole> {
  const database = await aDatabase('pglite');
  const desk = aDesk(database.connection, { config: aLiveConfig(config) });
  const server = await serveConsole(database.connection, desk);
  const ana = aVisitor(server.address);
  await ana.signIn('Ana');
  return {
    database,
    desk,
    server,
    ana,
    async close() {
      await server.close();
      await database.drop();
    },
  };
}
