import { answeredJson, chatProblem, notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import { asMarkup } from '../../src/kit/as-markup.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import { conversationName } from './message.ts';
import type { IntercomSettings } from './settings.ts';
import { ApiRefusal, Replied } from './wire.ts';

const ADDRESSES = {
  us: 'https://api.intercom.io',
  eu: 'https://api.eu.intercom.io',
  au: 'https://api.au.intercom.io',
} as const;

/** The version of the API whose answers `wire.ts` describes; without it Intercom takes the one that the app is set to. */
const VERSION = '2.14';

/**
 * Answers in a conversation, as a teammate.
 * https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/replyconversation
 *
 * @throws Problem those of `chatProblem` and of `guardedFetch`
 */
export function createSend(
  settings: IntercomSettings,
  given: ChannelGiven,
): (message: OutgoingMessage) => Promise<Delivery> {
  const { admin } = settings;
  return async (message) => {
    if (given.access === null) return notSentWithoutAccess('Intercom');
    if (admin === null) return notSentWithoutAdmin();
    const reply = { message_type: 'comment', type: 'admin', admin_id: admin, body: htmlOf(message.text) };
    const part = await post(message.to, { reply, given, settings });
    return { kind: 'sent', id: `${message.to}/${part}`, knownAs: [conversationName(message.to)] };
  };
}

/** Empty lines part paragraphs. Nothing in the text is markup. */
function htmlOf(text: string): string {
  const paragraphs = text.trim().split(/(?:\r?\n){2,}/);
  return paragraphs.map((each) => `<p>${asMarkup(each).replaceAll(/\r?\n/g, '<br>')}</p>`).join('');
}

/** Gives the id of the part that was added. */
async function post(
  conversation: string,
  { reply, given, settings }: { reply: object; given: ChannelGiven; settings: IntercomSettings },
): Promise<string> {
  const base = given.environment['INTERCOM_API_URL'] ?? ADDRESSES[settings.region];
  const { status, headers, body } = await given.ask(`${base}/conversations/${encodeURIComponent(conversation)}/reply`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${given.access}`,
      'content-type': 'application/json',
      accept: 'application/json',
      'intercom-version': VERSION,
    },
    body: Buffer.from(JSON.stringify(reply)),
  });
  const said = answeredJson(body);
  const replied = Replied.safeParse(said);
  if (status === 200 && replied.success) return replied.data.conversation_parts.conversation_parts.at(-1)?.id ?? '';
  const refusal = ApiRefusal.safeParse(said);
  const reason = refusal.success ? refusal.data.errors.map(({ message, code }) => message || code).join('; ') : '';
  // The second of UNIX at which calls count anew.
  const resetsAt = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  const waitSeconds = resetsAt - given.now().epochMilliseconds / 1000;
  throw chatProblem({ system: 'Intercom', call: 'the answer', status, reason, waitSeconds });
}

function notSentWithoutAdmin(): Delivery {
  const fix =
    'Name the teammate as whom we answer as admin under settings of the channel, and send this message again.';
  return { kind: 'not_configured', reason: 'not sent: the channel has no teammate as whom it answers', fix };
}
