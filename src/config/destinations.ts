import type { NoticePolicy, Policy } from '../decide/policy.ts';
import { MAIL_WAY } from '../domain/effect.ts';
import { keyByMail, keyOverWay } from '../kit/notice-keys.ts';
import { addressOf, aloneAt } from './addressees.ts';

/** One room, person or address that news goes to. */
export interface Destination {
  /** The same for the same news, so that nobody is told twice. */
  key: string;
  /** Null for mail. */
  way: string | null;
  recipient: string;
  /** Whom it is for, where it goes over a way. */
  told: readonly string[] | null;
  /** Why it goes by mail, to be said in it; null where nothing is to be said. */
  note: string | null;
}

/** News that is to be told. */
export interface News {
  key: string;
  /** Names of agents, or addresses. */
  to: readonly string[];
  /** Names of ways. */
  by: readonly string[];
}

/**
 * Where news goes: once into each room, and once to each person who is told alone. Whom a way does not find hears by
 * mail, whatever else was chosen.
 */
export function destinationsOf(policy: Pick<Policy, 'agents' | 'notices'>, news: News): readonly Destination[] {
  const { key, to, by } = news;
  const [people, ways] = [[...new Set(to)], [...new Set(by)]];
  const overWay = (way: string, recipient: string, told: readonly string[]): Destination => {
    return { key: keyOverWay(key, { way, recipient }), way, recipient, told, note: null };
  };
  const missed = new Map<string, string>();
  const overWays = ways.flatMap((way): readonly Destination[] => {
    const known = policy.notices.ways[way];
    if (known === undefined || people.length === 0) return [];
    if (known.isRoom) return [overWay(way, way, people)];
    const found = new Map<string, string>();
    for (const person of people) {
      const at = aloneAt(policy, known, person);
      if (at === null) missed.set(person, way);
      // Somebody may stand there by name and by address.
      else if (!found.has(at)) found.set(at, person);
    }
    return [...found.values()].map((person) => overWay(way, person, [person]));
  });
  const byMail = isByMail(policy.notices, ways) ? people : [...missed.keys()];
  const mails = mailsTo(policy, byMail).map(({ person, address }): Destination => {
    const way = missed.get(person);
    const note = way === undefined ? null : `By mail, as "${way}" does not find ${person}.`;
    return { key: keyByMail(key, address), way: null, recipient: address, told: null, note };
  });
  return [...overWays, ...mails];
}

/** A way that the config has lost meanwhile is mail. */
function isByMail({ ways }: NoticePolicy, names: readonly string[]): boolean {
  return names.some((name) => name === MAIL_WAY || ways[name] === undefined);
}

/** Who has no address cannot be written to, and each address is written to once. */
function mailsTo(
  policy: Pick<Policy, 'agents'>,
  people: readonly string[],
): readonly { person: string; address: string }[] {
  const byAddress = new Map<string, string>();
  for (const person of people) {
    const address = addressOf(policy, person);
    if (address !== null && !byAddress.has(address)) byAddress.set(address, person);
  }
  return [...byAddress].map(([address, person]) => ({ address, person }));
}
