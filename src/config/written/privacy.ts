import { z } from 'zod';
import { Name } from './words.ts';

const KeepFromModels = z.strictObject({
  channels: z
    .array(Name)
    .default([])
    .describe('Channels of whose tickets no model outside is sent anything.')
    .meta({ examples: [['hr-mail']] }),
  categories: z
    .array(Name)
    .default([])
    .describe(
      'Categories of whose tickets no model outside is sent anything, nor of tickets that may be of one of them, by ' +
        'what was learned.',
    )
    .meta({ examples: [['harassment', 'sick leave']] }),
});

/** `privacy.yaml`: what is let out of the house. */
export const Privacy = z.strictObject({
  keepFromModels: KeepFromModels.prefault({})
    .describe(
      'Tickets of which nothing goes to a language model or a model of vectors, whatever for: no question, no draft, ' +
        'no vector, and no answer of theirs as a source of another draft. docs/privacy.md tells more.',
    )
    .meta({ examples: [{ channels: ['hr-mail'], categories: ['harassment'] }] }),
});
export type Privacy = z.output<typeof Privacy>;
