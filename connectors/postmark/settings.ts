import { z } from 'zod';

/** What `channels.yaml` says under `settings` of a channel of kind `postmark`. */
export const PostmarkSettings = z.strictObject({}).prefault({});
export type PostmarkSettings = z.output<typeof PostmarkSettings>;
