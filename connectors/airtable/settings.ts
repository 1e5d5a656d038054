import { z } from 'zod';

/** What `desk.yaml` says of the base; the token stands in the environment, as AIRTABLE_TOKEN. */
export const AirtableSettings = z.strictObject({
  base: z
    .string()
    .regex(/^app[A-Za-z0-9]{14}$/, 'must be the id of a base, such as appA1b2C3d4E5f6G7')
    .describe('Id of the base; it stands in the address of the base, after airtable.com/.')
    .meta({ examples: ['appA1b2C3d4E5f6G7'] }),
  table: z
    .string()
    .min(1)
    .default('Tickets')
    .describe('Id or name of the table of tickets. The id survives when somebody renames the table.')
    .meta({ examples: ['tblA1b2C3d4E5f6G7'] }),
  columns: z
    .record(
      z.string(),
      z.string().regex(/^fld[A-Za-z0-9]{14}$/, 'must be the id of a field, such as fldA1b2C3d4E5f6G7'),
    )
    .default({})
    .describe(
      'Field id of a column, under our name for it, so that a renamed column is still found. A column that is not named here, or whose field is gone, is found by its title.',
    )
    .meta({ examples: [{ status: 'fldA1b2C3d4E5f6G7' }] }),
  plan: z
    .enum(['free', 'team', 'business', 'enterprise'])
    .default('free')
    .describe(
      "The workspace's plan. It decides how many requests a month may be spent, and so how often people's edits are looked for.",
    )
    .meta({ examples: ['team'] }),
  requestsPerMonth: z
    .int()
    .min(100)
    .optional()
    .describe("Requests that Tabledesk may spend in a month, when other programs need a part of the plan's allowance.")
    .meta({ examples: [60_000] }),
  timeoutSeconds: z
    .number()
    .positive()
    .max(120)
    .default(20)
    .describe('How long one request may take before it counts as lost, in seconds.')
    .meta({ examples: [20] }),
});
export type AirtableSettings = z.output<typeof AirtableSettings>;
