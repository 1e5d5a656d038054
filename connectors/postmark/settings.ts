import { z } from 'zod';
import { ANSWERS } from '../../src/kit/mail-settings.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `postmark`. */
export const PostmarkSettings = z.strictObject(ANSWERS).prefault({});
export type PostmarkSettings = z.output<typeof PostmarkSettings>;
