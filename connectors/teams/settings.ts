import { z } from 'zod';

/** What `channels.yaml` says under `settings` of a channel of kind `teams`. */
export const TeamsSettings = z
  .strictObject({
    workflow: z
      .string()
      .regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/, 'is not a reference to a secret, and no secret stands in a file')
      .nullable()
      .default(null)
      .describe(
        'The address of the workflow that posts answers into the channel, by the name of its environment variable. Left out, no answer goes to Teams but the one that names the ticket.',
      )
      .meta({ examples: ['env:TEAMS_WORKFLOW_URL'] }),
  })
  .prefault({});
export type TeamsSettings = z.output<typeof TeamsSettings>;

/** A way of kind `teams` needs no settings: the address of the workflow stands beside them. */
export const TeamsNoticeSettings = z.strictObject({}).prefault({});
export type TeamsNoticeSettings = z.output<typeof TeamsNoticeSettings>;
