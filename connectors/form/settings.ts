import { z } from 'zod';

/** What `channels.yaml` says under `settings` of a channel of kind `form`. */
export const FormSettings = z
  .strictObject({
    heading: z
      .string()
      .min(1)
      .max(100)
      .default('Ask for help')
      .describe('The heading of the request form.')
      .meta({ examples: ['Ask for help'] }),
    intro: z
      .string()
      .max(500)
      .default('Tell us what you need. We answer by email.')
      .describe('The line below the heading.')
      .meta({ examples: ['Tell us what you need. We answer by email.'] }),
    honeypot: z
      .string()
      .min(1)
      .default('hp_website')
      .describe(
        'Name of a field that people do not see. A request that fills it in comes from a machine and is set aside.',
      )
      .meta({ examples: ['hp_website'] }),
    fastestSeconds: z
      .number()
      .min(0)
      .max(60)
      .default(0)
      .describe(
        'People take longer than this to fill in the form, in seconds. A request that comes sooner after its page was shown is set aside. 0 does not look.',
      )
      .meta({ examples: [3] }),
    origins: z
      .array(z.url({ protocol: /^https?$/ }))
      .default([])
      .describe('Sites whose pages may post here. Empty lets every site; our own request form may always.')
      .meta({ examples: [['https://www.example.com']] }),
    redirect: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null)
      .describe('Page that a browser is sent to after posting. Null shows our own, with the ticket number.')
      .meta({ examples: ['https://www.example.com/thanks'] }),
  })
  .prefault({});
export type FormSettings = z.output<typeof FormSettings>;
