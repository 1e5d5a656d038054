import { z } from 'zod';

/** What `channels.yaml` says under `settings` of a channel of kind `twilio`. */
export const TwilioSettings = z.strictObject({
  account: z
    .string('is not the SID of an account')
    .regex(/^AC[0-9a-f]{32}$/, 'is not the SID of an account, such as AC0123456789abcdef0123456789abcdef')
    .describe('The SID of the account, which is no secret.')
    .meta({ examples: ['AC0123456789abcdef0123456789abcdef'] }),
  template: z
    .string()
    .regex(/^HX[0-9a-f]{32}$/, 'is not the SID of a template, such as HX0123456789abcdef0123456789abcdef')
    .nullable()
    .default(null)
    .describe(
      'The SID of the approved template with one gap that goes out over WhatsApp where the customer wrote nothing for 24 hours. Left out, none does.',
    )
    .meta({ examples: ['HX0123456789abcdef0123456789abcdef'] }),
});
export type TwilioSettings = z.output<typeof TwilioSettings>;
