import { z } from 'zod';
import { PROPOSED_FIELDS } from '../../domain/proposal.ts';
import { Name, Percent, shareOf } from './words.ts';

/** A smaller promise is none, and a larger one nobody can measure. */
const LEAST_PROMISE = 0.8;
const MOST_PROMISE = 0.99;

/** `learning` of `triage.yaml`: how the desk learns its categories from its own tickets. */
export const Learning = z.strictObject({
  enabled: z
    .boolean('is neither true nor false')
    .default(true)
    .describe('Whether the desk learns, and what was learned is heard.')
    .meta({ examples: [false] }),
  promise: Percent.refine((share) => shareOf(share) >= LEAST_PROMISE, 'is less than 80%')
    .refine((share) => shareOf(share) <= MOST_PROMISE, 'is more than 99%')
    .default('95%')
    .describe(
      'Of the tickets to which it gives a category by itself, the share that shall be right. It finds out how sure it ' +
        'must be for that; a larger promise leaves more tickets to people.',
    )
    .meta({ examples: ['95%', '90%'] }),
  suggest: z
    .array(z.enum(PROPOSED_FIELDS, `is neither ${PROPOSED_FIELDS.join(' nor ')}`))
    .default([...PROPOSED_FIELDS])
    .describe(
      'Of which fields it suggests a value where it is sure, from what people chose on other tickets. A person takes it ' +
        'or leaves it; nothing is set. Empty suggests nothing.',
    )
    .meta({ examples: [['priority'], []] }),
  renamed: z
    .record(Name, Name)
    .default({})
    .describe(
      'Categories that have another name now, old: new; two may become one. Tickets with the old name are then learned ' +
        'from as well.',
    )
    .meta({ examples: [{ invoices: 'billing' }] }),
});
export type Learning = z.output<typeof Learning>;
