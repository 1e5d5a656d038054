import { z } from 'zod';
import { ruleThat } from './rule.ts';
import { Name } from './words.ts';

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
});
export type Routing = z.output<typeof Routing>;
