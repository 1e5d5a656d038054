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

/** RFC 6749, section 5.1. */
export const TokenAnswer = z.object({
  access_token: z.string().min(1),
  /** Most last for an hour, which RFC 6749 leaves to be said elsewhere. */
  expires_in: z.coerce.number().positive().catch(3600),
  refresh_token: z.string().catch(''),
});
export type TokenAnswer = z.output<typeof TokenAnswer>;

/** RFC 6749, section 5.2. */
export const TokenRefusal = z.object({ error: z.string().catch(''), error_description: z.string().catch('') });
