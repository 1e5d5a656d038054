import { describe, expect, it } from 'vitest';
import type { ChannelConfig } from '../../src/config/live.ts';
import { Problem } from '../../src/domain/problem.ts';
import { createListeners, type Listeners } from '../../src/inbox/listeners.ts';
import { createLog } from '../../src/kit/log.ts';
import type { Deliver, Listening } from '../../src/ports/channel.ts';
import { TAKES_ANYTHING } from '../support/channels.ts';
import { aChannel } from '../support/live-config.ts';
import { aClock, type FakeClock } from '../support/pipeline.ts';

/** Channels of a config that can change, each listening as the test says. */
function aHouse(
  listen: (given: Listening, config: ChannelConfig) => Promise<void>,
  first: readonly ChannelConfig[],
): {
  listeners: Listeners;
  channels: { now: readonly ChannelConfig[] };
  paused: number[];
  clock: FakeClock;
  kept: Map<string, unknown>;
  delivered: [string, Parameters<Deliver>[0]][];
} {
  const channels = { now: first };
  const [paused, kept, clock] = [[] as number[], new Map<string, unknown>(), aClock()];
  const delivered: [string, Parameters<Deliver>[0]][] = [];
  const listeners = createListeners({
    channels: () => Object.fromEntries(channels.now.map((config) => [config.name, config])),
    channelOf: (config) => ({ ...TAKES_ANYTHING, listen: (given) => listen(given, config as ChannelConfig) }),
    inbox: {
      async deliver(name, request) {
        delivered.push([name, request]);
        return { id: String(delivered.length), isRepeat: false };
      },
    },
    memory: { get: async (name) => kept.get(name) ?? null, set: async (name, value) => void kept.set(name, value) },
    pause: async (milliseconds) => {
      paused.push(milliseconds);
      clock.forward({ milliseconds });
    },
    now: clock.now,
    log: createLog('silent'),
  });
  return { listeners, channels, paused, clock, kept, delivered };
}

/** Until told to stop. */
function untilStopped({ signal }: Listening): Promise<void> {
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}

describe('channels that listen', () => {
  it('hand over what comes, and find again how far they have read', async () => {
    const house = aHouse(
      async (given) => {
        const read = Number(await given.memory.get('read')) + 1;
        await given.deliver({ headers: { 'content-type': 'text/plain' }, body: Buffer.from(`letter ${read}`) });
        await given.memory.set('read', read);
        await untilStopped(given);
      },
      [aChannel({ name: 'mail' })],
    );
    await house.listeners.follow();
    await expect.poll(() => house.kept.get('channel:mail:read')).toBe(1);
    await house.listeners.close();
    await house.listeners.follow();
    await expect.poll(() => house.kept.get('channel:mail:read')).toBe(2);
    expect(house.delivered.map(([name, { body }]) => [name, Buffer.from(body).toString()])).toEqual([
      ['mail', 'letter 1'],
      ['mail', 'letter 2'],
    ]);
    await house.listeners.close();
  });

  it('are opened and closed as the config changes, and left alone when it does not', async () => {
    const log: string[] = [];
    const [one, two] = [aChannel({ name: 'one' }), aChannel({ name: 'two' })];
    const house = aHouse(
      async (given, { name }) => {
        log.push(`open ${name}`);
        await untilStopped(given);
        log.push(`close ${name}`);
      },
      [one, two, aChannel({ name: 'paused', paused: true }), aChannel({ name: 'locked', secrets: null })],
    );
    await house.listeners.follow();
    house.channels.now = [one, aChannel({ name: 'two', perMinute: 1 })];
    await house.listeners.follow();
    expect(log).toEqual(['open one', 'open two', 'close two', 'open two']);
    house.channels.now = [];
    await house.listeners.follow();
    expect(log.slice(4).toSorted()).toEqual(['close one', 'close two']);
    expect(house.listeners.states()).toEqual([]);
  });

  it('try again after longer and longer pauses, and say why they have no connection', async () => {
    const lost = new Problem({ code: 'mail.gone', message: 'The server hung up.', fix: 'Wait.' });
    const calls = { count: 0 };
    const house = aHouse(
      async (given) => {
        calls.count += 1;
        if (calls.count < 7) throw lost;
        await untilStopped(given);
      },
      [aChannel({ name: 'mail' })],
    );
    await house.listeners.follow();
    await expect.poll(() => calls.count).toBe(7);
    expect(house.paused).toEqual([1000, 5000, 15_000, 60_000, 300_000, 300_000]);
    expect(house.listeners.states()).toEqual([{ channel: 'mail', since: house.clock.now(), problem: null }]);
    await house.listeners.close();
  });

  it('begin with the shortest pause again after a connection that held', async () => {
    const calls = { count: 0 };
    const house = aHouse(
      async (given) => {
        calls.count += 1;
        if (calls.count === 4) return untilStopped(given);
        if (calls.count === 3) house.clock.forward({ minutes: 5 });
        throw new Error('gone');
      },
      [aChannel({ name: 'mail' })],
    );
    await house.listeners.follow();
    await expect.poll(() => calls.count).toBe(4);
    expect(house.paused).toEqual([1000, 5000, 1000]);
    await house.listeners.close();
  });
});
