import { z } from 'zod';
import { Condition } from './condition.ts';

/** What every rule says of itself, so that whoever finds it a year later knows whom to ask. */
export const ruleHead = {
  name: z
    .string('is not a name')
    .trim()
    .min(1, 'is an empty name')
    .max(100, 'is too long for a name: 100 characters are the most')
    .describe('What the rule is called in decisions and reports. Each name once in a file.')
    .meta({ examples: ['Failed payment goes to billing'] }),
  why: z
    .string('is not a sentence')
    .trim()
    .min(1, 'is empty')
    .max(300, 'is too long for one sentence: 300 characters are the most')
    .describe('One sentence: why the rule is there.')
    .meta({ examples: ['Only finance can mend a payment.'] }),
  owner: z
    .string('is not a name')
    .trim()
    .min(1, 'is an empty name')
    .max(80, 'is too long for a name: 80 characters are the most')
    .describe('Who decides about the rule: a person or a role.')
    .meta({ examples: ['finance lead'] }),
};

/** A rule that sets something of every ticket of which its condition holds. */
export function ruleThat<Then extends z.ZodRawShape>(then: Then, said: { description: string; example: object }) {
  return z.strictObject({
    ...ruleHead,
    when: Condition,
    then: z
      .strictObject(then)
      .refine((set) => Object.keys(set).length > 0, 'is empty, so that the rule does nothing')
      .describe(said.description)
      .meta({ examples: [said.example] }),
  });
}
