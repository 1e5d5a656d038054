import { chatProblem, notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import type { NotifierGiven } from '../../src/kit/connector.ts';
import { noticeParts } from '../../src/kit/notice-parts.ts';
import type { Addressee, Notifier, NoticeItem, OutgoingMessage } from '../../src/ports/notifier.ts';
import type { MattermostNoticeSettings } from './settings.ts';

/** Names of people: https://docs.mattermost.com/end-user-guide/preferences/manage-your-profile.html */
const PERSON = /^@?([a-z0-9._-]+)$/;

/** Everybody in a channel, whom no notice calls. */
const ALL: ReadonlySet<string> = new Set(['all', 'channel', 'here']);

/**
 * Tells the team by an incoming webhook, in its channel or in another that the way names as its room. Nobody can ask a
 * webhook whether it is there.
 */
export function createMattermostNotifier(
  _settings: MattermostNoticeSettings,
  { access, ask }: Pick<NotifierGiven, 'access' | 'ask'>,
): Notifier {
  return {
    async send(message) {
      if (access === null) return notSentWithoutAccess('Mattermost');
      const said = { text: markdownOf(message), ...(message.to === '' ? {} : { channel: message.to }) };
      const { status } = await ask(access, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(said)),
      });
      if (status !== 200) throw chatProblem({ system: 'Mattermost', call: 'the incoming webhook', status, reason: '' });
      return { kind: 'sent', id: message.key };
    },
  };
}

/** Several stand in a list, one in paragraphs. */
function markdownOf(message: OutgoingMessage): string {
  const { people, heading, items } = noticeParts(message);
  const above = [
    ...(people.length === 0 ? [] : [`For ${people.map(mention).join(', ')}`]),
    ...(heading === null ? [] : [`**${escaped(heading)}**`]),
  ];
  const said = heading === null ? items.map(paragraph) : [items.map((item) => `- ${titleOf(item)}`).join('\n')];
  return [...above, ...said].join('\n\n');
}

function mention({ name, handle }: Addressee): string {
  const [, known] = PERSON.exec(handle ?? '') ?? [];
  return known === undefined || ALL.has(known) ? escaped(name) : `@${known}`;
}

function paragraph(item: NoticeItem): string {
  return item.text === '' ? titleOf(item) : `${titleOf(item)}\n\n${escaped(item.text)}`;
}

function titleOf({ title, link }: NoticeItem): string {
  const line = `**${escaped(title.replace(/\s+/g, ' '))}**`;
  return link === null ? line : `[${line}](${link})`;
}

/** Text that is shown as it is: no markup, and no @ that calls anybody. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|~<>]/g, '\\$&').replaceAll('@', '@\u200b');
}
