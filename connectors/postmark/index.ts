/**
 * Postmark: mail that it takes for us, with a token in the address.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createPostmarkChannel } from './channel.ts';
import { PostmarkSettings } from './settings.ts';

export const connector: Connector = {
  id: 'postmark',
  title: 'Postmark',
  summary: 'Mail that Postmark receives, with its files, at an address with a token.',
  docs: 'https://postmarkapp.com/developer/webhooks/inbound-webhook',
  channel: role(PostmarkSettings, createPostmarkChannel),
  setUp: {
    family: 'mail',
    token: { madeAs: 'word' },
    tryIt: 'Send a mail to the inbound address of the stream.',
  },
};
