import { z } from 'zod';
import { oneOrMore, SecretReference } from './words.ts';

/** 1 MiB holds any form and most JSON; files come as links. */
const USUAL_BYTES = 1024 * 1024;
const MOST_BYTES = 64 * 1024 * 1024;

const ChannelName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'is not a name for an address: small letters, digits and hyphens');

export const Channel = z.strictObject({
  kind: z
    .string('is not a kind of channel')
    .describe('Which connector reads what comes in.')
    .meta({ examples: ['form', 'json'] }),
  title: z
    .string('is not a title')
    .trim()
    .min(1, 'is an empty title')
    .max(80)
    .optional()
    .describe("What people call it. Left out, the channel's name.")
    .meta({ examples: ['Website'] }),
  token: oneOrMore(SecretReference)
    .optional()
    .describe(
      'The token that senders show, by the name of its environment variable. A list of two lets you change it in peace.',
    )
    .meta({ examples: ['env:JSON_TOKEN', ['env:JSON_TOKEN', 'env:JSON_TOKEN_OLD']] }),
  secret: oneOrMore(SecretReference)
    .optional()
    .describe(
      'The secret that senders sign with, by the name of its environment variable. A list of two lets you change it in peace.',
    )
    .meta({ examples: ['env:TYPEFORM_SECRET'] }),
  access: SecretReference.optional()
    .describe(
      "What the sender's system is shown when it is asked for a name or a file, or answered, by the name of its environment variable.",
    )
    .meta({ examples: ['env:SLACK_BOT_TOKEN'] }),
  maxBytes: z
    .int('is not a whole number of bytes')
    .min(1024)
    .max(MOST_BYTES)
    .default(USUAL_BYTES)
    .describe('The largest request that is taken, in bytes. Larger ones are answered 413.')
    .meta({ examples: [USUAL_BYTES] }),
  perMinute: z
    .int('is not a whole number')
    .min(1)
    .max(1_000_000)
    .default(600)
    .describe('Requests a minute; more are answered 429.')
    .meta({ examples: [600] }),
  paused: z
    .boolean('is neither true nor false')
    .default(false)
    .describe('Take nothing for now: senders are answered 503 and come again later.')
    .meta({ examples: [false] }),
  settings: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('What this kind of channel asks for.')
    .meta({ examples: [{}] }),
});
export type Channel = z.output<typeof Channel>;

/** `channels.yaml`: the ways in. */
export const Channels = z.strictObject({
  channels: z
    .record(ChannelName, Channel)
    .default({})
    .describe('The ways in, by the name in their address: `/hooks/<name>`.')
    .meta({ examples: [{ website: { kind: 'form', title: 'Website' } }] }),
});
export type Channels = z.output<typeof Channels>;
