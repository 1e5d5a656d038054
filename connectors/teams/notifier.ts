import { notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import type { NotifierGiven } from '../../src/kit/connector.ts';
import { noticeParts } from '../../src/kit/notice-parts.ts';
import type { Notifier } from '../../src/ports/notifier.ts';
import type { TeamsNoticeSettings } from './settings.ts';
import { type Card, postCard } from './workflow.ts';

/** Letters of a title: with the text of a notice, or the lines of a digest, they stay within what a card may hold. */
const LONGEST_TITLE = 300;

/** Tells the team by a workflow, in the channel or chat into which that posts. Nobody can ask a workflow whether it is there. */
export function createTeamsNotifier(
  _settings: TeamsNoticeSettings,
  { access, ask }: Pick<NotifierGiven, 'access' | 'ask'>,
): Notifier {
  return {
    async send(message) {
      if (access === null) return notSentWithoutAccess('Teams');
      const { people, heading, items } = noticeParts(message);
      const above: Card['items'] = heading === null ? [] : [{ title: heading, text: '', link: null }];
      const shown = items.map((item) => ({ ...item, title: item.title.slice(0, LONGEST_TITLE).toWellFormed() }));
      await postCard(ask, access, { people, items: [...above, ...shown] });
      return { kind: 'sent', id: message.key };
    },
  };
}
