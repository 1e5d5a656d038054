import type { SubscriptionConfig } from '../../config/subscriptions.ts';
import { attempt, isReady } from '../../events/attempt.ts';
import { testBody } from '../../events/test-body.ts';
import { createIds } from '../../kit/new-ids.ts';
import { isPublicAddress } from '../../kit/public-address.ts';
import { ask as askNetwork } from '../../kit/ask.ts';
import type { Ask } from '../../kit/connector.ts';
import type { Now } from '../../ports/now.ts';
import { bad, type CheckUp, good } from './check-up.ts';

const WHAT = 'Events';

/** What looking at subscriptions takes. */
export interface EventsCheck {
  /** The addresses that a host name leads to. Rejects where there is none. */
  resolve(host: string): Promise<readonly { address: string }[]>;
  /** Whether each is sent a test. */
  sendTest: boolean;
  now: Now;
  /** Left out, over the network. */
  ask?: Ask;
}

/** Whether those who follow tickets can be found and may be called. What they lack in the environment is told with the config. */
export function checkEvents(
  subscriptions: readonly SubscriptionConfig[],
  check: EventsCheck,
): Promise<readonly CheckUp[]> {
  return Promise.all(subscriptions.filter(isReady).map((each) => checkOne(each, check)));
}

async function checkOne(subscription: SubscriptionConfig & { url: string }, check: EventsCheck): Promise<CheckUp> {
  const { name, url, internal } = subscription;
  const read = URL.parse(url);
  if (read === null || !/^https?:$/.test(read.protocol)) {
    return bad(WHAT, { message: `The address of "${name}" is none of the web.`, fix: 'Begin it with https://.' });
  }
  if (!internal && read.protocol === 'http:') return refused(name, 'begins with http://, which anybody can read');
  const host = read.hostname.replace(/^\[|\]$/g, '');
  const found = await check.resolve(host).catch(() => []);
  if (found.length === 0) {
    const fix = 'Look for a mistake in the address; or the name servers of this machine do not know it.';
    return bad(WHAT, { message: `${host}, the host of "${name}", cannot be found.`, fix });
  }
  if (!internal && !found.some(({ address }) => isPublicAddress(address))) {
    return refused(name, 'leads into a network of your own');
  }
  return check.sendTest ? tryOut(subscription, check) : good(WHAT, `${host}, the host of "${name}", may be called.`);
}

async function tryOut(
  subscription: SubscriptionConfig & { url: string },
  { now, ask = askNetwork }: EventsCheck,
): Promise<CheckUp> {
  const { name } = subscription;
  const call = { id: `evt_${createIds()(now())}`, body: testBody(name, now()) };
  const { refusal, status } = await attempt({ ask, now }, subscription, call);
  return refusal === null ? good(WHAT, `"${name}" took a test, and answered ${status}.`) : bad(WHAT, refusal);
}

function refused(name: string, why: string): CheckUp {
  const fix = 'Correct the address; or, where the receiver is meant to stand there, set internal: true in events.yaml.';
  return bad(WHAT, { message: `The address of "${name}" ${why}, so that nothing is sent to it.`, fix });
}
