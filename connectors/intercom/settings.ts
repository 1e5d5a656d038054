import { z } from 'zod';

/** What `channels.yaml` says under `settings` of a channel of kind `intercom`. */
export const IntercomSettings = z
  .strictObject({
    admin: z
      .string('is not the id of a teammate')
      .regex(/^\d{1,20}$/, 'is not the id of a teammate, such as 814860')
      .nullable()
      .default(null)
      .describe('The teammate as whom we answer, by the id in Intercom, in quotation marks. Needs `access`.')
      .meta({ examples: ['814860'] }),
    region: z
      .enum(['us', 'eu', 'au'])
      .default('us')
      .describe('Where the workspace is hosted.')
      .meta({ examples: ['eu'] }),
  })
  .prefault({});
export type IntercomSettings = z.output<typeof IntercomSettings>;
