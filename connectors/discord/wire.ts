import { z } from 'zod';

/** Texts that may be missing or null. */
const Text = z.string().catch('');

/** https://docs.discord.com/developers/reference#snowflakes */
const Snowflake = z.string().regex(/^\d{1,20}$/);

const User = z.object({ id: Snowflake, username: Text, global_name: Text, bot: z.boolean().catch(false) });
export type DiscordUser = z.output<typeof User>;

const File = z.object({
  filename: Text,
  content_type: Text,
  size: z.int().nonnegative().catch(0),
  url: z.url({ protocol: /^https$/ }),
});
export type DiscordFile = z.output<typeof File>;

const Files = z.record(z.string(), File).catch({});

/** https://docs.discord.com/developers/resources/message#message-object */
const Message = z.object({
  id: Snowflake,
  author: User,
  content: Text,
  attachments: z.array(File).catch([]),
  mentions: z.array(User).catch([]),
  message_reference: z.object({ message_id: Text }).catch({ message_id: '' }),
});
export type DiscordMessage = z.output<typeof Message>;

/** Who calls, and from where: what all interactions have. */
export const Interaction = z.object({
  id: Snowflake,
  guild_id: Text,
  channel_id: Text,
  channel: z.object({ type: z.int() }).catch({ type: -1 }),
  /** 0 on a server, 1 in the direct messages with us, 2 in those of others. */
  context: z.int().nullable().catch(null),
  /** On servers. */
  member: z.object({ nick: Text, user: User }).nullable().catch(null),
  /** In direct messages. */
  user: User.nullable().catch(null),
});
export type Interaction = z.output<typeof Interaction>;

/** https://docs.discord.com/developers/interactions/receiving-and-responding */
export const Ping = z.object({ type: z.literal(1) });

export const SlashCommand = Interaction.extend({
  type: z.literal(2),
  data: z.object({
    type: z.literal(1),
    options: z.array(z.object({ name: Text, value: Text })).catch([]),
    resolved: z.object({ attachments: Files }).catch({ attachments: {} }),
  }),
});
export type SlashCommand = z.output<typeof SlashCommand>;

export const MessageCommand = Interaction.extend({
  type: z.literal(2),
  data: z.object({
    type: z.literal(3),
    target_id: Snowflake,
    resolved: z.object({ messages: z.record(z.string(), Message) }),
  }),
});
export type MessageCommand = z.output<typeof MessageCommand>;

const Input = z.object({ custom_id: Text, value: Text, values: z.array(z.string()).catch([]) });

/** Each input stands in a label (type 18), and formerly in a row (type 1). */
const Holder = z.union([
  z.object({ component: Input }).transform(({ component }) => [component]),
  z.object({ components: z.array(Input) }).transform(({ components }) => components),
]);

export const FormSubmit = Interaction.extend({
  type: z.literal(5),
  data: z.object({
    custom_id: Text,
    components: z.array(Holder.catch([])).transform((holders) => holders.flat()),
    resolved: z.object({ attachments: Files }).catch({ attachments: {} }),
  }),
});
export type FormSubmit = z.output<typeof FormSubmit>;

/** https://docs.discord.com/developers/resources/user#create-dm */
export const DirectChannel = z.object({ id: Snowflake });

/** https://docs.discord.com/developers/resources/message#create-message */
export const Posted = z.object({ id: Snowflake, channel_id: Snowflake });

/** A webhook or a bot, as Discord tells of it. */
export const Named = z.object({ id: Snowflake });

export const ApiRefusal = z.object({ message: Text, retry_after: z.number().catch(Number.NaN) });
