import { z } from 'zod';
import { statusName, USUAL_STATUS_NAMES } from '../../domain/status-names.ts';
import type { Status } from '../../domain/ticket.ts';
import { LocalDate, Name, oneOrMore, TimeZone } from './words.ts';

export const Store = z.strictObject({
  kind: z
    .string('is not a kind of store')
    .default('embedded')
    .describe('Which store: embedded is our own database.')
    .meta({ examples: ['embedded'] }),
  settings: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("What this kind of store asks for; its connector's page says what.")
    .meta({ examples: [{}] }),
});

const PerRecipient = z.strictObject({
  hour: z
    .int('is not a whole number')
    .min(1)
    .max(10_000)
    .default(20)
    .describe('In an hour.')
    .meta({ examples: [20] }),
  day: z
    .int('is not a whole number')
    .min(1)
    .max(10_000)
    .default(100)
    .describe('In 24 hours.')
    .meta({ examples: [100] }),
});

export const Mail = z.strictObject({
  perMinute: z
    .int('is not a whole number')
    .min(1)
    .max(100_000)
    .optional()
    .describe(
      'At most so many mails leave in a minute, for providers that take no more; the others wait, and answers of people go first. Left out, they go as fast as the server takes them.',
    )
    .meta({ examples: [60] }),
  perRecipient: PerRecipient.prefault({})
    .describe(
      'At most so many letters that nobody wrote go to one address, whatever asks for them. Those beyond stay here, and Health says so; answers of people always go.',
    )
    .meta({ examples: [{ hour: 20, day: 100 }] }),
  settings: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('How mail is written and signed.')
    .meta({ examples: [{ html: false }] }),
});
export type Mail = z.output<typeof Mail>;

const Shadow = z.strictObject({
  until: LocalDate.describe('The day with whose beginning the desk begins to act, by its clock.').meta({
    examples: ['2026-12-01'],
  }),
});

const Intake = z.strictObject({
  duplicateWindowMinutes: z
    .int('is not a whole number of minutes')
    .min(0)
    .max(1440)
    .default(10)
    .describe('The same text of the same requester within so many minutes is one request. 0 switches this off.')
    .meta({ examples: [10] }),
  acknowledgement: Name.nullable()
    .default(null)
    .describe('The template in replies/ that tells a requester that the request has arrived. Left out, none is sent.')
    .meta({ examples: ['acknowledgement'] }),
  acknowledgementsPerDay: z
    .int('is not a whole number')
    .min(0)
    .max(1000)
    .default(5)
    .describe(
      'At most so many acknowledgements go to one address in 24 hours, so that two robots cannot talk for ever.',
    )
    .meta({ examples: [5] }),
});

function namesOf(status: Status) {
  return oneOrMore(Name)
    .optional()
    .describe(`Left out, it is ${statusName(USUAL_STATUS_NAMES, status)}.`);
}

const Statuses = z.strictObject({
  new: namesOf('new').meta({ examples: ['Inbox'] }),
  open: namesOf('open').meta({ examples: ['In progress', ['In progress', 'Testing']] }),
  pending: namesOf('pending').meta({ examples: ['Waiting for customer'] }),
  on_hold: namesOf('on_hold').meta({ examples: ['With the supplier'] }),
  needs_info: namesOf('needs_info').meta({ examples: ['Question sent'] }),
  resolved: namesOf('resolved').meta({ examples: ['Done'] }),
  closed: namesOf('closed').meta({ examples: ['Archived'] }),
});

/** `desk.yaml`: the desk itself. */
export const Desk = z.strictObject({
  name: Name.default('Help desk')
    .describe('The name of your desk, as requesters see it.')
    .meta({ examples: ['Acme Support'] }),
  prefix: z
    .string('is not a prefix')
    .regex(/^[A-Z][A-Z0-9]{0,7}$/, 'is not a prefix: one to eight capitals and digits')
    .default('T')
    .describe('What stands before the number of a ticket: T gives T-1042. One to eight capitals and digits.')
    .meta({ examples: ['T', 'HELP'] }),
  firstNumber: z
    .int('is not a whole number')
    .min(1)
    .max(1_000_000_000)
    .default(1001)
    .describe('The number of the first ticket. Of no effect once there are tickets.')
    .meta({ examples: [1001] }),
  timeZone: TimeZone.default('UTC').describe(
    'Where the desk is: calendars and weekdays count there unless they say otherwise.',
  ),
  language: z
    .string('is not a language')
    .regex(/^[a-z]{2}$/, 'is not the two letters of a language')
    .default('en')
    .describe(
      'The language of the texts in replies/ whose file names have none: their days and times are told in it. Two letters.',
    )
    .meta({ examples: ['en', 'de'] }),
  statuses: Statuses.prefault({})
    .describe(
      'What your team calls each status, in the base and in the console. Of several names the first is the one that we write; the others say the same. Rules ask by the names on the left.',
    )
    .meta({ examples: [{ open: ['In progress', 'Testing'], pending: 'Waiting for customer' }] }),
  store: Store.prefault({})
    .describe('Where the tickets live.')
    .meta({ examples: [{ kind: 'embedded' }] }),
  mail: Mail.prefault({})
    .describe('How mail leaves. Where to, and from whom, is SMTP_URL and MAIL_FROM in the environment.')
    .meta({ examples: [{ perMinute: 60 }] }),
  shadow: Shadow.optional()
    .describe(
      'Until then the desk only looks on: it decides about each request and writes down what it would do. Nothing is sent ' +
        'to anybody, and rows get no owner, category, priority or due time from it, while your team works as before.',
    )
    .meta({ examples: [{ until: '2026-12-01' }] }),
  intake: Intake.prefault({})
    .describe('What happens when a request comes in.')
    .meta({ examples: [{ acknowledgement: 'acknowledgement' }] }),
});
export type Desk = z.output<typeof Desk>;
