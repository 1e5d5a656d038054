import { z } from 'zod';
import { Condition } from './condition.ts';
import { ruleHead } from './rule.ts';
import { CalendarChoice, Duration, Name, Percent } from './words.ts';

/** Statuses in which a ticket can wait for somebody. */
const WAITING_STATUSES = ['open', 'pending', 'on_hold', 'needs_info'] as const;

function calendar() {
  return CalendarChoice.default('always').describe(
    'Name of the calendar whose open hours count; always counts every minute.',
  );
}

function template(use: string) {
  return Name.describe(`The template in replies/ ${use}.`);
}

const Closing = z.strictObject({
  after: Duration.default('3d')
    .describe('How long a resolved ticket waits for another word of the requester.')
    .meta({ examples: ['3d', '27h'] }),
  calendar: calendar(),
});

const Silence = z.strictObject({
  remindAfter: Duration.default('24h')
    .describe('So long after the last word of either side, the requester is reminded.')
    .meta({ examples: ['24h'] }),
  resolveAfter: Duration.default('48h')
    .describe('So long after the last word, the ticket counts as resolved. A reminder that went late moves it on.')
    .meta({ examples: ['48h'] }),
  calendar: calendar(),
  reminder: template('that reminds').meta({ examples: ['reminder'] }),
  statuses: z
    .array(z.enum(WAITING_STATUSES, 'is not a status in which a ticket waits').meta({ examples: ['pending'] }))
    .min(1, 'is empty')
    .default(['pending', 'needs_info'])
    .describe('The statuses in which we wait for the requester.')
    .meta({ examples: [['pending', 'needs_info']] }),
});

const Summary = z.strictObject({
  template: template('that tells what was done').meta({ examples: ['summary'] }),
  after: Duration.default('0m')
    .describe('So long after a person resolved the ticket: time to write down what was done, or to take it back.')
    .meta({ examples: ['10m'] }),
  afterSilence: z
    .boolean('is neither true nor false')
    .default(false)
    .describe('Whether a ticket that was resolved because nobody answered has one, too.')
    .meta({ examples: [false] }),
  advice: z
    .record(
      Name,
      z.string('is not a text').trim().min(1, 'is empty').max(2000, 'is too long: 2000 characters are the most'),
    )
    .default({})
    .describe('What the summary advises for a category; it fills the gap resolution.advice.')
    .meta({ examples: [{ billing: 'Set the card in Settings, so that the next payment goes through.' }] }),
});

const CheckIn = z.strictObject({
  ...ruleHead,
  when: Condition.optional().describe('Tickets that are asked about, as they are when the wait begins. Left out, all.'),
  since: z
    .enum(['resolved', 'answered'], 'is neither resolved nor answered')
    .default('resolved')
    .describe('What the wait begins with: the solution, or an answer of yours on an open ticket.')
    .meta({ examples: ['answered'] }),
  after: Duration.describe('How long the wait is.').meta({ examples: ['7d'] }),
  calendar: calendar(),
  template: template('that asks how it is going').meta({ examples: ['check-in'] }),
});
export type CheckIn = z.output<typeof CheckIn>;

const Survey = z.strictObject({
  template: template('that asks how it was').meta({ examples: ['survey'] }),
  share: Percent.default('20%')
    .describe('Share of closed tickets whose requester is asked. The same ticket is always drawn, or never.')
    .meta({ examples: ['20%'] }),
  notAgainFor: z
    .string('is not a number of days')
    .regex(/^\d{1,4}d$/, 'is not a number of days')
    .default('30d')
    .describe('Nobody is asked twice within so many days, about whatever ticket.')
    .meta({ examples: ['30d'] }),
  when: Condition.optional().describe('Tickets that are asked about. Left out, all.'),
});

const Gratitude = z.strictObject({
  phrases: z
    .array(Name)
    .default([])
    .describe(
      'What else is nothing but thanks, each as a whole statement. English, German, French and Spanish thanks are known.',
    )
    .meta({ examples: [['teşekkürler', 'cheers mate']] }),
});

/** `follow-up.yaml`: what happens when nobody works on a ticket any more. What is left out does not happen. */
export const FollowUp = z.strictObject({
  closing: Closing.optional()
    .describe('Closes resolved tickets. Left out, only people do.')
    .meta({ examples: [{ after: '3d' }] }),
  silence: Silence.optional()
    .describe('Reminds requesters who do not answer, and resolves their tickets. Left out, a ticket waits for ever.')
    .meta({ examples: [{ remindAfter: '24h', resolveAfter: '48h', reminder: 'reminder' }] }),
  summary: Summary.optional()
    .describe('Tells requesters what was done when a person resolves their ticket. Makes the column Resolution.')
    .meta({ examples: [{ template: 'summary' }] }),
  checkIns: z
    .array(CheckIn)
    .default([])
    .describe(
      'Asks how it is going, where things may go wrong again. Each that fits is sent; a word of the requester cancels it.',
    )
    .meta({
      examples: [
        [
          {
            name: 'After an outage',
            why: 'What was mended in a hurry may break again.',
            owner: 'head of support',
            when: { category: 'outage' },
            after: '7d',
            template: 'check-in',
          },
        ],
      ],
    }),
  survey: Survey.optional()
    .describe(
      'Asks how it was when a ticket closes. Needs PUBLIC_URL. Makes the columns Satisfaction and Survey comment.',
    )
    .meta({ examples: [{ template: 'survey', share: '20%', notAgainFor: '30d' }] }),
  gratitude: Gratitude.prefault({})
    .describe('What counts as thanks: it opens no resolved ticket again.')
    .meta({ examples: [{ phrases: ['cheers mate'] }] }),
});
export type FollowUp = z.output<typeof FollowUp>;
