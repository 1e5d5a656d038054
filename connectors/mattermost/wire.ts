import { z } from 'zod';

/** Texts that may be missing. */
const Text = z.string().catch('');

/** Ids are 26 letters and digits; nothing else gets into an address. */
const Id = z.string().regex(/^[a-z0-9]{26}$/);

/** https://developers.mattermost.com/integrate/webhooks/outgoing/ */
export const OutgoingHook = z.object({
  token: Text,
  channel_id: Id,
  user_id: Id,
  user_name: Text,
  post_id: Id,
  text: Text,
  trigger_word: Text,
  /** Of UNIX: milliseconds in JSON, seconds in a form. */
  timestamp: z.coerce.number().catch(Number.NaN),
  /** With commas between. */
  file_ids: Text,
});
export type OutgoingHook = z.output<typeof OutgoingHook>;

/** https://developers.mattermost.com/integrate/slash-commands/custom/ */
export const SlashCommand = z.object({
  token: Text,
  command: z.string().startsWith('/'),
  user_id: Id,
  user_name: Text,
  text: Text,
  trigger_id: Text,
});
export type SlashCommand = z.output<typeof SlashCommand>;

const File = z.object({ id: Id, name: Text, mime_type: Text, size: z.int().nonnegative().catch(0) });
export type MattermostFile = z.output<typeof File>;

/** https://developers.mattermost.com/api-documentation/#/operations/GetPost */
export const Post = z.object({
  id: Id,
  /** The post that began the thread; empty of that one. */
  root_id: Text,
  metadata: z.object({ files: z.array(File).catch([]) }).catch({ files: [] }),
});
export type Post = z.output<typeof Post>;

/** https://developers.mattermost.com/api-documentation/#/operations/GetUser */
export const User = z.object({
  id: Id,
  username: Text,
  first_name: Text,
  last_name: Text,
  nickname: Text,
  email: Text,
  is_bot: z.boolean().catch(false),
});
export type User = z.output<typeof User>;

/** What was made: a post, or a channel. */
export const Made = z.object({ id: Id });

export const ApiRefusal = z.object({ message: Text });
