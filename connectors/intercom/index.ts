/**
 * Intercom: conversations that people begin in its messenger or by its mail; answered there by a teammate of yours.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createIntercomChannel } from './channel.ts';
import { IntercomSettings } from './settings.ts';

export const connector: Connector = {
  id: 'intercom',
  title: 'Intercom',
  summary: 'Conversations of the messenger, with files and addresses, signed; answered there.',
  docs: 'https://developers.intercom.com/docs/webhooks',
  channel: role(IntercomSettings, createIntercomChannel),
  setUp: {
    family: 'chats',
    secret: { foundAt: 'in the Developer Hub of Intercom under **Basic information** of the app: its client secret' },
    access: { foundAt: 'in the Developer Hub of Intercom under **Authentication** of the app: its access token' },
    tryIt: 'In the messenger on your site begin a conversation.',
  },
};
