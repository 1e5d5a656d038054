import { z } from 'zod';

/** What `channels.yaml` says under `settings` of a channel of kind `mailgun`. */
export const MailgunSettings = z.strictObject({}).prefault({});
export type MailgunSettings = z.output<typeof MailgunSettings>;
