import type { Condition } from '../decide/condition.ts';
import { EVENT_TYPES, type EventType } from '../domain/ticket-event.ts';
import type { Environment } from '../kit/connector.ts';
import { compileCondition, type Names } from './policy/condition.ts';
import { secretsNamed } from './secrets.ts';
import { EVERY_EVENT, type Events } from './written/events.ts';
import { listOf } from './written/words.ts';

/** A system that follows tickets, with the secrets that the environment holds now. */
export interface SubscriptionConfig {
  name: string;
  why: string;
  owner: string;
  /** Null where the environment lacks it: then events wait. */
  url: string | null;
  /** What signs, the one in force first; with none, events wait. */
  secrets: readonly string[];
  /** Names of environment variables that are not set. */
  missingSecrets: readonly string[];
  events: ReadonlySet<EventType>;
  when: Condition;
  /** Whether what people wrote goes along. */
  messages: boolean;
  internal: boolean;
  /** Agents and mail addresses to tell when it is switched off. */
  notify: readonly string[];
}

/** Who follows tickets. While a secret is changed, one of the two is enough. */
export function subscriptionsOf(
  { subscriptions }: Events,
  environment: Environment,
  { lastResort, ...names }: Names & { lastResort: readonly string[] },
): readonly SubscriptionConfig[] {
  return Object.entries(subscriptions).map(([name, { url, secret, events, when, notify, ...rest }]) => {
    const address = secretsNamed(url.startsWith('env:') ? [url] : [], environment);
    const signing = secretsNamed(listOf(secret), environment);
    return {
      ...rest,
      name,
      url: url.startsWith('env:') ? (address.found[0] ?? null) : url,
      secrets: signing.found,
      missingSecrets: [...address.missing, ...signing.missing],
      events: new Set(events.includes(EVERY_EVENT) ? EVENT_TYPES : events.filter((each) => each !== EVERY_EVENT)),
      when: compileCondition(when, names),
      notify: notify.length === 0 ? lastResort : listOf(notify),
    };
  });
}
