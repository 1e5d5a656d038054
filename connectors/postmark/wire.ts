import { z } from 'zod';

const text = z.string().catch('');

/** What Postmark posts: https://postmarkapp.com/developer/webhooks/inbound-webhook */
export const Inbound = z.object({
  MessageID: z.string(),
  FromFull: z.object({ Email: text, Name: text }).catch({ Email: '', Name: '' }),
  To: text,
  Cc: text,
  OriginalRecipient: text,
  MailboxHash: text,
  Subject: text,
  Date: text,
  TextBody: text,
  HtmlBody: text,
  Headers: z.array(z.object({ Name: z.string(), Value: text })).catch([]),
  Attachments: z.array(z.object({ Name: text, Content: text, ContentType: text })).catch([]),
  /** Only where the server's settings say that the mail as it was comes along. */
  RawEmail: text,
});
export type Inbound = z.output<typeof Inbound>;
