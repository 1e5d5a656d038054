/**
 * Jotform: what people answer in a form, with a token, and read back through the API where we may.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createJotformChannel } from './channel.ts';
import { JotformSettings } from './settings.ts';

export const connector: Connector = {
  id: 'jotform',
  title: 'Jotform',
  summary: 'Submissions of a Jotform with a token, read back through its API.',
  docs: 'https://api.jotform.com/docs/',
  channel: role(JotformSettings, createJotformChannel),
  setUp: {
    family: 'forms',
    token: { madeAs: 'word' },
    access: { foundAt: 'in Jotform under **Settings**, **API**, **Create New Key**' },
    tryIt: 'Submit the form once.',
  },
};
