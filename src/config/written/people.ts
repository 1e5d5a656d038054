import { z } from 'zod';
import { columnFor, tableWith } from './base-table.ts';
import { METHODS } from '../../domain/queue.ts';
import { hoursFault } from './hours.ts';
import { Address, Duration, LocalDate, Name, oneOrMore, TimeZone } from './words.ts';

const names = z.array(Name).default([]);

const Calendar = z.strictObject({
  timeZone: TimeZone.optional().describe("Where these hours are. Left out, the desk's time zone."),
  hours: z
    .union([
      z.literal('always', 'is not opening hours'),
      z.record(z.string(), oneOrMore(z.string('is not a span of hours'))),
    ])
    .superRefine((hours, context) => {
      for (const { path, message } of hoursFault(hours)) {
        context.addIssue({ code: 'custom', path: [...path], message });
      }
    })
    .describe('Open hours by day, several spans a day if you like; 22:00-06:00 goes on into the next day. Or always.')
    .meta({ examples: [{ 'Mon-Thu': '09:00-13:00, 14:00-18:00', Fri: '09:00-15:00' }, 'always'] }),
  holidays: z
    .array(LocalDate)
    .default([])
    .describe('Dates on which nothing is open.')
    .meta({ examples: [['2026-12-25', '2026-12-26']] }),
});

const TimeOff = z
  .strictObject({
    firstDay: LocalDate.describe('The first day off.'),
    lastDay: LocalDate.describe('The last day off, itself included.'),
  })
  .refine(({ firstDay, lastDay }) => firstDay <= lastDay, 'ends before it begins');

/** What is written of somebody who works here, in the file or in a row of a table. */
export const Agent = z.strictObject({
  email: Address.optional().describe('Where notices go. Left out, the person gets none by mail.'),
  handles: z
    .record(z.string(), z.string('is not a handle').trim().min(1, 'is empty').max(200))
    .default({})
    .describe('What other systems know the person by, by the kind of a way in notices.yaml.')
    .meta({ examples: [{ slack: 'U0123456789', telegram: '4567' }] }),
  skills: names
    .describe('What the person can do; queues and rules ask for these.')
    .meta({ examples: [['billing', 'spanish']] }),
  calendar: Name.optional()
    .describe("Name of the calendar that holds the person's shifts. Left out, the person is always on shift.")
    .meta({ examples: ['office'] }),
  timeOff: z
    .array(TimeOff)
    .default([])
    .describe('Days on which the person is off whatever the calendar says.')
    .meta({ examples: [[{ firstDay: '2026-08-03', lastDay: '2026-08-14' }]] }),
  cap: z
    .int('is not a whole number')
    .min(0)
    .max(10_000)
    .optional()
    .describe('How many open tickets the person takes at most. Left out, there is no limit.')
    .meta({ examples: [20] }),
  weight: z
    .number()
    .positive('is not above 0')
    .max(100)
    .default(1)
    .describe('Share of the tickets under the method weighted: 0.5 gets half as many as 1.')
    .meta({ examples: [1, 0.5] }),
  away: z
    .boolean('is neither true nor false')
    .default(false)
    .describe('Takes no new tickets for now.')
    .meta({ examples: [false] }),
});

export type Agent = z.output<typeof Agent>;

/** The titles of the columns of the table of agents. */
export const AgentColumns = z.strictObject({
  name: columnFor("the person's name, without which a row says nothing", 'Name'),
  email: columnFor('the mail address', 'Email'),
  skills: columnFor('the skills: several options, or a list with commas', 'Skills'),
  calendar: columnFor('the name of the calendar that holds the shifts', 'Calendar'),
  queues: columnFor('the queues of which the person takes tickets', 'Queues'),
  cap: columnFor('how many open tickets the person takes at most', 'Cap'),
  weight: columnFor('the share under the method weighted', 'Weight'),
  away: columnFor('the tick of who is away', 'Away'),
  firstDayOff: columnFor('the first day off', 'First day off'),
  lastDayOff: columnFor('the last day off, itself included', 'Last day off'),
});

export type AgentColumns = z.output<typeof AgentColumns>;

const AgentsTable = tableWith(AgentColumns.prefault({}), {
  usual: 'Agents',
  titled: { name: 'Who', cap: 'At most' },
  example: { table: 'Team', columns: { name: 'Who' } },
});

const FallbackStep = z
  .strictObject({
    after: Duration.describe("How long the ticket has waited by then, in the queue's open hours."),
    queue: Name.optional()
      .describe('Give it to this queue.')
      .meta({ examples: ['support'] }),
    agent: Name.optional()
      .describe('Give it to this person.')
      .meta({ examples: ['Ana Torres'] }),
    alert: oneOrMore(Name)
      .optional()
      .describe('Tell these people or addresses.')
      .meta({ examples: [['lead@example.com']] }),
  })
  .refine(
    ({ queue, agent, alert }) => [queue, agent, alert].filter((to) => to !== undefined).length === 1,
    'is to say one thing: queue, agent or alert',
  );

const Queue = z.strictObject({
  members: names.describe('Who takes tickets of this queue.').meta({ examples: [['Ana Torres', 'Ben Okafor']] }),
  method: z
    .enum(METHODS, 'is not a method')
    .default('round_robin')
    .describe(
      'How a person is picked: round_robin takes who waited longest, load who has most room, weighted by the ' +
        "people's weights, none lets people help themselves.",
    )
    .meta({ examples: ['round_robin'] }),
  loadBy: z
    .enum(['count', 'percent'], 'is not a way to compare loads')
    .default('percent')
    .describe('Under the method load: compare free places (count) or the free share of the cap (percent).')
    .meta({ examples: ['percent'] }),
  skills: names
    .describe('Whoever takes a ticket of this queue must have all of these.')
    .meta({ examples: [['billing']] }),
  calendar: Name.optional()
    .describe('Name of the calendar in which the fallback waits. Left out, every minute counts.')
    .meta({ examples: ['office'] }),
  mayExceedCap: z
    .boolean('is neither true nor false')
    .default(false)
    .describe("A critical ticket may go one over a person's cap.")
    .meta({ examples: [false] }),
  giveBackAfter: Duration.optional()
    .describe(
      "Take a ticket from an assignee who has done nothing with it for so long, in the queue's open hours, and find " +
        'somebody else. Left out, it stays.',
    )
    .meta({ examples: ['4h'] }),
  whenOwnerIsOff: z
    .enum(['keep', 'return'], 'is not what can be done')
    .default('keep')
    .describe(
      'What becomes of a ticket that the customer opens again while its assignee is off: keep leaves it there and ' +
        'notes it, return gives it to somebody who is here.',
    )
    .meta({ examples: ['return'] }),
  fallback: z
    .array(FallbackStep)
    .default([])
    .describe('What to do while nobody can take a ticket, step by step.')
    .meta({ examples: [[{ after: '30m', queue: 'support' }]] }),
  notify: z
    .array(Name)
    .default([])
    .describe('People or addresses that hear of warnings and breaches of tickets which nobody owns.')
    .meta({ examples: [['lead@example.com']] }),
});

/** `people.yaml`: who works when, on what. */
export const People = z.strictObject({
  calendars: z
    .record(z.string(), Calendar)
    .default({})
    .describe('When work is done, by name.')
    .meta({ examples: [{ office: { hours: { 'Mon-Fri': '09:00-17:00' } } }] }),
  agents: z
    .record(z.string(), Agent)
    .default({})
    .describe('Who works tickets, by name.')
    .meta({ examples: [{ 'Ana Torres': { email: 'ana@example.com', skills: ['billing'], calendar: 'office' } }] }),
  agentsTable: AgentsTable.optional().describe(
    'A table of the base that names agents, too, a row each: skills, shifts, caps, days off and the switch of who is ' +
      'away are edited there. Who is in both is as the table has them. Left out, everybody is in this file.',
  ),
  queues: z
    .record(z.string(), Queue)
    .default({})
    .describe(
      'Where tickets wait for a person, by name. Left out, there is one, support, from which people help themselves.',
    )
    .meta({ examples: [{ billing: { members: ['Ana Torres'] } }] }),
});
export type People = z.output<typeof People>;
