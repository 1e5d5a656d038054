import { answeredJson, chatProblem, notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { inPieces } from '../../src/kit/in-pieces.ts';
import { isWindowOpen, templateFill, windowClosed } from '../../src/kit/whatsapp-window.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import type { TwilioSettings } from './settings.ts';
import { ApiRefusal, Sent } from './wire.ts';

const ADDRESS = 'https://api.twilio.com/2010-04-01';

/** https://www.twilio.com/docs/api/errors/21617 */
const LONGEST_TEXT = 1600;

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
 * @throws Problem `whatsapp.window-closed`, those of `chatProblem` and of `guardedFetch`
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
        fields: { To: to, From: from, ...toldAt(given), ...said },
      });
    const isLate = to.startsWith('whatsapp:') && !isWindowOpen(message);
    const ids = isLate
      ? [await post(filled(settings.template, message))]
      : await pieces(message, (text) => post({ Body: text }));
    return { kind: 'sent', id: ids[0] ?? '', knownAs: [conversationName(from, to)] };
  };
}

/** Where Twilio tells what becomes of a message, which it does nowhere else: the channel's own address. */
function toldAt({ name, publicAddress }: ChannelGiven): Readonly<Record<string, string>> {
  return publicAddress === null ? {} : { StatusCallback: `${publicAddress}/hooks/${name}` };
}

function filled(template: string | null, { text }: OutgoingMessage): Readonly<Record<string, string>> {
  if (template === null) throw windowClosed();
  return { ContentSid: template, ContentVariables: JSON.stringify({ 1: templateFill(text) }) };
}

async function postTo(
  { ask, environment }: ChannelGiven,
  call: { account: string; auth: string; fields: Readonly<Record<string, string>> },
): Promise<string> {
  const base = environment['TWILIO_API_URL'] ?? ADDRESS;
  const { status, headers, body } = await ask(`${base}/Accounts/${call.account}/Messages.json`, {
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
    waitSeconds: Number(headers['retry-after'] ?? Number.NaN),
  });
}
