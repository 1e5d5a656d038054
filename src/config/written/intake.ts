import { z } from 'zod';
import { LEFT_OUT } from '../../decide/policy.ts';
import { Condition } from './condition.ts';
import { ruleHead } from './rule.ts';
import { Duration, Name } from './words.ts';

/** The kinds of values that nobody has to write a pattern for. */
const EXTRACT_KINDS = ['url', 'email', 'date', 'money', 'error_code'] as const;
export type ExtractKind = (typeof EXTRACT_KINDS)[number];

/** A name that rules can ask for behind `fields.`. */
const FieldName = z
  .string('is not a name')
  .regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} _-]{0,78}[\p{L}\p{N}])?$/u, 'is not a name: letters, digits, spaces, _ and -')
  .meta({ examples: ['order_number'] });

const Sample = z.string('is not a text').min(1, 'is empty');

const Extract = z
  .strictObject({
    field: FieldName.describe('The field for it; rules ask for it as fields.<name>.'),
    kind: z
      .enum(EXTRACT_KINDS, 'is not a kind of value')
      .optional()
      .describe('What it is, where that is one of the usual kinds. Dates come out as 2026-12-25.')
      .meta({ examples: ['url'] }),
    patterns: z
      .array(z.string('is not a pattern').min(1, 'is an empty pattern'))
      .min(1, 'is empty')
      .optional()
      .describe(
        'Regular expressions (RE2 syntax), whatever the capitals; the first that is found gives the value. Of a pattern with a group in brackets it is what the group holds.',
      )
      .meta({ examples: [['\\b[A-Z]{2}-\\d{6}\\b'], ['order (?:number|no\\.?) (\\d{6})\\b']] }),
    in: z
      .enum(['text', 'subject', 'message'], 'is not a text: text, subject or message')
      .default('text')
      .describe('Where to look: text is the subject and the message. Quoted mail does not count.')
      .meta({ examples: ['message'] }),
    matches: z
      .array(
        z.strictObject({
          text: Sample.describe('What somebody may write.').meta({ examples: ['Where is my order AB-123456?'] }),
          gives: Sample.describe('What is to be drawn out of it.').meta({ examples: ['AB-123456'] }),
        }),
      )
      .default([])
      .describe('Samples with what they give. The check tries each.')
      .meta({ examples: [[{ text: 'Where is my order AB-123456?', gives: 'AB-123456' }]] }),
    ignores: z
      .array(Sample)
      .default([])
      .describe('Samples that give nothing. The check tries each.')
      .meta({ examples: [['Call me at 030-123456.']] }),
  })
  .refine(
    ({ kind, patterns }) => (kind === undefined) !== (patterns === undefined),
    'it needs either a kind or patterns',
  );
export type Extract = z.output<typeof Extract>;

const NotTicket = z.strictObject({ ...ruleHead, when: Condition });

const Clarify = z.strictObject({
  ...ruleHead,
  when: Condition,
  ask: z
    .array(
      z.strictObject({
        field: z
          .string('is not a field')
          .regex(/^fields\.[^.]+$/, 'is not a field: fields. and a name')
          .describe('The field for the answer; whoever filled it already is not asked.')
          .meta({ examples: ['fields.product'] }),
        question: z
          .string('is not a question')
          .trim()
          .min(1, 'is empty')
          .max(200, 'is too long for a question: 200 characters are the most')
          .describe('One sentence, as the requester reads it.')
          .meta({ examples: ['Which product is it about?'] }),
        choices: z
          .array(Name)
          .min(2, 'leaves nothing to choose')
          .optional()
          .describe('What can be answered. Left out, anything can.')
          .meta({ examples: [['Web shop', 'App']] }),
        remember: Duration.optional()
          .describe(
            'So long nobody is asked who said it on another ticket of theirs. Left out, it is asked of each ticket.',
          )
          .meta({ examples: ['90d'] }),
      }),
    )
    .min(1, 'is empty')
    .max(5, 'is too much to ask: 5 questions are the most')
    .describe('What must be known. Only what is missing is asked.')
    .meta({ examples: [[{ field: 'fields.product', question: 'Which product is it about?' }]] }),
  template: Name.describe(
    'The template in replies/ for the letter; {{ missing.questions }} stands for the questions.',
  ).meta({
    examples: ['missing'],
  }),
  remindAfter: Duration.nullable()
    .default('24h')
    .describe('When to ask once more. null never does.')
    .meta({ examples: ['24h'] }),
  giveUpAfter: Duration.default('48h').describe('When the ticket goes on with what there is.'),
  calendar: Name.default('always')
    .describe('Name of the calendar whose open hours count; always counts every minute.')
    .meta({ examples: ['office'] }),
});

const Light = z.strictObject({
  when: Condition,
  fullAfter: z
    .strictObject({
      messages: z
        .int('is not a whole number')
        .min(1)
        .max(1000)
        .default(3)
        .describe('When the requester wrote more than so many times.')
        .meta({ examples: [3] }),
      time: Duration.default('24h').describe('When it is open for so long.'),
    })
    .prefault({})
    .describe('What makes a full ticket of it, besides a high priority and a person who changes something.')
    .meta({ examples: [{ messages: 3, time: '24h' }] }),
});

const Breaker = z.strictObject({
  messages: z
    .int('is not a whole number')
    .min(1)
    .max(100_000)
    .nullable()
    .default(null)
    .describe(
      'More messages than these of one sender, within the time below, wait under lost and found. Left out, none does.',
    )
    .meta({ examples: [20] }),
  within: Duration.default('10m').describe('The time within which they are counted.'),
  lettersPerDay: z
    .int('is not a whole number')
    .min(1)
    .max(1000)
    .default(10)
    .describe(
      'At most so many letters go out of our own accord for one ticket in 24 hours. Answers of people always go.',
    )
    .meta({ examples: [10] }),
});

/** `intake.yaml`: what is made of a request before anybody judges it. */
export const Intake = z.strictObject({
  extract: z
    .array(Extract)
    .default([])
    .describe('What to draw out of what people write, into fields. What a form said already stays.')
    .meta({ examples: [[{ field: 'order_number', patterns: ['\\b[A-Z]{2}-\\d{6}\\b'] }]] }),
  clarify: z
    .array(Clarify)
    .default([])
    .describe(
      'What is asked for before triage when nobody said it. The first rule of which something is missing asks, once.',
    )
    .meta({
      examples: [
        [
          {
            name: 'Which product',
            why: 'Each product has a team of its own.',
            owner: 'head of support',
            when: { channel: 'json' },
            ask: [{ field: 'fields.product', question: 'Which product is it about?', choices: ['Web shop', 'App'] }],
            template: 'missing',
          },
        ],
      ],
    }),
  light: Light.optional()
    .describe('Quick exchanges: no clocks run and no survey follows, until they become more. Left out, none is light.')
    .meta({ examples: [{ when: { channel: 'json' }, fullAfter: { messages: 3, time: '24h' } }] }),
  notTickets: z
    .array(NotTicket)
    .default([])
    .describe(
      'What is no ticket, beyond what machines write. It waits under lost and found, and one click makes a ticket of it.',
    )
    .meta({
      examples: [
        [
          {
            name: 'Offers of link exchanges',
            why: 'They come every day, and nobody answers them.',
            owner: 'head of support',
            when: { text: { mentions: ['link exchange', 'guest post*'] } },
          },
        ],
      ],
    }),
  leaveOut: z
    .array(z.enum(LEFT_OUT, 'is nothing that can be left out'))
    .default(['auto_reply', 'bounce', 'list', 'spam', 'thanks'])
    .describe(
      'What waits under lost and found rather than becoming a ticket: answers of machines, letters that came back, newsletters, spam, notices of machines, bare thanks.',
    )
    .meta({ examples: [['auto_reply', 'bounce', 'spam']] }),
  ownLists: z
    .array(z.string('is not the id of a list').min(1, 'is empty'))
    .default([])
    .describe('Mailing lists and groups over which requests reach you, by what stands in List-Id.')
    .meta({ examples: [['support.example.com']] }),
  breaker: Breaker.prefault({})
    .describe('What ends a loop that nothing else has ended.')
    .meta({ examples: [{ messages: 20, within: '10m' }] }),
});
export type Intake = z.output<typeof Intake>;
