/**
 * WPForms: forms of a WordPress site, by the Webhooks add-on, with a token.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createWpformsChannel } from './channel.ts';
import { WpformsSettings } from './settings.ts';

export const connector: Connector = {
  id: 'wpforms',
  title: 'WPForms',
  summary: 'Forms of a WordPress site, by the Webhooks add-on, with a token.',
  docs: 'https://wpforms.com/docs/how-to-install-and-use-the-webhooks-addon-with-wpforms/',
  channel: role(WpformsSettings, createWpformsChannel),
  setUp: {
    family: 'forms',
    token: { madeAs: 'word' },
    tryIt: 'Submit the form once.',
  },
};
