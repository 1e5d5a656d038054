import { z } from 'zod';

/** Texts that may be missing; Slack leaves out what does not apply. */
const Text = z.string().catch('');

const SlackFile = z.object({
  id: Text,
  name: Text,
  mimetype: Text,
  size: z.number().int().nonnegative().catch(0),
  url_private_download: Text,
  url_private: Text,
});
export type SlackFile = z.output<typeof SlackFile>;

/** https://docs.slack.dev/reference/events/message and https://docs.slack.dev/reference/events/app_mention */
const Message = z.object({
  type: z.enum(['message', 'app_mention']),
  subtype: Text,
  channel: z.string().min(1),
  channel_type: Text,
  user: Text,
  bot_id: Text,
  app_id: Text,
  text: Text,
  ts: z.string().regex(/^\d+\.\d+$/),
  thread_ts: Text,
  files: z.array(SlackFile).catch([]),
});
export type SlackMessage = z.output<typeof Message>;

/** https://docs.slack.dev/apis/events-api/ */
export const EventCallback = z.object({
  type: z.literal('event_callback'),
  event_id: Text,
  api_app_id: Text,
  authorizations: z.array(z.object({ user_id: Text, is_bot: z.boolean().catch(false) })).catch([]),
  event: Message,
});
export type EventCallback = z.output<typeof EventCallback>;

export const Handshake = z.object({ type: z.literal('url_verification'), challenge: z.string() });

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
export const SlashCommand = z.object({
  command: z.string().startsWith('/'),
  text: Text,
  user_id: z.string().min(1),
  user_name: Text,
  channel_id: Text,
  trigger_id: Text,
});
export type SlashCommand = z.output<typeof SlashCommand>;

const Who = z.object({ id: z.string().min(1), username: Text, name: Text });

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export const GlobalShortcut = z.object({ type: z.literal('shortcut'), trigger_id: Text, user: Who });

export const MessageShortcut = z.object({
  type: z.literal('message_action'),
  action_ts: Text,
  user: Who,
  channel: z.object({ id: z.string().min(1) }),
  message: z.object({
    user: Text,
    bot_id: Text,
    text: Text,
    ts: z.string().regex(/^\d+\.\d+$/),
    thread_ts: Text,
    files: z.array(SlackFile).catch([]),
  }),
});
export type MessageShortcut = z.output<typeof MessageShortcut>;

const Value = z.object({ value: z.string().nullable().catch(null) });

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export const ViewSubmission = z.object({
  type: z.literal('view_submission'),
  user: Who,
  view: z.object({
    id: z.string().min(1),
    callback_id: Text,
    state: z.object({ values: z.record(z.string(), z.record(z.string(), Value)) }),
  }),
});
export type ViewSubmission = z.output<typeof ViewSubmission>;

/** What a method of the Web API is to answer, and what is read of it. */
export type AnswerSchema = z.ZodType;
export type AnswerOf<Schema extends AnswerSchema> = z.output<Schema>;

/** Every method of the Web API answers so; `error` is a word of Slack's. */
export const ApiAnswer = z.looseObject({ ok: z.boolean(), error: Text });

/** https://docs.slack.dev/reference/methods/users.info */
export const UserInfo = z.object({
  user: z.object({
    is_bot: z.boolean().catch(false),
    real_name: Text,
    name: Text,
    profile: z.object({ email: Text, real_name: Text, display_name: Text }).catch({
      email: '',
      real_name: '',
      display_name: '',
    }),
  }),
});

/** https://docs.slack.dev/reference/methods/users.lookupByEmail */
export const FoundUser = z.object({ user: z.object({ id: z.string().min(1) }) });

/** https://docs.slack.dev/reference/methods/auth.test */
export const AuthTest = z.object({ user_id: z.string() });

/** https://docs.slack.dev/reference/methods/chat.postMessage */
export const Posted = z.object({ channel: z.string(), ts: z.string() });

export const SocketAddress = z.object({ url: z.url({ protocol: /^wss?$/ }) });

/** https://docs.slack.dev/apis/events-api/using-socket-mode */
export const SocketMessage = z.object({
  type: z.string(),
  envelope_id: Text,
  reason: Text,
  payload: z.json().catch(null),
});
