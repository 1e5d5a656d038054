import { z } from 'zod';
import { FormFields } from '../../src/kit/form-fields.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `google-forms`. */
export const GoogleFormsSettings = z.strictObject({ fields: FormFields }).prefault({});
export type GoogleFormsSettings = z.output<typeof GoogleFormsSettings>;
