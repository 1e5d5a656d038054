import { chatProblem } from '../../src/kit/chat-api.ts';
import type { Ask } from '../../src/kit/connector.ts';

/** A line that is nobody's markup: of texts in cards, only those in a TextBlock are read as Markdown. */
const LINE = { type: 'RichTextBlock', spacing: 'None' };

/** What stands for an empty line, of which a card would show nothing. */
const NOTHING = '\u00a0';

/** Teams takes about 28 KB: each of these may be three bytes, and each line takes 80 of its own. */
export const LONGEST_CARD_TEXT = 6000;
const MOST_LINES = 100;

/** What a workflow shows. Nothing in its texts is markup; together they have `LONGEST_CARD_TEXT` characters at most. */
export interface Card {
  /** Whom it is for, above all else; who has a handle, which is the sign-in name or the id of the directory, is called. */
  people?: readonly { name: string; handle: string | null }[];
  /** The title of each leads to its link. */
  items: readonly { title: string; text: string; link: string | null }[];
}

/**
 * Posts a card by a workflow that begins with "When a Teams webhook request is received", and posts cards into a channel
 * or chat. Its address is all the secret that it has, and shows in no problem.
 * https://learn.microsoft.com/connectors/teams/#microsoft-teams-webhook
 *
 * @throws Problem those of `chatProblem` and of `guardedFetch`
 */
export async function postCard(ask: Ask, address: string, card: Card): Promise<void> {
  const { status, headers } = await ask(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(messageOf(card))),
  });
  const waitSeconds = Number(headers['retry-after'] ?? Number.NaN);
  if (status < 200 || status > 299) {
    throw chatProblem({ system: 'Teams', call: 'the workflow', status, reason: '', waitSeconds });
  }
}

/** The first attachment is what the workflow posts. */
function messageOf({ people = [], items }: Card): object {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      ...calling(people),
      ...items.flatMap(({ title, text, link }) => [titleOf(title, link), ...linesOf(text, items.length)]),
    ],
    msteams: { width: 'Full', entities: people.flatMap(entityOf) },
  };
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content };
  return { type: 'message', attachments: [attachment] };
}

/** Only a text of the other sort can call people. */
function calling(people: NonNullable<Card['people']>): readonly object[] {
  if (people.length === 0) return [];
  const names = people.map(({ name, handle }) => (handle === null ? name : `<at>${name}</at>`));
  return [{ type: 'TextBlock', wrap: true, text: `For ${names.join(', ')}` }];
}

function entityOf({ name, handle }: NonNullable<Card['people']>[number]): readonly object[] {
  return handle === null ? [] : [{ type: 'mention', text: `<at>${name}</at>`, mentioned: { id: handle, name } }];
}

function titleOf(title: string, link: string | null): object {
  const run = { type: 'TextRun', text: title || NOTHING, weight: 'Bolder' };
  const opens = link === null ? {} : { selectAction: { type: 'Action.OpenUrl', url: link } };
  return { type: 'RichTextBlock', inlines: [{ ...run, ...opens }] };
}

/** The last line holds all that there is no room for in lines of their own. */
function linesOf(text: string, items: number): readonly object[] {
  const lines = text.split(/\r?\n/);
  const most = Math.ceil(MOST_LINES / items);
  const shown = lines.length <= most ? lines : [...lines.slice(0, most - 1), lines.slice(most - 1).join('\n')];
  return shown.map((line) => ({ ...LINE, inlines: [{ type: 'TextRun', text: line || NOTHING }] }));
}
