import { z } from 'zod';
import { ANSWERS } from '../../src/kit/mail-settings.ts';

/** Under which header a mail bears the folder's number for it. */
export const DELIVERY = 'x-imap-delivery';

/** Where access tokens come from. Tokens are shown nobody but over an encrypted line, or to this machine itself. */
const OAuth = z.strictObject({
  tokenUrl: z
    .string('is not the address of a token endpoint')
    .regex(/^https:\/\/[^\s]+$|^http:\/\/(?:127\.0\.0\.1|localhost)[:/]/, 'is not an address that begins with https://')
    .describe('The address at which access tokens are given out.')
    .meta({ examples: ['https://oauth2.googleapis.com/token'] }),
  clientId: z
    .string('is not the id of an app')
    .min(1, 'is not the id of an app')
    .describe('The id of the app, as its provider shows it.')
    .meta({ examples: ['1234-abc.apps.googleusercontent.com'] }),
  clientSecret: z
    .string()
    .regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/, 'is not a reference to a secret, and no secret stands in a file')
    .nullable()
    .default(null)
    .describe('The secret of the app, by the name of its environment variable.')
    .meta({ examples: ['env:IMAP_CLIENT_SECRET'] }),
  scope: z
    .string('is not a text')
    .min(1, 'is empty')
    .nullable()
    .default(null)
    .describe('What the tokens are for, where the provider wants to hear it.')
    .meta({ examples: ['https://outlook.office365.com/.default'] }),
});
export type OAuth = z.output<typeof OAuth>;

/** What `channels.yaml` says under `settings` of a channel of kind `imap`. The password is the channel's `access`. */
export const ImapSettings = z.strictObject({
  host: z
    .string('is no name of a server')
    .min(1, 'is no name of a server')
    .describe('The mail server.')
    .meta({ examples: ['imap.example.com'] }),
  port: z
    .int('is no port')
    .min(1, 'is no port')
    .max(65_535, 'is no port')
    .optional()
    .describe('Its port. Left out, 993, or 143 with starttls and none.')
    .meta({ examples: [993] }),
  encryption: z
    .enum(['tls', 'starttls', 'none'])
    .default('tls')
    .describe('How the connection is encrypted. Use none for a server on this machine alone.')
    .meta({ examples: ['tls'] }),
  user: z
    .string('is no user name')
    .min(1, 'is no user name')
    .describe('The user name of the mailbox, often its address.')
    .meta({ examples: ['support@example.com'] }),
  signIn: z
    .enum(['password', 'oauth2'])
    .default('password')
    .describe('What access of the channel holds: a password, or an OAuth 2 access token.')
    .meta({ examples: ['password'] }),
  oauth: OAuth.nullable()
    .default(null)
    .describe(
      'How access tokens of OAuth 2 are got as they end. `access` of the channel is then the refresh token; left out, the app signs in by itself.',
    )
    .meta({
      examples: [{ tokenUrl: 'https://oauth2.googleapis.com/token', clientId: '1234-abc.apps.googleusercontent.com' }],
    }),
  folder: z
    .string('is no folder')
    .min(1, 'is no folder')
    .default('INBOX')
    .describe('The folder that is read.')
    .meta({ examples: ['INBOX'] }),
  begin: z
    .enum(['now', 'everything'])
    .default('now')
    .describe('What is taken at the first start: mail that comes from now on, or everything in the folder.')
    .meta({ examples: ['now'] }),
  moveTo: z
    .string('is no folder')
    .min(1, 'is no folder')
    .optional()
    .describe('The folder into which a mail is moved once it is stored. Left out, mails stay where they are.')
    .meta({ examples: ['Tabledesk'] }),
  markSeen: z
    .boolean('is neither true nor false')
    .default(true)
    .describe('Whether a mail is marked as read once it is stored.')
    .meta({ examples: [true] }),
  pollSeconds: z
    .int('is not a whole number of seconds')
    .min(10, 'is less than 10 seconds')
    .max(600, 'is more than 10 minutes')
    .default(120)
    .describe('How often the folder is looked at besides, should the server not tell of new mail.')
    .meta({ examples: [120] }),
  largestBytes: z
    .int('is not a whole number of bytes')
    .min(10_000)
    .max(64 * 1024 * 1024)
    .default(40 * 1024 * 1024)
    .describe('The largest mail that is fetched. Of a larger one the sender and the subject become a ticket.')
    .meta({ examples: [41_943_040] }),
  ...ANSWERS,
});
export type ImapSettings = z.output<typeof ImapSettings>;
