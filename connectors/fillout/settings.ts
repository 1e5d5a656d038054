import { z } from 'zod';
import { FormFields } from '../../src/kit/form-fields.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `fillout`. */
export const FilloutSettings = z.strictObject({ fields: FormFields }).prefault({});
export type FilloutSettings = z.output<typeof FilloutSettings>;
