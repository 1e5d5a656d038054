import { z } from 'zod';

/** What `channels.yaml` says under `settings` of a channel of kind `mattermost`. */
export const MattermostSettings = z
  .strictObject({
    server: z
      .url({ protocol: /^https?$/, error: 'is not the address of a server, such as https://chat.example.com' })
      .transform((url) => url.replace(/\/+$/, ''))
      .nullable()
      .default(null)
      .describe('The address of the Mattermost server, for answers, files, names and threads. Needs `access`.')
      .meta({ examples: ['https://chat.example.com'] }),
    internal: z
      .boolean('is neither true nor false')
      .default(false)
      .describe('The server is in our own network, where nothing is asked otherwise; and it may begin with http.')
      .meta({ examples: [true] }),
  })
  .refine(({ server, internal }) => internal || !server?.startsWith('http:'), {
    path: ['server'],
    error: 'is not encrypted; write https, or set internal: true for a server in your own network',
  })
  .prefault({});
export type MattermostSettings = z.output<typeof MattermostSettings>;

/** A way of kind `mattermost` needs no settings: the address of the incoming webhook stands beside them. */
export const MattermostNoticeSettings = z.strictObject({}).prefault({});
export type MattermostNoticeSettings = z.output<typeof MattermostNoticeSettings>;
