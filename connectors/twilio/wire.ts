import { z } from 'zod';

/** Texts that may be missing. */
const Text = z.string().catch('');

/** https://www.twilio.com/docs/messaging/guides/webhook-request */
export const Notice = z.looseObject({
  MessageSid: z.string().min(1),
  From: z.string().min(1),
  To: z.string().min(1),
  Body: Text,
  /** Of a message of ours that went its way; `received` of one that came. */
  MessageStatus: Text,
  /** Of a message of ours that failed: https://www.twilio.com/docs/api/errors */
  ErrorCode: Text,
  NumMedia: z.coerce.number().int().min(0).max(50).catch(0),
  ProfileName: Text,
  Latitude: Text,
  Longitude: Text,
  Address: Text,
  OptOutType: Text,
});
export type Notice = z.output<typeof Notice>;

/** https://www.twilio.com/docs/messaging/api/message-resource */
export const Sent = z.object({ sid: z.string().min(1) });

export const ApiRefusal = z.object({ message: Text, code: z.number().catch(0) });
