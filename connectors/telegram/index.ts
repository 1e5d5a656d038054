/**
 * Telegram: what people write to a bot, alone or in a group; answered there. With a webhook, or by asking for what is new.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createTelegramChannel } from './channel.ts';
import { TelegramNoticeSettings, TelegramSettings } from './settings.ts';

export const connector: Connector = {
  id: 'telegram',
  title: 'Telegram',
  summary: 'Messages to a bot, alone or in a group; answered there. Needs no public address.',
  docs: 'https://core.telegram.org/bots/api',
  channel: role(TelegramSettings, createTelegramChannel),
  notifier: role(TelegramNoticeSettings, async (...given) =>
    (await import('./notifier.ts')).createTelegramNotifier(...given),
  ),
  reach: { person: 'handle', room: 'named' },
  setUp: {
    family: 'chats',
    token: { madeAs: 'word' },
    access: { foundAt: 'in Telegram: [@BotFather](https://t.me/BotFather) gives it, and once more at `/token`' },
    tryIt: 'In Telegram write a message to the bot.',
  },
};
