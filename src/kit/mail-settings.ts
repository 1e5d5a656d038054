import { z } from 'zod';
import type { AnsweredAt } from '../ports/channel.ts';

/** What the settings of every channel of mail have in common. */
export const ANSWERS = {
  address: z
    .email('is no mail address')
    .optional()
    .describe('The address whose mail reaches this channel, to which people answer. Left out, that of MAIL_FROM.')
    .meta({ examples: ['support@example.com'] }),
  plusAddress: z
    .boolean('is neither true nor false')
    .default(true)
    .describe('Whether mail to the address with something behind a plus arrives too: support+anything@example.com.')
    .meta({ examples: [true] }),
};

/** Where mail is answered that such a channel receives. */
export function answeredAt(settings: { address?: string | undefined; plusAddress: boolean }): AnsweredAt {
  return { address: settings.address ?? null, plus: settings.plusAddress };
}
