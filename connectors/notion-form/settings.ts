import { z } from 'zod';
import { FormFields } from '../../src/kit/form-fields.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `notion-form`. */
export const NotionFormSettings = z.strictObject({ fields: FormFields }).prefault({});
export type NotionFormSettings = z.output<typeof NotionFormSettings>;
