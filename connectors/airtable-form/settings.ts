import { z } from 'zod';
import { FormFields } from '../../src/kit/form-fields.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `airtable-form`. */
export const AirtableFormSettings = z.strictObject({ fields: FormFields }).prefault({});
export type AirtableFormSettings = z.output<typeof AirtableFormSettings>;
