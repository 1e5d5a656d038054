import { z } from 'zod';
import { FormFields } from '../../src/kit/form-fields.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `gravity-forms`. */
export const GravityFormsSettings = z
  .strictObject({
    fields: FormFields,
    labels: z
      .record(z.string().regex(/^\d+$/, 'is not the number of a field'), z.string().min(1))
      .default({})
      .describe('What the fields are called, by their numbers: "all fields" are sent without names.')
      .meta({ examples: [{ '4': 'Order number' }] }),
  })
  .prefault({});
export type GravityFormsSettings = z.output<typeof GravityFormsSettings>;
