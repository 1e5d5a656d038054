import { z } from 'zod';
import { ANSWERS } from '../../src/kit/mail-settings.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `sendgrid`. */
export const SendGridSettings = z.strictObject(ANSWERS).prefault({});
export type SendGridSettings = z.output<typeof SendGridSettings>;
