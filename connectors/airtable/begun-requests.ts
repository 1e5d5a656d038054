import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

/** Node tells here of every request that is begun. */
const BEGUN = 'http.client.request.created';

/** What asking began. */
interface Begun<Value> {
  answer: Promise<Value>;
  /** Ends the requests, and with them their connections. */
  end(): void;
}

/** Begins to ask, and keeps hold of the requests that this begins at once: the package keeps them to itself. */
export function begin<Value>(ask: () => Promise<Value>): Begun<Value> {
  const requests: ClientRequest[] = [];
  function note(message: unknown): void {
    const isOne = typeof message === 'object' && message !== null && 'request' in message;
    if (isOne && message.request instanceof ClientRequest) requests.push(message.request);
  }
  subscribe(BEGUN, note);
  try {
    return { answer: ask(), end: () => requests.forEach((request) => request.destroy()) };
  } finally {
    unsubscribe(BEGUN, note);
  }
}
