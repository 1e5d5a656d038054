import { describe, expect, it } from 'vitest';
import { createWaker } from '../../src/inbox/waker.ts';
import { createLog } from '../../src/kit/log.ts';

function aWaker(wake: () => Promise<void>) {
  return createWaker(wake, createLog('silent'));
}

describe('waking the lane behind the inbox', () => {
  it('makes one more call of all that come while one is under way', async () => {
    const gates: (() => void)[] = [];
    const waker = aWaker(() => new Promise((open) => gates.push(open)));
    for (let n = 0; n < 5; n += 1) waker.wake();
    expect(gates).toHaveLength(1);
    gates[0]?.();
    while (gates.length < 2) await new Promise((tick) => setImmediate(tick));
    gates[1]?.();
    await waker.drained();
    expect(gates).toHaveLength(2);
  });

  it('calls anew for what comes after the last', async () => {
    const calls: string[] = [];
    const waker = aWaker(async () => void calls.push('woken'));
    waker.wake();
    await waker.drained();
    waker.wake();
    await waker.drained();
    expect(calls).toEqual(['woken', 'woken']);
  });

  it('rests between two calls, so that a stream of requests does not become a stream of wakes', async () => {
    const calls: number[] = [];
    const waker = aWaker(async () => void calls.push(performance.now()));
    waker.wake();
    expect(calls).toHaveLength(1);
    waker.wake();
    await waker.drained();
    expect((calls[1] ?? 0) - (calls[0] ?? 0)).toBeGreaterThan(40);
  });

  it('lets nobody feel that it failed', async () => {
    const waker = aWaker(() => Promise.reject(new Error('the queue is down')));
    waker.wake();
    await expect(waker.drained()).resolves.toBeUndefined();
  });
});
