import { z } from 'zod';

/** How far a folder was read. A server that numbers its mails anew has another `validity`. */
export const Place = z.object({
  validity: z.string(),
  uid: z.number(),
  /** When the folder was last looked at. */
  at: z.iso.datetime(),
});
export type Place = z.output<typeof Place>;

/** What imapflow throws. */
export const ImapFailure = z.object({
  code: z.string().catch(''),
  authenticationFailed: z.boolean().catch(false),
  tlsFailed: z.boolean().catch(false),
  responseText: z.string().catch(''),
  message: z.string().catch(''),
});
export type ImapFailure = z.output<typeof ImapFailure>;
