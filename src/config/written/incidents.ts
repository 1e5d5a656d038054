import { z } from 'zod';
import { Condition } from './condition.ts';
import { Address, Duration, Name, oneOrMore, Percent } from './words.ts';

/** `incidents` of `triage.yaml`: which tickets report the same, and who is told of it. */
export const Incidents = z.strictObject({
  window: Duration.default('4h')
    .describe('Reports of one incident come within so long a time. An incident that goes on takes more at any time.')
    .meta({ examples: ['4h'] }),
  similarity: Percent.default('30%')
    .describe('How much reports have in common at least. Two texts about the same in other words rarely reach half.')
    .meta({ examples: ['30%'] }),
  reports: z
    .int('is not a whole number')
    .min(2, 'is less than 2')
    .max(50, 'is more than 50')
    .default(3)
    .describe('So many requesters make an incident.')
    .meta({ examples: [3] }),
  when: Condition.optional()
    .describe('What may be a report. Left out, any ticket; it is wise to ask for a tag or a category.')
    .meta({ examples: [{ tags: 'outage' }] }),
  notify: oneOrMore(z.union([Address, Name]))
    .default([])
    .describe('Who is told of an incident, once: agents, and mail addresses.')
    .meta({ examples: ['lead@example.com'] }),
  template: Name.optional()
    .describe('Letter to those who report a known incident, as soon as a person has declared it. Left out, none goes.')
    .meta({ examples: ['incident-known'] }),
  resolvedTemplate: Name.optional()
    .describe('Letter to those whose incident is resolved. Left out, none goes.')
    .meta({ examples: ['incident-resolved'] }),
});
export type Incidents = z.output<typeof Incidents>;
