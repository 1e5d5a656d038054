import { z } from 'zod';
import { Name, Stretch, stretchOf } from './words.ts';

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

/** Until then people come back to what was closed, answers to it are looked for, and the classifier learns from it. */
const SHORTEST_KEEP = Temporal.Duration.from({ days: 30 });

const KeepTickets = Stretch.refine(
  (written) => Temporal.Duration.compare(stretchOf(written), SHORTEST_KEEP, { relativeTo: '2026-01-01' }) >= 0,
  'is less than 30 days',
);

/** `privacy.yaml`: what is let out of the house, and how long it is kept. */
export const Privacy = z.strictObject({
  keepTickets: KeepTickets.optional()
    .describe(
      'For so long after its end a ticket is kept with who asked and what was written. Then that is erased, here and in ' +
        'its row, and what reports count stays. Left out, tickets are kept for ever. docs/privacy.md tells more.',
    )
    .meta({ examples: ['3 years'] }),
  keepFromModels: KeepFromModels.prefault({})
    .describe(
      'Tickets of which nothing goes to a language model or a model of vectors, whatever for: no question, no draft, ' +
        'no vector, and no answer of theirs as a source of another draft. docs/privacy.md tells more.',
    )
    .meta({ examples: [{ channels: ['hr-mail'], categories: ['harassment'] }] }),
});
export type Privacy = z.output<typeof Privacy>;
