/**
 * Slack: threads as tickets, a command and a shortcut with a form, and answers in the thread; notices to the team.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createSlackChannel } from './channel.ts';
import { SlackNoticeSettings, SlackSettings } from './settings.ts';

export const connector: Connector = {
  id: 'slack',
  title: 'Slack',
  summary: 'Threads, messages to the app, a command and shortcuts; answered where they were written.',
  docs: 'https://docs.slack.dev/',
  channel: role(SlackSettings, createSlackChannel),
  notifier: role(SlackNoticeSettings, async (...given) =>
    (await import('./notifier.ts')).createSlackNotifier(...given),
  ),
  reach: { person: 'address', room: 'named' },
  setUp: {
    family: 'chats',
    secret: {
      foundAt: 'on [api.slack.com/apps](https://api.slack.com/apps), under **Basic Information**, **Signing Secret**',
    },
    access: { foundAt: 'in the same place, under **Install App**, **Bot User OAuth Token**' },
    tryIt: 'In Slack write a message to the app.',
  },
};
