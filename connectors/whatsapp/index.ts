/**
 * WhatsApp, over Meta's Cloud API: what people write to a number of ours, with their files; answered there.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createWhatsAppChannel } from './channel.ts';
import { WhatsAppSettings } from './settings.ts';

export const connector: Connector = {
  id: 'whatsapp',
  title: 'WhatsApp',
  summary: 'Messages and files to a number of yours (Cloud API); answered there, after a day by a template.',
  docs: 'https://developers.facebook.com/docs/whatsapp/cloud-api',
  channel: role(WhatsAppSettings, createWhatsAppChannel),
  setUp: {
    family: 'chats',
    token: { madeAs: 'word' },
    secret: {
      foundAt:
        'on [developers.facebook.com/apps](https://developers.facebook.com/apps), under **App settings**, **Basic**, **App secret**',
    },
    access: {
      foundAt:
        'in [Business settings](https://business.facebook.com/settings), under **System users**, **Generate token**',
    },
    tryIt: 'Write to the number in WhatsApp.',
  },
};
