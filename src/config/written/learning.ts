import { z } from 'zod';
import { PROPOSED_FIELDS } from '../../domain/proposal.ts';
import { Name, Percent, shareOf } from './words.ts';

/** A smaller promise is none, and a larger one nobody can measure. */
const LEAST_PROMISE = 0.8;
const MOST_PROMISE = 0.99;

/** Longer vectors than any model gives. */
const MOST_DIMENSIONS = 8192;

const Embeddings = z.strictObject({
  name: z
    .string('is not text')
    .trim()
    .min(1, 'is empty')
    .max(200, 'is too long for a name of a model')
    .describe('A model of vectors, as the endpoint calls it; at Azure the name of the deployment.')
    .meta({ examples: ['text-embedding-3-small', 'nomic-embed-text'] }),
  dimensions: z
    .int('is not a whole number')
    .min(8, 'is less than 8')
    .max(MOST_DIMENSIONS, `is more than ${MOST_DIMENSIONS}`)
    .optional()
    .describe(
      'So many numbers a vector has, for models that let one choose: 256 or 512 learn quicker, and are hardly worse. ' +
        'Left out, as many as the model gives.',
    )
    .meta({ examples: [512] }),
  price: z
    .number('is not a number')
    .min(0, 'is less than 0')
    .optional()
    .describe('What a million tokens cost, in the currency of `model.prices`. Left out, only requests are counted.')
    .meta({ examples: [0.02] }),
});

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
  embeddings: Embeddings.optional()
    .describe(
      'A model of the endpoint that turns texts into vectors, so that other words for the same are understood. Caps ' +
        'and masking are those of `model`. Left out, it is learned from words alone, and nothing leaves the house.',
    )
    .meta({ examples: [{ name: 'text-embedding-3-small', dimensions: 512, price: 0.02 }] }),
});
export type Learning = z.output<typeof Learning>;
