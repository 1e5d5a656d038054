import { notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import type { NotifierGiven } from '../../src/kit/connector.ts';
import { inPieces } from '../../src/kit/in-pieces.ts';
import { noticeParts } from '../../src/kit/notice-parts.ts';
import type { Addressee, Notifier, NoticeItem, OutgoingMessage } from '../../src/ports/notifier.ts';
import { botRoom, LONGEST_TEXT, type Room, webhookRoom } from './api.ts';
import type { DiscordNoticeSettings } from './settings.ts';
import { escaped } from './text.ts';

/** Ids of people: https://docs.discord.com/developers/reference#snowflakes */
const PERSON_ID = /^\d{15,21}$/;

/** Tells the team in a channel, by its webhook or by a bot. */
export function createDiscordNotifier(
  _settings: DiscordNoticeSettings,
  given: Pick<NotifierGiven, 'access' | 'ask' | 'environment'>,
): Notifier {
  const { access } = given;
  if (access === null) return { send: () => Promise.resolve(notSentWithoutAccess('Discord')) };
  const isWebhook = URL.canParse(access);
  const webhook = webhookRoom(given, access);
  const roomOf = (channel: string): Room => (isWebhook ? webhook : botRoom(given, { token: access, channel }));
  const pieces = inPieces(LONGEST_TEXT);
  return {
    async send(message) {
      if (!isWebhook && message.to === '') return noRoom();
      const room = roomOf(message.to);
      const { people } = noticeParts(message);
      const users = people.flatMap(({ handle }) => (handle !== null && PERSON_ID.test(handle) ? [handle] : []));
      const said = { key: message.key, text: markdownOf(message) };
      const ids = await pieces(said, (content, at) => room.post(content, { key: message.key, at, users }));
      return { kind: 'sent', id: ids[0] ?? '' };
    },
    check: () => roomOf('').look(),
  };
}

function noRoom() {
  const fix = 'Name the id of the channel as the room of the way, or use the address of a webhook.';
  return { kind: 'not_configured' as const, reason: 'not sent: a bot of Discord needs a channel', fix };
}

function markdownOf(message: OutgoingMessage): string {
  const { people, heading, items } = noticeParts(message);
  const above = people.length === 0 ? [] : [`For ${people.map(mention).join(', ')}`];
  return [...above, ...(heading === null ? [] : [`**${escaped(heading)}**`]), ...items.map(linesOf)].join('\n');
}

function mention({ name, handle }: Addressee): string {
  return handle !== null && PERSON_ID.test(handle) ? `<@${handle}>` : escaped(name);
}

/** A link in angles shows no preview. */
function linesOf({ title, text, link }: NoticeItem): string {
  const lines = [
    `**${escaped(title)}**`,
    ...(text === '' ? [] : [escaped(text)]),
    ...(link === null ? [] : [`<${link}>`]),
  ];
  return lines.join('\n');
}
