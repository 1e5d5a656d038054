import { z } from 'zod';

/** What `channels.yaml` says under `settings` of a channel of kind `slack`. */
export const SlackSettings = z
  .strictObject({
    rooms: z
      .array(z.string().regex(/^[CG][A-Z0-9]{6,}$/, 'is not the id of a Slack channel, such as C0123456789'))
      .default([])
      .describe(
        'Channels, by their ids, in which every message that begins a thread is a request. Elsewhere those are that mention the app, or are written to it alone.',
      )
      .meta({ examples: [['C0123456789']] }),
    appToken: z
      .string()
      .regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/, 'is not a reference to a secret, and no secret stands in a file')
      .nullable()
      .default(null)
      .describe(
        'The app-level token, by the name of its environment variable. With it we call Slack (Socket Mode), and Slack needs no address of ours.',
      )
      .meta({ examples: ['env:SLACK_APP_TOKEN'] }),
  })
  .prefault({});
export type SlackSettings = z.output<typeof SlackSettings>;

/** A way of kind `slack` needs no settings: the token and the channel stand beside them. */
export const SlackNoticeSettings = z.strictObject({}).prefault({});
export type SlackNoticeSettings = z.output<typeof SlackNoticeSettings>;
