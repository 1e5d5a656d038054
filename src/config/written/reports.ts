import { z } from 'zod';
import { FIGURE_IDS } from '../../domain/figure.ts';

/** `reports.yaml`: what the desk looks at. */
export const Reports = z.strictObject({
  primary: z
    .enum(FIGURE_IDS, 'is none of the figures')
    .default('tickets_per_customer')
    .describe(
      'The one figure that you want to make better now. Reports lead with it and the others follow; the page Reports ' +
        'says how each is counted.',
    )
    .meta({ examples: ['first_reply_open_median', 'satisfaction'] }),
});
export type Reports = z.output<typeof Reports>;
