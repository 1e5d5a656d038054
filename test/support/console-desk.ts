import { afterAll, beforeAll } from 'vitest';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { Access } from '../../src/kit/access.ts';
import { aPolicy } from './builders.ts';
import { type ConsoleServer, serveConsole } from './console-server.ts';
import { aVisitor, type Visitor } from './console-visitor.ts';
import { aDatabase, type TestDatabase } from './database.ts';
import { aLiveConfig } from './live-config.ts';
import { aDesk, aForm, allTickets, postForm, type TestDesk } from './pipeline.ts';

/** A desk with one ticket, T-1042 of Greta, and those who come to its console. */
export interface ConsoleDesk {
  /** What all tests of a file share; made before the first. */
  world: { database: TestDatabase; desk: TestDesk; server: ConsoleServer };
  nobody(): Visitor;
  somebody(person?: string, access?: Access): Promise<Visitor>;
  theTicket(): Promise<Ticket>;
}

/** For all tests of the file that calls it. */
export function aConsoleDesk(): ConsoleDesk {
  const world = {} as ConsoleDesk['world'];
  beforeAll(async () => {
    world.database = await aDatabase('pglite');
    const { connection } = world.database;
    world.desk = aDesk(connection, { config: aLiveConfig({ policy: aPolicy({ desk: { firstNumber: 1042 } }) }) });
    world.server = await serveConsole(connection, world.desk);
    await postForm(connection, aForm('Greta'));
    await world.desk.pipeline.drainInbox();
  });
  afterAll(async () => {
    await world.server.close();
    await world.database.drop();
  });
  return {
    world,
    nobody: () => aVisitor(world.server.address),
    async somebody(person = 'Ana', access = 'admin') {
      const visitor = aVisitor(world.server.address);
      await visitor.signIn(person, access);
      return visitor;
    },
    async theTicket() {
      const [ticket] = await allTickets(world.database.connection);
      if (ticket === undefined) throw new Error('no ticket');
      return ticket;
    },
  };
}
