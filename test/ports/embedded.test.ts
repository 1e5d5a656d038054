import { anEmbeddedStore, byHand } from '../connectors/embedded/desk-rows.ts';
import { aDatabase, ENGINES } from '../support/database.ts';
import { SUITE_COLUMNS, ticketStoreSuite } from './ticket-store.ts';

for (const engine of ENGINES) {
  ticketStoreSuite({
    name: `the embedded store on ${engine}`,
    async open() {
      const { connection, drop } = await aDatabase(engine);
      return { store: anEmbeddedStore(connection, SUITE_COLUMNS), ...byHand(connection, SUITE_COLUMNS), close: drop };
    },
  });
}
