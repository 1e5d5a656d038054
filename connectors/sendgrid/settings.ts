import { z } from 'zod';

/** What `channels.yaml` says under `settings` of a channel of kind `sendgrid`. */
export const SendGridSettings = z.strictObject({}).prefault({});
export type SendGridSettings = z.output<typeof SendGridSettings>;
