/**
 * The request form, and any HTML form that posts `name`, `email`, `subject` and `message`.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createFormChannel } from './channel.ts';
import { FormSettings } from './settings.ts';

export const connector: Connector = {
  id: 'form',
  title: 'Web form',
  summary: 'Our own request form, and any HTML form on your site.',
  docs: null,
  channel: role(FormSettings, createFormChannel),
  setUp: {
    family: 'forms',
    token: { madeAs: 'word' },
    tryIt: 'Open the request form, or your own, and send it once.',
  },
};
