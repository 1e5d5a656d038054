import { z } from 'zod';

/** A channel of kind `discord` needs no settings: everything is set up in Discord. */
export const DiscordSettings = z.strictObject({}).prefault({});
export type DiscordSettings = z.output<typeof DiscordSettings>;

/** A way of kind `discord` needs none either: the address of the webhook, or token and channel, stand beside them. */
export const DiscordNoticeSettings = z.strictObject({}).prefault({});
export type DiscordNoticeSettings = z.output<typeof DiscordNoticeSettings>;
