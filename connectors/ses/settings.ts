import { z } from 'zod';
import { ANSWERS } from '../../src/kit/mail-settings.ts';

/** The name of a topic, as AWS shows it. */
const Topic = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
    'is no name of a topic, such as arn:aws:sns:eu-west-1:123456789012:mail',
  );

/** What `channels.yaml` says under `settings` of a channel of kind `ses`. */
export const SesSettings = z.strictObject({
  ...ANSWERS,
  topics: z
    .array(Topic)
    .min(1, 'names no topic')
    .describe('The SNS topics that are believed, by their ARN. AWS signs for every topic of everybody.')
    .meta({ examples: [['arn:aws:sns:eu-west-1:123456789012:mail']] }),
});
export type SesSettings = z.output<typeof SesSettings>;
