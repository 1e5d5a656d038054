import { z } from 'zod';

/** Texts that may be missing; Telegram leaves out what does not apply. */
const Text = z.string().catch('');

/** Ids have up to 52 bits, and groups have negative ones. */
const Id = z.union([z.int().transform(String), z.string().regex(/^-?\d{1,20}$/)]);

const User = z.object({
  id: Id,
  is_bot: z.boolean().catch(false),
  first_name: Text,
  last_name: Text,
  username: Text,
});

/** https://core.telegram.org/bots/api#document and its likes */
const File = z.object({
  file_id: z.string().min(1),
  file_name: Text,
  mime_type: Text,
  file_size: z.int().nonnegative().catch(0),
});
export type TelegramFile = z.output<typeof File>;

const MaybeFile = File.nullable().catch(null);

const Place = z.object({ latitude: z.number(), longitude: z.number() }).nullable().catch(null);

const Contact = z.object({ phone_number: Text, first_name: Text, last_name: Text }).nullable().catch(null);

/** What a message says, and what a message that it answers says of itself. */
const Said = z.object({
  message_id: Id,
  from: User,
  date: z.number().catch(Number.NaN),
  media_group_id: Text,
  text: Text,
  caption: Text,
  /** The same picture in several sizes, the largest last. */
  photo: z.array(File).catch([]),
  document: MaybeFile,
  video: MaybeFile,
  audio: MaybeFile,
  voice: MaybeFile,
  video_note: MaybeFile,
  contact: Contact,
  location: Place,
  sticker: z.object({ emoji: Text }).catch({ emoji: '' }),
});
export type Said = z.output<typeof Said>;

/** https://core.telegram.org/bots/api#message */
const Message = Said.extend({
  chat: z.object({ id: Id, type: Text }),
  /** Of forums alone: elsewhere Telegram numbers answers by it. */
  is_topic_message: z.boolean().catch(false),
  message_thread_id: Id.nullable().catch(null),
  reply_to_message: Said.nullable().catch(null),
});
export type TelegramMessage = z.output<typeof Message>;

/** https://core.telegram.org/bots/api#update */
export const MessageUpdate = z.object({ message: Message });

/** Every method answers so. */
export const ApiAnswer = z.looseObject({
  ok: z.boolean(),
  error_code: z.int().catch(0),
  description: Text,
  /** https://core.telegram.org/bots/api#responseparameters */
  parameters: z
    .object({ retry_after: z.number().catch(Number.NaN), migrate_to_chat_id: Id.nullable().catch(null) })
    .catch({ retry_after: Number.NaN, migrate_to_chat_id: null }),
  result: z.unknown().optional(),
});

/** https://core.telegram.org/bots/api#sendmessage */
export const Sent = z.object({ message_id: Id, chat: z.object({ id: Id }) });

/** https://core.telegram.org/bots/api#getme */
export const Me = z.object({ id: Id });

/** https://core.telegram.org/bots/api#file */
export const FilePath = z.object({ file_path: z.string().min(1) });

/** https://core.telegram.org/bots/api#getupdates */
export const Updates = z.array(z.looseObject({ update_id: z.int() }));
export type Updates = z.output<typeof Updates>;

/** What an answer to the webhook says, by which Telegram calls a method for us. */
export const MethodCall = z.looseObject({ method: z.string() });
