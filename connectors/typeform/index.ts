/**
 * Typeform: what people answer in a form, signed.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createTypeformChannel } from './channel.ts';
import { TypeformSettings } from './settings.ts';

export const connector: Connector = {
  id: 'typeform',
  title: 'Typeform',
  summary: 'Responses to a Typeform, signed, with their files.',
  docs: 'https://www.typeform.com/developers/webhooks/',
  channel: role(TypeformSettings, createTypeformChannel),
  setUp: {
    family: 'forms',
    secret: { madeAs: 'word' },
    access: { foundAt: 'in Typeform under **your account**, **Personal tokens**, **Generate a new token**' },
    tryIt: 'In Typeform, beside the webhook, choose **View deliveries**, **Send test request**.',
  },
};
