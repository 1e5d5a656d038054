import { z } from 'zod';

/** A channel of kind `discord` needs no settings: everything is set up in Discord. */
export const DiscordSettings = z.strictObject({}).prefault({});
export type DiscordSettings = z.output<typeof DiscordSettings>;
