/**
 * Discord: a command with a form, and a command on somebody's message; answered in a direct message, or to that message.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createDiscordChannel } from './channel.ts';
import { DiscordNoticeSettings, DiscordSettings } from './settings.ts';

export const connector: Connector = {
  id: 'discord',
  title: 'Discord',
  summary: 'A command with a form, and messages that somebody makes a ticket of; answered there.',
  docs: 'https://docs.discord.com/developers/interactions/overview',
  channel: role(DiscordSettings, createDiscordChannel),
  notifier: role(DiscordNoticeSettings, async (...given) =>
    (await import('./notifier.ts')).createDiscordNotifier(...given),
  ),
  reach: { person: null, room: 'own' },
  setUp: {
    family: 'chats',
    secret: {
      foundAt:
        'on [discord.com/developers/applications](https://discord.com/developers/applications), under **General Information**, **Public Key**',
    },
    access: { foundAt: 'in the same place, under **Bot**, **Reset Token**' },
    tryIt: 'In Discord write `/help-desk Is anybody there?` in your server.',
  },
};
