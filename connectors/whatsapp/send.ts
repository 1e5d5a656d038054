import { notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import { inPieces, piecesOf } from '../../src/kit/in-pieces.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import { isWindowClosed, type WhatsAppApi, windowClosed } from './api.ts';
import { messageName } from './message.ts';
import type { Template, WhatsAppSettings } from './settings.ts';
import { Sent } from './wire.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages */
const LONGEST_TEXT = 4096;

/** What a whole template may have, with its own words. */
const LONGEST_FILL = 900;

/** Free words are taken for 24 hours; the last minutes are for the way. */
const WINDOW_SECONDS = 24 * 3600 - 300;

/** `CC.` and letters or digits, or `CC.ENT.` before them: https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids */
const USER_ID = /^[A-Z]{2}\.[\w.]+$/;

/**
 * Answers somebody from the number to which they wrote, in free words for a day, after that by a template.
 *
 * @throws Problem `whatsapp.window-closed`, and those of the API
 */
export function createSend(
  api: WhatsAppApi | null,
  { template }: WhatsAppSettings,
): (message: OutgoingMessage) => Promise<Delivery> {
  const pieces = inPieces(LONGEST_TEXT);
  return async (message) => {
    if (api === null) return notSentWithoutAccess('WhatsApp');
    const post = (content: object) => postTo(api, message, content);
    const inWords = (text: string) => post({ type: 'text', text: { body: text, preview_url: false } });
    const isOpen = (message.silentSeconds ?? 0) < WINDOW_SECONDS;
    const ids = isOpen ? await unlessClosed(pieces(message, inWords)) : null;
    if (ids !== null) return sent(ids);
    if (template === null) throw windowClosed();
    return sent([await post({ type: 'template', template: filled(template, message) })]);
  };
}

/** Null where WhatsApp says that it is too late for free words: it counts by its own clock. */
async function unlessClosed(posted: Promise<readonly string[]>): Promise<readonly string[] | null> {
  try {
    return await posted;
  } catch (error) {
    if (isWindowClosed(error)) return null;
    throw error;
  }
}

function sent(ids: readonly string[]): Delivery {
  return { kind: 'sent', id: ids[0] ?? '', knownAs: ids.map(messageName) };
}

async function postTo(api: WhatsAppApi, { to, thread }: OutgoingMessage, content: object): Promise<string> {
  const whom = USER_ID.test(to) ? { recipient: to } : { to };
  const params = { messaging_product: 'whatsapp', recipient_type: 'individual', ...whom, ...content };
  const { messages } = await api(`${thread ?? ''}/messages`, { result: Sent, params });
  return messages[0]?.id ?? '';
}

/** What fills a template may have no line breaks and no long gaps. */
function filled({ name, language, fill }: Template, message: OutgoingMessage): object {
  const named = { name, language: { code: language } };
  if (fill === 'nothing') return named;
  const words = message[fill].replace(/\s+/g, ' ').trim();
  const [first = ''] = piecesOf(words, LONGEST_FILL);
  const text = first === words ? words : `${first} …`;
  return { ...named, components: [{ type: 'body', parameters: [{ type: 'text', text }] }] };
}
