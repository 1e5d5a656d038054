import { z } from 'zod';
import { ANSWERS } from '../../src/kit/mail-settings.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `mailgun`. */
export const MailgunSettings = z.strictObject(ANSWERS).prefault({});
export type MailgunSettings = z.output<typeof MailgunSettings>;
