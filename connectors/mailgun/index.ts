/**
 * Mailgun: mail that a route of it forwards to us, signed.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createMailgunChannel } from './channel.ts';
import { MailgunSettings } from './settings.ts';

export const connector: Connector = {
  id: 'mailgun',
  title: 'Mailgun',
  summary: 'Mail that a Mailgun route forwards, signed, with its files.',
  docs: 'https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http',
  channel: role(MailgunSettings, createMailgunChannel),
  setUp: {
    family: 'mail',
    secret: { foundAt: 'in Mailgun under **API Security**, **HTTP webhook signing key**' },
    tryIt: 'Send a mail to the address of the route; **Logs** in Mailgun shows what became of it.',
  },
};
