import { aDeskBase } from '../connectors/notion/desk-base.ts';
import { SUITE_COLUMNS, ticketStoreSuite } from './ticket-store.ts';

/** Which way Notion rounds the times of a row is not published, so the store must do with any. */
for (const rounding of ['down', 'nearest', 'up'] as const) {
  ticketStoreSuite({
    name: `the Notion store, where times are rounded ${rounding}`,
    async open() {
      const { store, byHand, close } = await aDeskBase(SUITE_COLUMNS, { rounding });
      return { store, ...byHand, close };
    },
  });
}
