import { z } from 'zod';

/** Texts that may be missing. */
const Text = z.string().catch('');

const Id = z.union([z.string().min(1), z.int().transform(String)]);

const Attachment = z.object({
  url: Text,
  name: Text,
  content_type: Text,
  filesize: z.int().nonnegative().catch(0),
});
export type IntercomFile = z.output<typeof Attachment>;

/** `user`, `lead` and `contact` are people who ask; `admin`, `bot` and `team` are not. */
const Author = z.object({ type: Text, id: Id, name: Text, email: Text });
export type Author = z.output<typeof Author>;

/** What somebody wrote: the beginning of a conversation, or a part that came later. */
const Part = z.object({
  id: Id,
  author: Author,
  /** HTML, and plain text in webhooks since version 2.15. */
  body: Text,
  subject: Text,
  created_at: z.number().catch(Number.NaN),
  attachments: z.array(Attachment).catch([]),
});
export type Part = z.output<typeof Part>;

const MaybePart = Part.nullable().catch(null);

/** https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation */
const Conversation = z.object({
  id: Id,
  created_at: z.number().catch(Number.NaN),
  source: MaybePart,
  /** What `source` was called before version 2. */
  conversation_message: MaybePart,
  /** Who began it, before version 2, in which a first message has no more than the id of its author. */
  user: Author.nullable().catch(null),
  conversation_parts: z.object({ conversation_parts: z.array(MaybePart).catch([]) }).catch({ conversation_parts: [] }),
});
export type Conversation = z.output<typeof Conversation>;

/** https://developers.intercom.com/docs/references/webhooks/webhook-models */
export const Notification = z.object({ type: z.literal('notification_event'), topic: z.string() });

export const ConversationNotice = z.object({
  topic: z.enum(['conversation.user.created', 'conversation.user.replied']),
  data: z.object({ item: Conversation }),
});
export type ConversationNotice = z.output<typeof ConversationNotice>;

/** A conversation after we wrote into it. */
export const Replied = z.object({
  conversation_parts: z
    .object({ conversation_parts: z.array(z.object({ id: Id })).catch([]) })
    .catch({ conversation_parts: [] }),
});

export const ApiRefusal = z.object({ errors: z.array(z.object({ code: Text, message: Text })).min(1) });
