import { Bot, webhookCallback } from 'grammy';
import type { RawRequest } from '../../../src/ports/channel.ts';

/** What Telegram says of a bot, so that nobody has to ask. */
const BOT_INFO = {
  id: 7_000_000_001,
  is_bot: true,
  first_name: 'Help',
  username: 'our_help_bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
} as const;

/** What grammY says, with which most bots are made: of the token alone, whatever the body is. */
export async function isValidForGrammy({ headers }: RawRequest, secretToken: string): Promise<boolean> {
  const answer = webhookCallback(aGrammyBot(), 'std/http', { secretToken });
  const { status } = await answer(new Request('https://desk.example', { method: 'POST', headers, body: '{}' }));
  return status === 200;
}

/** What grammY finds in a message: its text, and who wrote it. */
export async function readByGrammy({ body }: RawRequest): Promise<{ text: string; name: string }> {
  const bot = aGrammyBot();
  const found = { text: '', name: '' };
  bot.on('message', ({ msg, from }) => {
    found.text = msg.text ?? msg.caption ?? '';
    found.name = [from.first_name, from.last_name].filter(Boolean).join(' ');
  });
  await bot.handleUpdate(JSON.parse(Buffer.from(body).toString()));
  return found;
}

function aGrammyBot(): Bot {
  return new Bot('7000000001:secret', { botInfo: BOT_INFO });
}
