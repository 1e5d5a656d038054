import { Agent } from 'node:http';
import { createChance } from './chance.ts';
import { isAcknowledged, post, type Post } from './post.ts';
import { marked } from './verify-desk.ts';

/** Of so many deliveries one is sent again although it was acknowledged, as some services do. */
const REPEAT_EVERY = 12;

/** After so many milliseconds a sender that got no answer tries again. */
const PAUSE_AFTER_FAILURE = 20;

/** Senders that keep at it until their request is acknowledged, whatever happens to the service. */
export interface StubbornSenders {
  /** What was acknowledged so far: marker → ids. */
  told: Map<string, Set<string>>;
  /** Requests so far that got no answer. */
  unanswered(): number;
  /** Where to post from now on, or what tells it for each request; null while nobody listens. */
  to(address: string | null | (() => string | null)): void;
  /** Sends nothing new any more, and waits until everything that was begun is acknowledged. */
  finish(): Promise<void>;
}

/**
 * Posts so many new requests a second, by turns as a form and as JSON with a key of the sender's. What gets
 * no answer is sent again, the same to the byte; and now and then so is what got one.
 */
export function startSenders({
  perSecond,
  seed,
  make = requestOf,
}: {
  perSecond: number;
  seed: number;
  /** The request of a number; left out, those of somebody who misses an order. */
  make?: (n: number) => Post;
}): StubbornSenders {
  const chance = createChance(seed);
  const told = new Map<string, Set<string>>();
  const agent = new Agent({ keepAlive: true });
  const state = { address: (): string | null => null, sent: 0, unanswered: 0, isOver: false };
  const under = new Set<Promise<void>>();

  async function deliver(made: Post): Promise<void> {
    for (;;) {
      const address = state.address();
      const answer = address === null ? null : await post({ address, agent, toBeSentAt: performance.now() }, made);
      if (answer !== null && isAcknowledged(answer) && answer.id !== null) return note(made.marker, answer.id);
      if (answer !== null) state.unanswered += 1;
      await pause(PAUSE_AFTER_FAILURE);
    }
  }

  function note(marker: string, id: string): void {
    const ids = told.get(marker) ?? new Set();
    told.set(marker, ids.add(id));
  }

  async function deliverAndPerhapsAgain(made: Post): Promise<void> {
    await deliver(made);
    if (chance() < 1 / REPEAT_EVERY) await deliver(made);
  }

  async function sendOn(): Promise<void> {
    const begun = performance.now();
    const start = state.sent;
    while (!state.isOver) {
      // While nobody listens new requests wait outside, so that each life of the service gets its share.
      const due = ((performance.now() - begun) / 1000) * perSecond;
      while (state.address() !== null && state.sent - start < due && under.size < perSecond) {
        const delivery = deliverAndPerhapsAgain(make(state.sent++)).finally(() => under.delete(delivery));
        under.add(delivery);
      }
      await pause(5);
    }
  }

  const sending = sendOn();
  return {
    told,
    unanswered: () => state.unanswered,
    to: (address) => void (state.address = typeof address === 'function' ? address : () => address),
    async finish() {
      state.isOver = true;
      await sending;
      await Promise.all(under);
      agent.destroy();
    },
  };
}

/** The token that the JSON channel of these benches asks for. */
export const JSON_TOKEN = 'stubborn-senders-token';

function requestOf(n: number): Post {
  const marker = `request-${n}`;
  const fields = {
    name: `Person ${n}`,
    email: `person-${n}@example.com`,
    subject: `Order ${n} is missing`,
    message: `Where is my order? ${marked(marker)} I was charged twice and nothing has arrived.`,
  };
  if (n % 2 === 0) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { marker, path: '/hooks/website', headers, body: new URLSearchParams(fields).toString() };
  }
  const headers = { 'content-type': 'application/json', 'idempotency-key': marker };
  return { marker, path: `/hooks/json/${JSON_TOKEN}`, headers, body: JSON.stringify(fields) };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((passed) => setTimeout(passed, milliseconds));
}
