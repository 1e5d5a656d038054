import { createHash } from 'node:crypto';
import type { NotifierGiven } from '../../src/kit/connector.ts';
import { callWebhook, refusalOf } from '../../src/kit/signed-webhook.ts';
import type { Delivery, Notifier, OutgoingMessage } from '../../src/ports/notifier.ts';
import type { WebhookSettings } from './settings.ts';

/** Posts notices to the address of the way, or says what is missing to do so. */
export function createWebhookNotifier(
  _settings: WebhookSettings,
  { access: url, secrets, now, ask }: Pick<NotifierGiven, 'access' | 'secrets' | 'now' | 'ask'>,
): Notifier {
  return {
    async send(message) {
      if (url === null) return unsent('no address');
      if (secrets.length === 0) return unsent('no secret');
      const call = { id: idOf(message.key), body: JSON.stringify(bodyOf(message, now())), at: now() };
      const refusal = refusalOf(await callWebhook({ url, secrets, ask }, call));
      if (refusal !== null) throw refusal;
      return { kind: 'sent', id: call.id };
    },
  };
}

function unsent(what: string): Delivery {
  const fix = 'Name the address under access and the secret under secret of the way, and set both in the environment.';
  return { kind: 'not_configured', reason: `not sent: the way has ${what}`, fix };
}

/** Keys hold what people called things, and an id may hold no full stop. */
function idOf(key: string): string {
  return `ntc_${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}

function bodyOf({ notice, to, subject, text }: OutgoingMessage, now: Temporal.Instant) {
  const { people = [], items = [] } = notice ?? {};
  return {
    type: typeOf(items),
    timestamp: now,
    data: {
      room: to === '' ? null : to,
      subject,
      text,
      people: people.map(({ name, email }) => ({ name, email })),
      items: items.map(({ kind = null, title, text: said, link }) => ({ kind, title, text: said, link })),
    },
  };
}

/** Several together are a digest, whatever they tell of. */
function typeOf(items: NonNullable<OutgoingMessage['notice']>['items']): string {
  const [first, ...others] = items;
  if (others.length > 0) return 'notice.digest';
  return first?.kind === undefined ? 'notice' : `notice.${first.kind}`;
}
