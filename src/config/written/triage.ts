import { z } from 'zod';
import { Incidents } from './incidents.ts';
import { Learning } from './learning.ts';
import { Model } from './model.ts';
import { ruleThat } from './rule.ts';
import { Name, oneOrMore, Percent, Priority, Severity } from './words.ts';

const USUAL_PRIORITIES = {
  informational: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
} as const;

const Rule = ruleThat(
  {
    category: Name.optional()
      .describe('What the ticket is about: one of the categories.')
      .meta({ examples: ['billing'] }),
    severity: Severity.optional().describe('How bad it is for the requester.'),
    priority: Priority.optional().describe('How soon it is to be done.'),
    tags: z
      .array(Name)
      .min(1, 'is empty')
      .optional()
      .describe('Tags to add.')
      .meta({ examples: [['payments']] }),
  },
  {
    description: 'What the ticket is given, unless a rule above or a person has given it.',
    example: { category: 'billing', priority: 'high' },
  },
);

/**
 * From here on each of the 34 articles that fitted best was the right one, of 241 questions to three shelves; from 20 %
 * on, 81 of 89, and only 13 of 21 of the help of a library (docs/knowledge.md).
 */
export const ENOUGH_IN_COMMON = '30%';

const SelfService = z.strictObject({
  template: Name.describe('The template in replies/ that tells how.').meta({ examples: ['reset-password'] }),
  withArticle: z
    .union([Percent, z.literal(true)], 'is not a share')
    .optional()
    .describe(
      'Puts the approved article that fits best into the template, where it has so much in common with the request at ' +
        `least; where none has, nothing goes out by itself. \`true\` is ${ENOUGH_IN_COMMON}. Left out, the template goes out as ` +
        'it is. docs/knowledge.md tells more.',
    )
    .meta({ examples: [true, '40%'] }),
  steps: z
    .array(Name)
    .default([])
    .describe('The steps of the category that are done when the requester says that it is solved.')
    .meta({ examples: [['Receive', 'Solve', 'Close']] }),
  urgent: z
    .boolean('is neither true nor false')
    .default(false)
    .describe('Whether it goes out for tickets of high and critical priority, too.')
    .meta({ examples: [false] }),
});

const Frustration = z.strictObject({
  from: z
    .enum(['annoyed', 'angry'], 'is neither annoyed nor angry')
    .default('angry')
    .describe('From which frustration on.')
    .meta({ examples: ['angry'] }),
  upTo: z
    .enum(['medium', 'high'], 'is neither medium nor high')
    .default('high')
    .describe('No priority is raised beyond this one; what is critical, rules and people say.')
    .meta({ examples: ['high'] }),
});

function priorityFor(severity: keyof typeof USUAL_PRIORITIES) {
  return Priority.default(USUAL_PRIORITIES[severity]).describe(
    `The priority of a ticket whose severity is ${severity}.`,
  );
}

/** `triage.yaml`: what a ticket is about, and how urgent it is. */
export const Triage = z.strictObject({
  categories: z
    .array(Name)
    .default([])
    .describe('What tickets can be about. Keep them few: more than ten and people choose at random.')
    .meta({ examples: [['billing', 'bug', 'question']] }),
  defaultPriority: Priority.default('medium').describe('The priority where neither a rule nor the severity gives one.'),
  priorityBySeverity: z
    .strictObject({
      informational: priorityFor('informational'),
      low: priorityFor('low'),
      medium: priorityFor('medium'),
      high: priorityFor('high'),
      critical: priorityFor('critical'),
    })
    .prefault({})
    .describe('The priority where no rule gives one but the severity is known.')
    .meta({ examples: [{ critical: 'critical' }] }),
  frustration: Frustration.optional()
    .describe(
      'Raises the priority of tickets whose requesters have lost patience by one. Left out, none is raised; rules can ' +
        'ask for `frustration` all the same. docs/frustration.md tells more.',
    )
    .meta({ examples: [{ from: 'angry' }] }),
  reviewQueue: Name.optional()
    .describe('The queue for tickets to which no rule gave a category. Left out, the default queue of routing.yaml.')
    .meta({ examples: ['review'] }),
  showGuesses: z
    .boolean('is neither true nor false')
    .default(false)
    .describe(
      'Whether rows of tickets that wait for a person have a column with what they may be about: the guesses of the ' +
        'learned classifier and of the model. docs/triage.md tells more.',
    )
    .meta({ examples: [true] }),
  tags: z
    .array(Name)
    .min(1, 'is empty')
    .optional()
    .describe('All tags that there are. Left out, people may add any others.')
    .meta({ examples: [['payment', 'outage', 'vip']] }),
  tagsFrom: z
    .record(z.string(), z.record(z.string(), oneOrMore(Name)))
    .default({})
    .describe(
      'Tags that follow from what a field says: of the form, of the account, the channel. By field, then by value.',
    )
    .meta({ examples: [{ 'fields.product': { 'Web shop': 'shop' }, 'requester.account.plan': { gold: 'vip' } }] }),
  steps: z
    .record(z.string(), z.array(Name).min(1, 'is empty'))
    .default({})
    .describe('By category, the steps that people tick off in the row and in the console as they work. Left out, none.')
    .meta({ examples: [{ bug: ['Receive', 'Validate', 'Replicate', 'Solve', 'Notify', 'Close'] }] }),
  selfService: z
    .record(z.string(), SelfService)
    .default({})
    .describe(
      'By category, an answer with which requesters can help themselves. It goes out in place of the ' +
        'acknowledgement, and nobody is given the ticket until they say that it did not help. ' +
        'docs/follow-up.md tells more.',
    )
    .meta({ examples: [{ access: { template: 'reset-password' } }] }),
  incidents: Incidents.optional()
    .describe(
      'How reports of one incident are known: the oldest stands for all, the others wait for it and end with it. ' +
        'Left out, no ticket is linked to another. docs/incidents.md tells more.',
    )
    .meta({ examples: [{ reports: 3, when: { tags: 'outage' }, notify: 'lead@example.com' }] }),
  related: z
    .int('is not a whole number')
    .min(0, 'is less than 0')
    .max(10, 'is more than 10')
    .default(0)
    .describe(
      'So many earlier tickets stand beside a new one: solved ones about the same, those of the requester, and those ' +
        "of the requester's house. 0 for none.",
    )
    .meta({ examples: [3] }),
  learning: Learning.prefault({})
    .describe(
      'How the desk learns its categories from tickets that were solved and from what people correct, on this machine. ' +
        'It gives none before it has learned from 30 tickets. docs/learning.md tells more.',
    )
    .meta({ examples: [{ promise: '95%' }] }),
  model: Model.optional()
    .describe(
      'A language model that reads what no rule could place. Its answers come from the lists of this file alone, and ' +
        'are opinions: people and rules win. Left out, nothing leaves the house. docs/models.md tells more.',
    )
    .meta({ examples: [{ name: 'gpt-5-mini' }] }),
  rules: z
    .array(Rule)
    .default([])
    .describe('Asked from top to bottom. The first rule that sets a field has it; tags add up.')
    .meta({
      examples: [
        [
          {
            name: 'Failed payment goes to billing',
            why: 'Only finance can mend a payment.',
            owner: 'finance lead',
            when: { text: { mentions: ['payment failed', 'card declined'] } },
            then: { category: 'billing', priority: 'high' },
          },
        ],
      ],
    }),
});
export type Triage = z.output<typeof Triage>;
