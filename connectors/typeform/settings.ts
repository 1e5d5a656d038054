import { z } from 'zod';
import { FormFields } from '../../src/kit/form-fields.ts';

/** What `channels.yaml` says under `settings` of a channel of kind `typeform`. */
export const TypeformSettings = z
  .strictObject({
    fields: FormFields,
    partial: z
      .enum(['ignore', 'take'])
      .default('ignore')
      .describe(
        'What becomes of responses that nobody submitted, where Typeform sends them: they are set aside, or become tickets.',
      )
      .meta({ examples: ['ignore'] }),
  })
  .prefault({});
export type TypeformSettings = z.output<typeof TypeformSettings>;
