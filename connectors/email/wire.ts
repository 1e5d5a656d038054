import { z } from 'zod';

/** What nodemailer throws: its own word for the cause, and what the server said, where it said something. */
export const MailFailure = z.object({
  code: z.string().catch(''),
  responseCode: z.number().nullish().catch(null),
  response: z.string().catch(''),
  command: z.string().catch(''),
});
export type MailFailure = z.output<typeof MailFailure>;
