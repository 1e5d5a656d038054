/**
 * Notion form or automation: Notion tells of a page. One of the database of tickets is a ticket already.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createNotionFormChannel } from './channel.ts';
import { NotionFormSettings } from './settings.ts';

export const connector: Connector = {
  id: 'notion-form',
  title: 'Notion form',
  summary: 'Pages that a form, an automation or a button of any Notion database tells of.',
  docs: 'https://www.notion.com/help/webhook-actions',
  channel: role(NotionFormSettings, createNotionFormChannel),
  setUp: {
    family: 'forms',
    token: { madeAs: 'word' },
    access: {
      foundAt:
        'on [notion.so/profile/integrations](https://www.notion.so/profile/integrations), on the page of the connection',
    },
    tryIt: 'In Notion submit the form, or press the button that tells of a page.',
  },
};
