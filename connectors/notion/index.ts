/**
 * A Notion database as the desk: people work tickets as rows of a data source.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { NotionSettings } from './settings.ts';

export const connector: Connector = {
  id: 'notion',
  title: 'Notion',
  summary: 'A database in Notion, in which people work tickets as rows.',
  docs: 'https://developers.notion.com/reference/intro',
  store: role(NotionSettings, async (...given) => (await import('./store.ts')).createNotionStore(...given)),
  teamColumns: true,
  tables: true,
  // Asked for once in a desk's life, and never at a start.
  connect: async (given) => (await import('./connect/connect.ts')).connectNotion(given),
};
