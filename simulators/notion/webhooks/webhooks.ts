import type { World } from '../world.ts';
import { EVENT_TYPES, type EventType } from './event.ts';
import type { Subscription } from './subscription.ts';

export interface NewWebhook {
  /** Of which connection, by its token. */
  token: string;
  url: string;
  /** All of them where nothing is said. */
  types?: readonly EventType[];
}

/** What people do on the page "Webhooks" of a connection: there is no API for it (section 8). */
export interface Webhooks {
  /** Returns the id. The handshake goes out with the next delivery. */
  subscribe(webhook: NewWebhook): string;
  /** Sends the same token again. */
  resendToken(id: string): void;
  /** Pastes the token; says whether it was the right one. Nothing is told before. */
  verify(id: string, verificationToken: string): boolean;
  setTypes(id: string, types: readonly EventType[]): void;
  /** Its address cannot be changed: delete it and make another. */
  unsubscribe(id: string): void;
}

export function createWebhooks(world: World): Webhooks {
  function known(id: string): Subscription {
    const found = world.subscriptions.find((subscription) => subscription.id === id);
    if (found === undefined) throw new Error(`There is no webhook ${id}.`);
    return found;
  }
  return {
    subscribe({ token, url, types = EVENT_TYPES }) {
      const connection = world.connections.get(token);
      if (connection === undefined) throw new Error('There is no connection with this token.');
      const id = world.ids.uuid();
      world.subscriptions.push({
        id,
        connectionId: connection.id,
        url,
        verificationToken: world.ids.secret('secret_'),
        isVerified: false,
        isGreetingDue: true,
        types: new Set(types),
        happenings: [],
        outgoing: [],
      });
      return id;
    },
    resendToken: (id) => void (known(id).isGreetingDue = true),
    verify(id, verificationToken) {
      const subscription = known(id);
      const isRight = subscription.verificationToken === verificationToken;
      subscription.isVerified ||= isRight;
      return isRight;
    },
    setTypes: (id, types) => void (known(id).types = new Set(types)),
    unsubscribe(id) {
      world.subscriptions = world.subscriptions.filter((subscription) => subscription.id !== id);
    },
  };
}
