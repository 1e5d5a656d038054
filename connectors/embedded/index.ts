/**
 * The base of those who have none: a table in our own database.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { EmbeddedSettings } from './settings.ts';

export const connector: Connector = {
  id: 'embedded',
  title: 'Embedded',
  summary: 'A table in our own database, for desks without Airtable or Notion.',
  docs: null,
  store: role(EmbeddedSettings, async (...given) => (await import('./store.ts')).createEmbeddedStore(...given)),
};
