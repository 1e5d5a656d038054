import { z } from 'zod';
import { FIGURE_IDS } from '../../domain/figure.ts';
import { MAIL_WAY } from '../../domain/effect.ts';
import { columnFor, tableWith } from './base-table.ts';
import { Address, Duration, LocalDate, Name, oneOrMore, Percent, shareOf, Title } from './words.ts';

/** Of money and of counts that nobody has more of. */
const Amount = z.number('is not a number').min(0, 'is less than 0').max(1_000_000, 'is more than a million');

const Baseline = z.strictObject({
  source: Title.optional()
    .describe('Where these figures are from, in your words.')
    .meta({ examples: ['Counted by hand in May'] }),
  from: LocalDate.optional()
    .describe('The first day that they are of.')
    .meta({ examples: ['2026-03-01'] }),
  until: LocalDate.optional()
    .describe('The last day that they are of.')
    .meta({ examples: ['2026-05-31'] }),
  tickets: z
    .int('is not a whole number')
    .min(1)
    .optional()
    .describe('How many tickets they rest on.')
    .meta({ examples: [640] }),
  firstReply: Duration.optional()
    .describe('From the request to the first answer, every minute counted; half of the tickets took no longer.')
    .meta({ examples: ['5h 20m'] }),
  resolution: Duration.optional()
    .describe('From the request to the solution; half of the tickets took no longer.')
    .meta({ examples: ['1d 18h'] }),
  reassignments: Amount.optional()
    .describe('How often a ticket that somebody had was given to somebody else, in the mean.')
    .meta({ examples: [0.6] }),
  missed: Percent.optional()
    .describe('The share of first answers that came too late.')
    .meta({ examples: ['22%'] }),
});

const Assumptions = z.strictObject({
  triage: Duration.optional()
    .describe(
      'What it takes a person to read a request, name it and pass it on. Left out, it is what the imported tickets say, ' +
        'or else 4m.',
    )
    .meta({ examples: ['3m', '6m'] }),
  correction: Duration.default('2m')
    .describe('What it costs more when a person finds a wrong category and puts it right.')
    .meta({ examples: ['2m'] }),
  reassignment: Duration.default('6m')
    .describe('What it costs when a ticket goes to somebody else, who reads it anew.')
    .meta({ examples: ['6m', '10m'] }),
  meetings: z
    .strictObject({
      before: Duration.default('0m')
        .describe('What meetings about who does what took all people together in a week before.')
        .meta({ examples: ['5h'] }),
      now: Duration.default('0m')
        .describe('The same today.')
        .meta({ examples: ['2h'] }),
    })
    .prefault({})
    .describe('Meetings that are shorter, or gone.')
    .meta({ examples: [{ before: '5h', now: '2h' }] }),
  hour: Amount.optional()
    .describe('What an hour of a person costs you. Left out, no money is worked out.')
    .meta({ examples: [38] }),
  running: Amount.default(0)
    .describe('What Tabledesk costs you in a month: the machine, a language model.')
    .meta({ examples: [45] }),
  currency: z
    .string('is not a currency')
    .regex(/^[A-Z]{3}$/, 'is not the three letters of a currency')
    .default('EUR')
    .describe('In what money is counted, as three letters.')
    .meta({ examples: ['EUR', 'USD'] }),
});

const Value = z.strictObject({
  baseline: Baseline.prefault({})
    .describe(
      'How it was before Tabledesk, where you know it. What is left out is taken from `npx tabledesk baseline import`, or ' +
        'else from a shadow week.',
    )
    .meta({ examples: [{ source: 'Counted by hand in May', firstReply: '5h', reassignments: 0.6 }] }),
  assumptions: Assumptions.prefault({})
    .describe('What is taken for granted. The report Value shows each, and what another would come to.')
    .meta({ examples: [{ triage: '4m', reassignment: '6m', hour: 38 }] }),
});

/** The titles of the columns of the table into which the weekly review is written. */
export const ReviewColumns = z.strictObject({
  key: columnFor('our own name of the row, by which it is found again and nothing stands twice; it is needed', 'Key'),
  figure: columnFor('the name of the figure', 'Figure'),
  week: columnFor('the week, as 2026-W47', 'Week'),
  starts: columnFor('the first day of the week, for charts', 'Week starts'),
  value: columnFor('the figure itself', 'Value'),
  unit: columnFor('what it is counted in', 'Unit'),
  before: columnFor('the same of the week before', 'Week before'),
  sentence: columnFor('the figure and its change in words', 'In words'),
  link: columnFor('the page of the figure in the console, where PUBLIC_URL is set', 'Link'),
  review: columnFor('the whole review as text, in a row of its own', 'Review'),
});
export type ReviewColumns = z.output<typeof ReviewColumns>;

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
        .default([])
        .describe('Who gets it: agents, and mail addresses. Left out, only the table has it.')
        .meta({ examples: [['Ana Torres', 'lead@example.com']] }),
      by: oneOrMore(Name)
        .default(MAIL_WAY)
        .describe('Ways of notices.yaml by which it goes.')
        .meta({ examples: ['email', ['email', 'team']] }),
      table: tableWith(ReviewColumns.prefault({}), {
        usual: 'Weekly review',
        titled: { figure: 'Name', sentence: 'Summary' },
        example: { table: 'Weekly review', columns: { figure: 'Name' } },
      })
        .optional()
        .describe(
          'A table of the base that gets a row for each key figure of the week, and one with the review as text. You ' +
            'make it; docs/reports.md says how. Left out, the base gets none.',
        ),
    })
    .optional()
    .describe('Sends the weekly review. Left out, it is not sent; the page of the console is there all the same.')
    .meta({ examples: [{ at: 'Mon 08:00', to: ['lead@example.com'], by: 'email' }] }),
  value: Value.prefault({})
    .describe('What the desk is worth: how it was before, and what is taken for granted.')
    .meta({ examples: [{ baseline: { firstReply: '5h' }, assumptions: { hour: 38 } }] }),
});
export type Reports = z.output<typeof Reports>;
