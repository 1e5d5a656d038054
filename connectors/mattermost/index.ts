/**
 * Mattermost: posts of a channel and a slash command, over webhooks; answered in the thread, or in a direct message.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createMattermostChannel } from './channel.ts';
import { MattermostNoticeSettings, MattermostSettings } from './settings.ts';

export const connector: Connector = {
  id: 'mattermost',
  title: 'Mattermost',
  summary: 'Posts of a channel, or with a word before them, and a slash command; answered in the thread.',
  docs: 'https://developers.mattermost.com/integrate/webhooks/outgoing/',
  channel: role(MattermostSettings, createMattermostChannel),
  notifier: role(MattermostNoticeSettings, async (...given) =>
    (await import('./notifier.ts')).createMattermostNotifier(...given),
  ),
  reach: { person: null, room: 'own' },
  setUp: {
    family: 'chats',
    token: { foundAt: 'in Mattermost once the outgoing webhook or the command is saved: its token' },
    access: {
      foundAt: 'in Mattermost under **Integrations**, **Bot Accounts**, when the bot is created: its token, shown once',
    },
    tryIt: 'In Mattermost write into the channel of the webhook.',
  },
};
