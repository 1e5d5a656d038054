import type { InboundMessage } from '../../src/domain/message.ts';
import { askedOnce } from '../../src/kit/asked-once.ts';
import { storable } from '../../src/kit/storable-text.ts';
import type { Parsed } from '../../src/ports/channel.ts';
import type { SlackApi } from './api.ts';
import { UserInfo } from './wire.ts';

/** Somebody in the workspace. */
interface Person {
  name: string;
  /** Null where the app may not read addresses. */
  email: string | null;
}

/** Who is behind an id; null where nobody can be asked. Throws the problems of the API. */
export type People = ((id: string) => Promise<Person>) | null;

/** Asks Slack who people are, once each. */
export function createPeople(api: SlackApi | null): People {
  return api === null ? null : askedOnce((id) => ask(api, id));
}

async function ask(api: SlackApi, id: string): Promise<Person> {
  const { user } = await api('users.info', { answer: UserInfo, params: { user: id } });
  const { display_name: display, real_name: real, email } = user.profile;
  return { name: storable(display || real || user.real_name || user.name || id), email: emailOf(email) };
}

function emailOf(written: string): string | null {
  const email = storable(written).trim().toLowerCase();
  return email === '' ? null : email;
}

/** The ids of people, as they stand in a text that was made plain. */
const MENTION = /@([UW][A-Z0-9]{6,})\b/g;

/** Puts names in place of ids: of who wrote, with the address, and of those who are mentioned. */
export async function withNames(parsed: Parsed, people: People): Promise<Parsed> {
  if (people === null || parsed.kind !== 'messages') return parsed;
  const messages = await Promise.all(parsed.messages.map((message) => withName(message, people)));
  return { kind: 'messages', messages };
}

async function withName(message: InboundMessage, people: NonNullable<People>): Promise<InboundMessage> {
  const id = message.from.identities?.[0]?.value;
  if (id === undefined) return message;
  const ids = [...new Set([...message.text.matchAll(MENTION)].flatMap(([, each]) => each ?? []))];
  const [{ name, email }, ...others] = await Promise.all([people(id), ...ids.map((each) => people(each))]);
  const names = new Map(ids.map((each, n) => [each, others[n]?.name ?? each]));
  const named = (text: string) => text.replace(MENTION, (_mark, each: string) => `@${names.get(each) ?? each}`);
  const from = { ...message.from, name, email };
  return { ...message, from, text: named(message.text), subject: named(message.subject) };
}
