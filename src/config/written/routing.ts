import { z } from 'zod';
import { ruleHead, ruleThat } from './rule.ts';
import { Duration, Name, oneOrMore } from './words.ts';

const skills = z.array(Name).min(1, 'is empty').optional();

const Rule = ruleThat(
  {
    queue: Name.optional()
      .describe('The queue for the ticket.')
      .meta({ examples: ['billing'] }),
    skills: skills.describe('Who takes the ticket must have all of these.').meta({ examples: [['billing']] }),
    preferredSkills: skills
      .describe('Who has these goes first; others may take it too.')
      .meta({ examples: [['spanish']] }),
  },
  {
    description: 'Where the ticket goes and who is to take it, unless a rule above has said so.',
    example: { queue: 'billing' },
  },
);

/** One name for both sides of a pair, so that nobody must list all queues. */
const Queues = oneOrMore(Name).default('any');

const Handoff = z.strictObject({
  ...ruleHead,
  from: Queues.describe('The queue, or queues, that give the ticket away; any for every one.').meta({
    examples: ['billing', ['billing', 'sales'], 'any'],
  }),
  to: Queues.describe('The queue, or queues, that get it; any for every one.').meta({ examples: ['technical'] }),
  needs: z
    .array(Name)
    .default([])
    .describe(
      'What must be there before: fields by the names that rules have for them, such as category, fields.order_number or row.Log file; reason, that somebody says why; note, an internal note.',
    )
    .meta({ examples: [['category', 'fields.order_number', 'reason', 'note']] }),
  transfer: z
    .enum(['accept', 'at_once', 'collaborate'], 'is not a way to hand off')
    .default('at_once')
    .describe(
      'accept: the other queue is asked first, and until it accepts the ticket stays. at_once: it has the ticket at once. collaborate: it helps, and the ticket, its owner and its clocks stay.',
    )
    .meta({ examples: ['accept'] }),
  answerWithin: Duration.optional()
    .describe(
      'With accept: without an answer in that time the hand-off goes back, and both sides hear of it. Left out, 4h.',
    )
    .meta({ examples: ['4h'] }),
  calendar: z
    .union([z.literal('always'), Name])
    .default('always')
    .describe('Name of the calendar whose open hours count for answerWithin and remind; always counts every minute.')
    .meta({ examples: ['office', 'always'] }),
  remind: Duration.optional()
    .describe(
      'After that time without an answer both sides are reminded, once; while something is missing, whoever asked is. Left out, nobody is.',
    )
    .meta({ examples: ['2h'] }),
  customer: z
    .union([z.literal('none'), Name])
    .default('none')
    .describe(
      'Template in replies/ of the one letter that tells the requester; none for what is nobody else’s business.',
    )
    .meta({ examples: ['handed-over', 'none'] }),
  reasonCodes: z
    .array(Name)
    .min(1, 'is empty, so that nobody could say no')
    .optional()
    .describe('With accept: why the other queue may say no. Left out, not_ours, more_information and no_room.')
    .meta({ examples: [['not_ours', 'no_log_file']] }),
});
export type Handoff = z.output<typeof Handoff>;

/** `routing.yaml`: where a ticket goes. */
export const Routing = z.strictObject({
  defaultQueue: Name.optional()
    .describe('The queue of tickets for which no rule names one. Left out, the first queue of people.yaml.')
    .meta({ examples: ['support'] }),
  rules: z
    .array(Rule)
    .default([])
    .describe(
      'Asked from top to bottom. Queue, skills and preferred skills each come from the first rule that names them.',
    )
    .meta({
      examples: [
        [
          {
            name: 'Billing questions go to billing',
            why: 'Only they see the invoices.',
            owner: 'finance lead',
            when: { category: 'billing' },
            then: { queue: 'billing' },
          },
        ],
      ],
    }),
  handoffs: z
    .array(Handoff)
    .default([])
    .describe(
      'Contracts for hand-offs. The first that is for a pair of queues is in force; a pair without one hands off at once.',
    )
    .meta({
      examples: [
        [
          {
            name: 'Billing to technical',
            why: 'Without a log file they can only ask back.',
            owner: 'head of support',
            from: 'billing',
            to: 'technical',
            needs: ['category', 'row.Log file', 'reason'],
            transfer: 'accept',
            answerWithin: '4h',
            calendar: 'office',
            remind: '2h',
          },
        ],
      ],
    }),
});
export type Routing = z.output<typeof Routing>;
