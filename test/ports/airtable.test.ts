import { aDeskBase } from '../connectors/airtable/desk-base.ts';
import { SUITE_COLUMNS, ticketStoreSuite } from './ticket-store.ts';

/** Whether a row that comes filled counts as changed is not published, so the store must do with either. */
for (const creationModifies of [false, true]) {
  ticketStoreSuite({
    name: `the Airtable store, where filling a new row ${creationModifies ? 'is' : 'is no'} change`,
    async open() {
      const { store, byHand, close } = await aDeskBase(SUITE_COLUMNS, { creationModifies });
      return { store, ...byHand, close };
    },
  });
}
