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
};
