import type { SubscriptionConfig } from '../config/subscriptions.ts';
import { Problem } from '../domain/problem.ts';
import type { Ask } from '../kit/connector.ts';
import { callWebhook, refusalOf } from '../kit/signed-webhook.ts';
import type { Now } from '../ports/now.ts';

/** What came of one attempt. */
export interface Attempt {
  /** Null where nobody answered. */
  status: number | null;
  milliseconds: number;
  /** How the answer begins. */
  text: string;
  /** Null where it was taken. */
  refusal: Problem | null;
}

/** Posts an event, once. Whatever comes of it, this returns; only a fault of ours is thrown. */
export async function attempt(
  { ask, now }: { ask: Ask; now: Now },
  { url, secrets, internal }: SubscriptionConfig & { url: string },
  { id, body }: { id: string; body: string },
): Promise<Attempt> {
  const at = now();
  const since = () => Math.round(now().since(at).total('milliseconds'));
  const refused = internal || /^https:/i.test(url) ? null : notEncrypted();
  if (refused !== null) return { status: null, milliseconds: 0, text: '', refusal: refused };
  try {
    const asked: Ask = (address, given) => ask(address, { ...given, internal });
    const answer = await callWebhook({ url, secrets, ask: asked }, { id, body, at });
    return { status: answer.status, milliseconds: since(), text: answer.text, refusal: refusalOf(answer) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { status: null, milliseconds: since(), text: '', refusal: error };
  }
}

/** Whether there is an address to call, and something to sign with. */
export function isReady(subscription: SubscriptionConfig): subscription is SubscriptionConfig & { url: string } {
  return subscription.url !== null && subscription.secrets.length > 0;
}

/** What is kept of an attempt. */
export function answered({ status, milliseconds, text, refusal }: Attempt) {
  const problem = refusal === null ? null : { code: refusal.code, message: refusal.message, fix: refusal.fix };
  return { status, milliseconds, answer: text, problem };
}

function notEncrypted(): Problem {
  return new Problem({
    code: 'webhook.address-refused',
    message: 'The address does not begin with https://, so that anybody on the way could read what is sent.',
    fix: 'Take the https:// address of the receiver; or, within a network of your own, set internal: true.',
    retry: 'later',
  });
}
