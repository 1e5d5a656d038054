import { z } from 'zod';
import { FormFields } from '../../src/kit/form-fields.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `tally`. */
export const TallySettings = z.strictObject({ fields: FormFields }).prefault({});
export type TallySettings = z.output<typeof TallySettings>;
