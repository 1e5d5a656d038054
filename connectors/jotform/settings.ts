import { z } from 'zod';
import { FormFields } from '../../src/kit/form-fields.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `jotform`. */
export const JotformSettings = z
  .strictObject({
    fields: FormFields,
    region: z
      .enum(['us', 'eu', 'hipaa'])
      .default('us')
      .describe("Where the account's data lies; it decides which API is asked. It stands in the account under Data.")
      .meta({ examples: ['eu'] }),
  })
  .prefault({});
export type JotformSettings = z.output<typeof JotformSettings>;
