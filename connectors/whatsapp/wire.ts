import { z } from 'zod';

/** Texts that may be missing. */
const Text = z.string().catch('');

const Media = z
  .object({ id: z.string().min(1), mime_type: Text, caption: Text, filename: Text })
  .nullable()
  .catch(null);
export type Media = z.output<typeof Media>;

const Titled = z.object({ title: Text }).catch({ title: '' });

/** https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples */
const Message = z.object({
  id: z.string().min(1),
  /** The number, which people may keep to themselves since 2026. */
  from: Text,
  /** The business-scoped id, such as `US.13491208655302741918`. */
  from_user_id: Text,
  timestamp: z.coerce.number().catch(Number.NaN),
  type: Text,
  context: z.object({ id: Text }).catch({ id: '' }),
  text: z.object({ body: Text }).catch({ body: '' }),
  button: z.object({ text: Text }).catch({ text: '' }),
  interactive: z
    .object({ button_reply: Titled, list_reply: Titled })
    .catch({ button_reply: { title: '' }, list_reply: { title: '' } }),
  location: z.object({ latitude: z.number(), longitude: z.number(), name: Text, address: Text }).nullable().catch(null),
  contacts: z
    .array(
      z.object({
        name: z.object({ formatted_name: Text }).catch({ formatted_name: '' }),
        phones: z.array(z.object({ phone: Text })).catch([]),
      }),
    )
    .catch([]),
  image: Media,
  video: Media,
  audio: Media,
  document: Media,
  sticker: Media,
});
export type WhatsAppMessage = z.output<typeof Message>;

const Contact = z.object({
  wa_id: Text,
  user_id: Text,
  profile: z.object({ name: Text, username: Text }).catch({ name: '', username: '' }),
});
export type Contact = z.output<typeof Contact>;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples#message-status-updates */
const Status = z.object({
  id: z.string().min(1).max(300),
  /** `sent`, `delivered`, `read` or `failed`. */
  status: Text,
  errors: z
    .array(
      z.object({
        code: z.int().catch(0),
        title: Text,
        message: Text,
        error_data: z.object({ details: Text }).catch({ details: '' }),
      }),
    )
    .catch([]),
});
export type Status = z.output<typeof Status>;

const Value = z.object({
  metadata: z.object({ phone_number_id: z.string().regex(/^\d{1,30}$/) }),
  contacts: z.array(Contact).catch([]),
  messages: z.array(Message.nullable().catch(null)).catch([]),
  statuses: z.array(Status.nullable().catch(null)).catch([]),
});
export type Value = z.output<typeof Value>;

export const Notification = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.object({ changes: z.array(z.object({ value: Value.nullable().catch(null) })).catch([]) })),
});

export const Sent = z.object({ messages: z.array(z.object({ id: z.string() })).min(1) });

export const MediaLink = z.object({ url: z.url({ protocol: /^https?$/ }) });

export const ApiRefusal = z.object({ error: z.object({ message: Text, code: z.int().catch(0) }) });
