/**
 * Webflow: forms of a site, signed where Webflow signs.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createWebflowChannel } from './channel.ts';
import { WebflowSettings } from './settings.ts';

export const connector: Connector = {
  id: 'webflow',
  title: 'Webflow',
  summary: 'Forms of a Webflow site, signed or with a token.',
  docs: 'https://developers.webflow.com/data/docs/working-with-webhooks',
  channel: role(WebflowSettings, createWebflowChannel),
  setUp: {
    family: 'forms',
    token: { madeAs: 'word' },
    secret: { foundAt: 'in the answer of the API when the webhook was made, as `secretKey`' },
    tryIt: 'Submit the form on the published site once.',
  },
};
