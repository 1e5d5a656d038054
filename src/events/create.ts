import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { SubscriptionConfig } from '../config/subscriptions.ts';
import { events, subscriptions } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import { answered, attempt, isReady } from './attempt.ts';
import { tellAll } from './courier.ts';
import type { Events } from './index.ts';
import type { EventsParts } from './parts.ts';
import { testBody } from './test-body.ts';

/** At a stop, answers that are under way may take so long, in milliseconds. */
const PATIENCE = 5000;

/**
 * Tells those who follow tickets, at least once each, and in order for each ticket. A crash between the answer and its
 * record tells one event a second time, under the same id.
 */
export function createEvents(parts: EventsParts): Events {
  const couriers = createCouriers(parts);
  return {
    async run() {
      for (const name of await withSomethingDue(parts)) couriers.begin(name);
    },
    follow: () => follow(parts),
    test: (name) => test(parts, name),
    async again(id) {
      couriers.begin(await again(parts, id));
    },
    switchOff: (name, by) => switchOff(parts, name, by),
    async switchOn(name, kept) {
      await switchOn(parts, name, kept);
      couriers.begin(name);
    },
    rest: couriers.rest,
    close: couriers.close,
  };
}

/** One for each subscription at most, which goes on until nothing is due any more. */
function createCouriers(parts: EventsParts) {
  const under = new Map<string, Promise<void>>();
  const wanted = new Set<string>();
  const stop = new AbortController();
  async function go(name: string): Promise<void> {
    try {
      // What comes due after the courier has looked for the last time needs another look.
      do await tellAll(parts, name, stop.signal);
      while (wanted.delete(name));
    } catch (err) {
      parts.log.error({ subscription: name, err }, 'events could not be told by a fault of ours; they wait');
    } finally {
      under.delete(name);
    }
  }
  function begin(name: string): void {
    if (under.has(name)) wanted.add(name);
    else if (!stop.signal.aborted) under.set(name, go(name));
  }
  async function rest(): Promise<void> {
    while (under.size > 0) await Promise.all(under.values());
  }
  return {
    begin,
    rest,
    async close() {
      stop.abort();
      if (under.size > 0) await Promise.race([rest(), parts.pause(PATIENCE)]);
    },
  };
}

async function withSomethingDue({ connection, now }: EventsParts): Promise<readonly string[]> {
  const rows = await connection.queries
    .selectDistinct({ name: events.subscription })
    .from(events)
    .where(and(eq(events.state, 'waiting'), sql`${events.nextAt} <= ${now().toString()}::timestamptz`));
  return rows.map(({ name }) => name);
}

/** What waited as nobody of its name was there, or no secret; what is switched off waits on. */
async function follow({ connection, config, now }: EventsParts): Promise<void> {
  const ready = config
    .current()
    .subscriptions.filter(isReady)
    .map(({ name }) => name);
  if (ready.length === 0) return;
  const off = connection.queries
    .select({ name: subscriptions.name })
    .from(subscriptions)
    .where(sql`${subscriptions.offAt} is not null`);
  await connection.queries
    .update(events)
    .set({ nextAt: now() })
    .where(
      and(
        eq(events.state, 'waiting'),
        isNull(events.nextAt),
        inArray(events.subscription, ready),
        sql`${events.subscription} not in ${off}`,
      ),
    );
}

/** It goes past those that wait, and counts for nothing but itself. */
async function test(parts: EventsParts, name: string): Promise<boolean> {
  const { connection, config, newId, now } = parts;
  const subscription = config.current().subscriptions.find((each) => each.name === name);
  if (subscription === undefined) throw notFound('subscription');
  if (!isReady(subscription)) throw noSecret(subscription);
  const at = now();
  const id = `evt_${newId(at)}`;
  const body = testBody(name, at);
  const made = await attempt(parts, subscription, { id, body });
  await connection.queries.insert(events).values({
    ...{ id, body, subscription: name, ticketKey: '', type: 'test', attempts: 1, createdAt: at, triedAt: at },
    ...{ state: made.refusal === null ? 'sent' : 'dead', finishedAt: now() },
    ...answered(made),
  });
  return made.refusal === null;
}

/** Returns whose it is. */
async function again({ connection, now }: EventsParts, id: string): Promise<string> {
  const rows = await connection.queries
    .update(events)
    .set({ state: 'waiting', attempts: 0, nextAt: now(), finishedAt: null, problem: null })
    .where(eq(events.id, id))
    .returning({ name: events.subscription });
  const [row] = rows;
  if (row === undefined) throw notFound('event');
  return row.name;
}

async function switchOff({ connection, now }: EventsParts, name: string, by: string): Promise<void> {
  const off = { offAt: now(), offBy: by, problem: null };
  await connection.queries.transaction(async (tx) => {
    await tx
      .insert(subscriptions)
      .values({ name, ...off })
      .onConflictDoUpdate({ target: subscriptions.name, set: off });
    await tx
      .update(events)
      .set({ nextAt: null })
      .where(and(eq(events.subscription, name), eq(events.state, 'waiting')));
  });
}

async function switchOn({ connection, now }: EventsParts, name: string, kept: 'send' | 'leave_out'): Promise<void> {
  const at = now();
  const next =
    kept === 'send' ? { nextAt: at, attempts: 0 } : { state: 'dead' as const, finishedAt: at, problem: LEFT_OUT };
  await connection.queries.transaction(async (tx) => {
    await tx.delete(subscriptions).where(eq(subscriptions.name, name));
    await tx
      .update(events)
      .set(next)
      .where(and(eq(events.subscription, name), eq(events.state, 'waiting')));
  });
}

const LEFT_OUT = {
  code: 'events.left-out',
  message: 'It was left out when somebody switched the subscription on again.',
  fix: 'Send it by itself if it is still of use.',
};

function notFound(what: string): Problem {
  return new Problem({
    code: 'events.not-found',
    message: `There is no such ${what} any more.`,
    fix: 'Look at the page Events again: the config may be another, and what was delivered is kept for 30 days.',
  });
}

function noSecret({ missingSecrets }: SubscriptionConfig): Problem {
  return new Problem({
    code: 'events.no-secret',
    message: `Nothing can be sent while ${missingSecrets.join(' and ')} is not set.`,
    fix: 'Set it in the environment or in .env, and start again.',
  });
}
