/**
 * SendGrid: mail that its Inbound Parse receives, raw or taken apart.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createSendGridChannel } from './channel.ts';
import { SendGridSettings } from './settings.ts';

export const connector: Connector = {
  id: 'sendgrid',
  title: 'SendGrid',
  summary: 'Mail that SendGrid Inbound Parse receives, with its files, signed or at an address with a token.',
  docs: 'https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/setting-up-the-inbound-parse-webhook',
  channel: role(SendGridSettings, createSendGridChannel),
  setUp: {
    family: 'mail',
    token: { madeAs: 'word' },
    secret: { foundAt: 'in SendGrid, where you switched on the signature: the verification key' },
    tryIt: 'Send a mail to any address of the domain.',
  },
};
