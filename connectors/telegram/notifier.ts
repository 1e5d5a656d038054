import { notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import type { NotifierGiven } from '../../src/kit/connector.ts';
import { inPieces } from '../../src/kit/in-pieces.ts';
import { noticeParts } from '../../src/kit/notice-parts.ts';
import type { Addressee, Notifier, NoticeItem, OutgoingMessage } from '../../src/ports/notifier.ts';
import { createTelegramApi, LONGEST_TEXT } from './api.ts';
import type { TelegramNoticeSettings } from './settings.ts';
import { Me, Sent } from './wire.ts';

/** A stretch of the text that is more than text; places count as JavaScript counts letters. */
interface Entity {
  type: 'bold' | 'text_link' | 'text_mention';
  offset: number;
  length: number;
  url?: string;
  user?: { id: number };
}

interface Written {
  text: string;
  entities: readonly Entity[];
}

/** Tells the team in a group of the bot's, or each person in a chat that they began with it. */
export function createTelegramNotifier(
  _settings: TelegramNoticeSettings,
  given: Pick<NotifierGiven, 'access' | 'ask' | 'environment'>,
): Notifier {
  if (given.access === null) return { send: () => Promise.resolve(notSentWithoutAccess('Telegram')) };
  const api = createTelegramApi(given, given.access);
  const pieces = inPieces(LONGEST_TEXT);
  return {
    async send(message) {
      const { text, entities } = written(message);
      // What is too long for one message goes without them: they would stand elsewhere in each piece.
      const beside = text.length <= LONGEST_TEXT && text === text.trimEnd() ? { entities } : {};
      const ids = await pieces({ key: message.key, text }, async (piece) => {
        const params = { chat_id: message.to, text: piece, link_preview_options: { is_disabled: true }, ...beside };
        return (await api.call('sendMessage', { result: Sent, params })).message_id;
      });
      return { kind: 'sent', id: `${message.to}/${ids[0]}` };
    },
    check: async () => void (await api.call('getMe', { result: Me, params: {} })),
  };
}

/** No markup is read in it: what is bold, a link or a call is said beside it. */
function written(message: OutgoingMessage): Written {
  const { people, heading, items } = noticeParts(message);
  const parts = [
    ...(people.length === 0 ? [] : [together(plain('For '), joined(people.map(named), ', '))]),
    ...(heading === null ? [] : [bold(heading)]),
    ...items.map(itemOf),
  ];
  return joined(parts, heading === null ? '\n' : '\n\n');
}

function itemOf({ title, text, link }: NoticeItem): Written {
  const said = uncalled(title);
  const line = link === null ? bold(said) : marked(said, { type: 'text_link', url: link });
  return text === '' ? line : together(line, plain(`\n${uncalled(text)}`));
}

/** Who has a number is called by it, and who has a public name by that. */
function named({ name, handle }: Addressee): Written {
  if (handle === null) return plain(uncalled(name));
  if (/^\d+$/.test(handle)) return marked(name, { type: 'text_mention', user: { id: Number(handle) } });
  return plain(`@${handle.replace(/^@/, '')}`);
}

/** Telegram calls whoever stands behind an @ by itself, so that no words of a requester may keep one. */
function uncalled(text: string): string {
  return text.replace(/(?<!\w)@(?=\w)/g, '@\u2060');
}

function plain(text: string): Written {
  return { text, entities: [] };
}

function bold(text: string): Written {
  return marked(text, { type: 'bold' });
}

function marked(text: string, entity: Omit<Entity, 'offset' | 'length'>): Written {
  return { text, entities: [{ ...entity, offset: 0, length: text.length }] };
}

function joined(parts: readonly Written[], between: string): Written {
  const [first = plain(''), ...rest] = parts;
  return rest.reduce((whole, part) => together(together(whole, plain(between)), part), first);
}

function together(one: Written, other: Written): Written {
  const moved = other.entities.map((entity) => ({ ...entity, offset: entity.offset + one.text.length }));
  return { text: one.text + other.text, entities: [...one.entities, ...moved] };
}
