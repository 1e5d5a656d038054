/**
 * Twilio: SMS, MMS and WhatsApp to a number of ours; answered there.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createTwilioChannel } from './channel.ts';
import { TwilioSettings } from './settings.ts';

export const connector: Connector = {
  id: 'twilio',
  title: 'Twilio',
  summary: 'SMS, MMS and WhatsApp to a number of yours; answered there.',
  docs: 'https://www.twilio.com/docs/messaging/guides/webhook-request',
  channel: role(TwilioSettings, createTwilioChannel),
  setUp: {
    family: 'chats',
    secret: { foundAt: 'in the [Twilio console](https://console.twilio.com), under **Auth Token**' },
    access: { foundAt: 'in the same place: the auth token again, or a key as `SK…:secret`' },
    tryIt: 'Send an SMS to the number.',
  },
};
