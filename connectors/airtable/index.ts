/**
 * An Airtable base as the desk: people work tickets as rows of a table.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { AirtableSettings } from './settings.ts';

export const connector: Connector = {
  id: 'airtable',
  title: 'Airtable',
  summary: 'A table of an Airtable base, in which people work tickets as rows.',
  docs: 'https://airtable.com/developers/web/api/introduction',
  store: role(AirtableSettings, async (...given) => (await import('./store.ts')).createAirtableStore(...given)),
  teamColumns: true,
  tables: true,
  // Asked for once in a desk's life, and never at a start.
  connect: async (given) => (await import('./connect.ts')).connectAirtable(given),
};
