import { z } from 'zod';
import { FormFields } from '../../src/kit/form-fields.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `webflow`. */
export const WebflowSettings = z.strictObject({ fields: FormFields }).prefault({});
export type WebflowSettings = z.output<typeof WebflowSettings>;
