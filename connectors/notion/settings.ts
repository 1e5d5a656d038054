import { z } from 'zod';

/** What `desk.yaml` says of the database; the token stands in the environment, as NOTION_TOKEN. */
export const NotionSettings = z.strictObject({
  dataSource: z
    .string()
    .regex(
      /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i,
      'must be the id of a data source, such as 1f0e1d2c-3b4a-4958-8776-655443322110',
    )
    .describe(
      'Id of the data source: the table in a Notion database. It is not the id in the address of the database; in Notion it is under Manage data sources, Copy data source ID.',
    )
    .meta({ examples: ['1f0e1d2c-3b4a-4958-8776-655443322110'] }),
  columns: z
    .record(z.string(), z.string().min(1).max(100))
    .default({})
    .describe(
      'Property id of a column, under our name for it, so that a renamed column is still found. A column that is not named here, or whose property is gone, is found by its title.',
    )
    .meta({ examples: [{ status: '%3BqLz' }] }),
  plan: z
    .enum(['free', 'plus', 'business', 'enterprise'])
    .default('free')
    .describe("The workspace's plan. It decides how many requests may be made in a minute.")
    .meta({ examples: ['plus'] }),
  timeoutSeconds: z
    .number()
    .positive()
    .max(120)
    .default(60)
    .describe(
      'How long one request may take before it counts as lost, in seconds. Notion itself gives up after about 60: with less, a page may still be made after we stopped waiting.',
    )
    .meta({ examples: [60] }),
});
export type NotionSettings = z.output<typeof NotionSettings>;
