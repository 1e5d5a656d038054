import { z } from 'zod';

const GREETING = 'Hello! Write here what you need. The answer comes here, too.';

/** What `channels.yaml` says under `settings` of a channel of kind `telegram`. */
export const TelegramSettings = z
  .strictObject({
    username: z
      .string()
      .regex(/^\w{5,32}$/, 'is not the user name of a bot, such as our_help_bot, without @')
      .nullable()
      .default(null)
      .describe('The user name of the bot, without @. In groups, messages that mention it are requests.')
      .meta({ examples: ['our_help_bot'] }),
    poll: z
      .boolean('is neither true nor false')
      .default(false)
      .describe('Ask Telegram for what is new; it then needs no address of ours, and may have none (no webhook).')
      .meta({ examples: [true] }),
    greeting: z
      .string('is not a text')
      .trim()
      .min(1, 'is empty')
      .max(1000)
      .default(GREETING)
      .describe('What the bot says to who starts it, or writes a command without words.')
      .meta({ examples: [GREETING] }),
  })
  .prefault({});
export type TelegramSettings = z.output<typeof TelegramSettings>;

/** A way of kind `telegram` needs no settings: the token and the chat stand beside them. */
export const TelegramNoticeSettings = z.strictObject({}).prefault({});
export type TelegramNoticeSettings = z.output<typeof TelegramNoticeSettings>;
