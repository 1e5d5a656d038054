/**
 * Gravity Forms: forms of a WordPress site, by the Webhooks add-on, with a token.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createGravityFormsChannel } from './channel.ts';
import { GravityFormsSettings } from './settings.ts';

export const connector: Connector = {
  id: 'gravity-forms',
  title: 'Gravity Forms',
  summary: 'Forms of a WordPress site, by the Webhooks add-on, with a token.',
  docs: 'https://docs.gravityforms.com/category/add-ons-gravity-forms/webhooks-add-on/',
  channel: role(GravityFormsSettings, createGravityFormsChannel),
  setUp: {
    family: 'forms',
    token: { madeAs: 'word' },
    tryIt: 'Submit the form once; WordPress sends in the background, which may take some minutes on a quiet site.',
  },
};
