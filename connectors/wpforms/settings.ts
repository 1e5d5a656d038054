import { z } from 'zod';
import { FormFields } from '../../src/kit/form-fields.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `wpforms`. */
export const WpformsSettings = z.strictObject({ fields: FormFields }).prefault({});
export type WpformsSettings = z.output<typeof WpformsSettings>;
