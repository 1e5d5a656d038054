/**
 * Airtable form or script: an automation of a base tells of a record. One of the base of tickets is a ticket already.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createAirtableFormChannel } from './channel.ts';
import { AirtableFormSettings } from './settings.ts';

export const connector: Connector = {
  id: 'airtable-form',
  title: 'Airtable form',
  summary: 'Records that an automation of any Airtable base tells of, those of forms first.',
  docs: 'https://support.airtable.com/docs/run-a-script-action',
  channel: role(AirtableFormSettings, createAirtableFormChannel),
  setUp: {
    family: 'forms',
    token: { madeAs: 'word' },
    tryIt: 'In Airtable open the automation and choose **Test automation**, or submit the form once.',
  },
};
