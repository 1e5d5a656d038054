import type { ChannelConfig } from '../config/live.ts';
import { Problem } from '../domain/problem.ts';
import type { Channels } from '../kit/channels.ts';
import type { StoreMemory } from '../kit/connector.ts';
import type { Log } from '../kit/log.ts';
import type { Channel, Listening } from '../ports/channel.ts';
import type { Now } from '../ports/now.ts';
import type { Inbox } from './index.ts';

/** After a connection was lost, and each time that it cannot be had again, so many seconds pass; the last goes on. */
const PAUSES_SECONDS = [1, 5, 15, 60, 300];

/** A connection that held so long was a good one: the next pause is the shortest again. */
const GOOD_SECONDS = 300;

/** What a channel that listens is doing. */
export interface ListenerState {
  channel: string;
  /** Since when it listens; null while it has no connection. */
  since: Temporal.Instant | null;
  /** Why it has none; null while it has. */
  problem: Problem | null;
}

/** Keeps the connections of those channels that fetch what comes to them. */
export interface Listeners {
  /** Opens what the config in force asks for, and closes the rest. Called at start, and when the config changes. */
  follow(): Promise<void>;
  states(): readonly ListenerState[];
  close(): Promise<void>;
}

export interface ListenerParts {
  /** The channels of the config in force. */
  channels: () => Readonly<Record<string, ChannelConfig>>;
  channelOf: Channels;
  inbox: Pick<Inbox, 'deliver'>;
  memory: StoreMemory;
  pause: (milliseconds: number) => Promise<void>;
  now: Now;
  log: Log;
}

interface Listener {
  config: ChannelConfig;
  stop: AbortController;
  state: ListenerState;
  done: Promise<void>;
}

export function createListeners(parts: ListenerParts): Listeners {
  const open = new Map<string, Listener>();

  async function end(listener: Listener): Promise<void> {
    open.delete(listener.config.name);
    listener.stop.abort();
    await listener.done;
  }

  return {
    async follow() {
      const wanted = new Map(listening(parts).map((each) => [each.config.name, each]));
      const changed = [...open.values()].filter(({ config }) => wanted.get(config.name)?.config !== config);
      await Promise.all(changed.map(end));
      for (const each of wanted.values()) {
        if (!open.has(each.config.name)) open.set(each.config.name, begin(parts, each));
      }
    },
    states: () => [...open.values()].map(({ state }) => ({ ...state })),
    async close() {
      await Promise.all([...open.values()].map(end));
    },
  };
}

/** A channel that keeps a connection, and its config. */
interface Wanted {
  config: ChannelConfig;
  channel: Channel;
}

function listening({ channels, channelOf }: ListenerParts): readonly Wanted[] {
  return Object.values(channels()).flatMap((config) => {
    const channel = config.paused || config.secrets === null ? null : channelOf(config);
    return channel?.listen === undefined ? [] : [{ config, channel }];
  });
}

function begin(parts: ListenerParts, wanted: Wanted): Listener {
  const stop = new AbortController();
  const state: ListenerState = { channel: wanted.config.name, since: parts.now(), problem: null };
  const listener: Listener = { config: wanted.config, stop, state, done: Promise.resolve() };
  listener.done = listenOn(parts, wanted, listener);
  return listener;
}

/** Listens until told to stop, again and again, as connections are lost for many reasons. */
async function listenOn(parts: ListenerParts, { config, channel }: Wanted, { stop, state }: Listener): Promise<void> {
  const given = listeningOf(parts, config.name, stop.signal);
  for (let lost = 0; !stop.signal.aborted; lost += 1) {
    const since = parts.now();
    Object.assign(state, { since, problem: null });
    try {
      await channel.listen?.(given);
    } catch (error) {
      Object.assign(state, { since: null, problem: problemOf(error) });
      if (!stop.signal.aborted) tell(parts, config.name, error);
    }
    if (parts.now().since(since).total('seconds') >= GOOD_SECONDS) lost = 0;
    await given.pause(1000 * (PAUSES_SECONDS[Math.min(lost, PAUSES_SECONDS.length - 1)] ?? 0));
  }
}

function listeningOf({ inbox, memory, pause }: ListenerParts, name: string, signal: AbortSignal): Listening {
  const stopped = new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
  const place = (key: string) => `channel:${name}:${key}`;
  return {
    deliver: (request) => inbox.deliver(name, request),
    memory: { get: (key) => memory.get(place(key)), set: (key, value) => memory.set(place(key), value) },
    pause: async (milliseconds) => {
      if (!signal.aborted) await Promise.race([pause(milliseconds), stopped]);
    },
    signal,
  };
}

function tell({ log }: ListenerParts, channel: string, error: unknown): void {
  const told = error instanceof Problem ? { code: error.code, message: error.message } : { err: error };
  log.warn({ channel, ...told }, 'a channel lost its connection, and tries again');
}

function problemOf(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  const [code, message] = ['channel.connection-lost', 'The connection of the channel was lost for an unknown reason.'];
  return new Problem({ code, message, fix: 'It is tried again; if it stays, report the error of the log.' }, { cause });
}
