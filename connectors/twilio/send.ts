import { Problem } from '../../src/domain/problem.ts';
import { answeredJson, chatProblem, notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { inPieces, piecesOf } from '../../src/kit/in-pieces.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import type { TwilioSettings } from './settings.ts';
import { ApiRefusal, Sent } from './wire.ts';

const ADDRESS = 'https://api.twilio.com/2010-04-01';

/** https://www.twilio.com/docs/api/errors/21617 */
const LONGEST_TEXT = 1600;

/** What a whole template may have, with its own words. */
const LONGEST_FILL = 900;

/** WhatsApp takes free words for 24 hours; the last minutes are for the way. */
const WINDOW_SECONDS = 24 * 3600 - 300;

/** By what everything between one person and one number of ours is known. */
export function conversationName(ours: string, theirs: string): string {
  return `twilio:${ours}:${theirs}`;
}

/** What Twilio is shown: a token of the account, or a key with its secret, `SK…:…`. */
export function basicAuth({ account }: TwilioSettings, access: string): string {
  const pair = access.includes(':') ? access : `${account}:${access}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

/**
 * Answers from the number to which somebody wrote; over WhatsApp after a day by a template.
 *
 * @throws Problem `twilio.window-closed`, those of `chatProblem` and of `guardedFetch`
 */
export function createSend(
  settings: TwilioSettings,
  given: ChannelGiven,
): (message: OutgoingMessage) => Promise<Delivery> {
  const pieces = inPieces(LONGEST_TEXT);
  const { access } = given;
  return async (message) => {
    if (access === null) return notSentWithoutAccess('Twilio');
    const { to, thread } = message;
    const from = thread ?? '';
    const post = (said: Readonly<Record<string, string>>) =>
      postTo(given, {
        account: settings.account,
        auth: basicAuth(settings, access),
        fields: { To: to, From: from, ...said },
      });
    const isLate = to.startsWith('whatsapp:') && (message.silentSeconds ?? 0) >= WINDOW_SECONDS;
    const ids = isLate
      ? [await post(filled(settings.template, message))]
      : await pieces(message, (text) => post({ Body: text }));
    return { kind: 'sent', id: ids[0] ?? '', knownAs: [conversationName(from, to)] };
  };
}

/** What fills a template may have no line breaks and no long gaps. */
function filled(template: string | null, { text }: OutgoingMessage): Readonly<Record<string, string>> {
  if (template === null) throw windowClosed();
  const words = text.replace(/\s+/g, ' ').trim();
  const [first = ''] = piecesOf(words, LONGEST_FILL);
  const fill = first === words ? words : `${first} …`;
  return { ContentSid: template, ContentVariables: JSON.stringify({ 1: fill }) };
}

async function postTo(
  { ask, environment }: ChannelGiven,
  call: { account: string; auth: string; fields: Readonly<Record<string, string>> },
): Promise<string> {
  const base = environment['TWILIO_API_URL'] ?? ADDRESS;
  const { status, body } = await ask(`${base}/Accounts/${call.account}/Messages.json`, {
    method: 'POST',
    headers: { authorization: call.auth, 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams(call.fields).toString()),
  });
  const said = answeredJson(body);
  const sent = Sent.safeParse(said);
  if (status === 201 && sent.success) return sent.data.sid;
  const { message, code } = ApiRefusal.catch({ message: '', code: 0 }).parse(said);
  // Twilio names the numbers, which are nobody's business but the customer's.
  const words = message.replace(/\+?\d{5,}/g, '…');
  throw chatProblem({
    system: 'Twilio',
    call: 'the message',
    status,
    reason: code === 0 ? words : `${words} (${code})`,
  });
}

function windowClosed(): Problem {
  return new Problem({
    code: 'twilio.window-closed',
    message: 'The customer wrote nothing for 24 hours, after which WhatsApp takes nothing but approved templates.',
    fix: 'Answer by phone or mail; or name an approved template under template in the settings of the channel, and send this message again.',
  });
}
