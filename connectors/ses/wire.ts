import { z } from 'zod';

const text = z.string().default('').catch('');

/** What SNS posts: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export const Envelope = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Timestamp: z.string(),
  Subject: z.string().optional(),
  Token: z.string().optional(),
  SubscribeURL: z.string().optional(),
  SignatureVersion: z.string(),
  Signature: z.string(),
  SigningCertURL: z.string(),
});
export type Envelope = z.output<typeof Envelope>;

const Verdict = z.object({ status: text }).catch({ status: '' });

/** What SES says of a mail: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html */
export const Received = z.object({
  notificationType: z.literal('Received'),
  mail: z.object({ messageId: z.string(), commonHeaders: z.object({ messageId: text }).catch({ messageId: '' }) }),
  receipt: z.object({
    recipients: z.array(z.string()).catch([]),
    dmarcVerdict: Verdict,
    action: z.object({ type: z.string(), encoding: text, bucketName: text, objectKey: text }),
  }),
  /** The mail itself, where it came along. */
  content: z.string().optional(),
});
export type Received = z.output<typeof Received>;
