import { askedOnce } from '../../src/kit/asked-once.ts';
import { notSentWithoutAccess } from '../../src/kit/chat-api.ts';
import type { NotifierGiven } from '../../src/kit/connector.ts';
import { noticeParts } from '../../src/kit/notice-parts.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { Addressee, Notifier, OutgoingMessage } from '../../src/ports/notifier.ts';
import { createSlackApi } from './api.ts';
import { noticeBlocks, PERSON_ID } from './blocks.ts';
import { postTo } from './post.ts';
import type { SlackNoticeSettings } from './settings.ts';
import { AuthTest, FoundUser } from './wire.ts';

/** Tells the team in a channel of Slack, or each person in a direct message of the app. */
export function createSlackNotifier(
  _settings: SlackNoticeSettings,
  given: Pick<NotifierGiven, 'access' | 'ask' | 'environment'>,
): Notifier {
  if (given.access === null) return { send: () => Promise.resolve(notSentWithoutAccess('Slack')) };
  const api = createSlackApi(given, given.access);
  const known = askedOnce(async (email) => {
    return (await api('users.lookupByEmail', { answer: FoundUser, params: { email } })).user.id;
  });
  const idOf = (address: string) => unlessUnknown(known(address));
  return {
    async send(message) {
      const to = message.to.includes('@') ? await idOf(message.to) : message.to;
      if (to === null) return unknown(message.to);
      const blocks = await blocksOf(message, idOf);
      return postTo(api, { ...message, to, text: message.subject }, blocks);
    },
    check: async () => void (await api('auth.test', { answer: AuthTest, params: {} })),
  };
}

type IdOf = (address: string) => Promise<string | null>;

/** Null where Slack knows nobody by that address. It is asked again the next time: somebody may join. */
async function unlessUnknown(found: Promise<string>): Promise<string | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Problem && error.retry === 'never') return null;
    throw error;
  }
}

function unknown(address: string) {
  const fix = 'Give them handles: { slack: … } with their member id in people.yaml.';
  return { kind: 'not_configured' as const, reason: `not sent: Slack knows nobody by ${address}`, fix };
}

async function blocksOf(message: OutgoingMessage, idOf: IdOf): Promise<readonly object[]> {
  const parts = noticeParts(message);
  const people = await Promise.all(
    parts.people.map(async (person) => ({ ...person, id: await mentionOf(person, idOf) })),
  );
  return noticeBlocks({ ...parts, people });
}

/** Who cannot be found now is named without a call. */
async function mentionOf({ handle, email }: Addressee, idOf: IdOf): Promise<string | null> {
  if (handle !== null) return PERSON_ID.test(handle) ? handle : null;
  try {
    return email === null ? null : await idOf(email);
  } catch {
    return null;
  }
}
