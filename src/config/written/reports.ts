import { z } from 'zod';
import { FIGURE_IDS } from '../../domain/figure.ts';
import { MAIL_WAY } from '../../domain/effect.ts';
import { Address, Duration, Name, oneOrMore, Percent, shareOf } from './words.ts';

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
  weekly: z
    .strictObject({
      at: z
        .string('is not a day and a time')
        .regex(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01]\d|2[0-3]):[0-5]\d$/, 'is not a day and a time, such as Mon 08:00')
        .default('Mon 08:00')
        .describe('When it is sent, by the clock of the desk. It is of the last week that is over by then.')
        .meta({ examples: ['Mon 08:00'] }),
      to: oneOrMore(z.union([Address, Name]))
        .describe('Who gets it: agents, and mail addresses.')
        .meta({ examples: [['Ana Torres', 'lead@example.com']] }),
      by: oneOrMore(Name)
        .default(MAIL_WAY)
        .describe('Ways of notices.yaml by which it goes.')
        .meta({ examples: ['email', ['email', 'team']] }),
    })
    .optional()
    .describe('Sends the weekly review. Left out, it is not sent; the page of the console is there all the same.')
    .meta({ examples: [{ at: 'Mon 08:00', to: ['lead@example.com'], by: 'email' }] }),
});
export type Reports = z.output<typeof Reports>;
