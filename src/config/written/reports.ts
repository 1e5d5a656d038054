import { z } from 'zod';
import { FIGURE_IDS } from '../../domain/figure.ts';
import { Duration, Percent, shareOf } from './words.ts';

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
  staffing: z
    .strictObject({
      handling: Duration.default('15m')
        .describe('The hands-on work that a ticket takes in the mean; a week of honest notes tells.')
        .meta({ examples: ['15m', '40m'] }),
      within: Duration.default('1h')
        .describe('Work on a ticket shall begin within so long …')
        .meta({ examples: ['1h', '20m'] }),
      share: Percent.refine((share) => shareOf(share) < 1, 'cannot be promised')
        .default('80%')
        .describe('… for this share of the tickets.')
        .meta({ examples: ['80%', '95%'] }),
    })
    .prefault({})
    .describe('What the report Ahead works out people for, hour by hour.')
    .meta({ examples: [{ handling: '20m', within: '30m', share: '90%' }] }),
});
export type Reports = z.output<typeof Reports>;
