import { notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import { inPieces } from '../../src/kit/in-pieces.ts';
import { isWindowClosed, isWindowOpen, templateFill, windowClosed } from '../../src/kit/whatsapp-window.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import type { WhatsAppApi } from './api.ts';
import { messageName } from './message.ts';
import type { Template, WhatsAppSettings } from './settings.ts';
import { Sent } from './wire.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages */
const LONGEST_TEXT = 4096;

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
    const isOpen = isWindowOpen(message);
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

function filled({ name, language, fill }: Template, message: OutgoingMessage): object {
  const named = { name, language: { code: language } };
  if (fill === 'nothing') return named;
  const text = templateFill(message[fill]);
  return { ...named, components: [{ type: 'body', parameters: [{ type: 'text', text }] }] };
}
