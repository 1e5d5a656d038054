import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSignInLimit, type SignInLimit } from '../../src/console/sign-in-limit.ts';
import { signInFailures } from '../../src/db/schema.ts';
import { MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';

async function fail(limit: SignInLimit, address: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) expect(await limit.attempt(address, MORNING)).toBe(0);
}

describe.each(ENGINES)('the limit on sign-ins, on %s', (engine) => {
  const world = {} as { database: TestDatabase };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
  });
  beforeEach(async () => {
    await world.database.connection.queries.delete(signInFailures);
  });
  afterAll(() => world.database.drop());
  const aLimit = () => createSignInLimit(world.database.connection.queries);

  it('lets a person make a few mistakes, and no more', async () => {
    const limit = aLimit();
    await fail(limit, '192.0.2.1', 8);
    expect(await limit.attempt('192.0.2.1', MORNING)).toBe(900);
  });

  it('forgets after a quarter of an hour', async () => {
    const limit = aLimit();
    await fail(limit, '192.0.2.1', 8);
    expect(await limit.attempt('192.0.2.1', MORNING.add({ minutes: 14, seconds: 59 }))).toBe(1);
    expect(await limit.attempt('192.0.2.1', MORNING.add({ minutes: 15 }))).toBe(0);
  });

  it('does not hold one address against another', async () => {
    const limit = aLimit();
    await fail(limit, '192.0.2.1', 8);
    expect(await limit.attempt('192.0.2.2', MORNING)).toBe(0);
  });

  it('takes the whole network of an IPv6 address for one', async () => {
    const limit = aLimit();
    for (let host = 1; host <= 8; host++) await fail(limit, `2001:db8:1:2::${host}`, 1);
    expect(await limit.attempt('2001:db8:1:2:ffff::9', MORNING)).toBe(900);
    expect(await limit.attempt('2001:db8:1:3::1', MORNING)).toBe(0);
  });

  it('forgives whoever signs in', async () => {
    const limit = aLimit();
    await fail(limit, '192.0.2.1', 7);
    await limit.succeeded('192.0.2.1');
    await fail(limit, '192.0.2.1', 7);
    expect(await limit.attempt('192.0.2.1', MORNING)).toBe(0);
  });

  it('slows everybody down when guesses come from everywhere, and locks nobody out', async () => {
    const limit = aLimit();
    for (let host = 0; host < 100; host++) await fail(limit, `198.51.100.${host}`, 1);
    expect(await limit.attempt('192.0.2.1', MORNING)).toBe(2);
    expect(await limit.attempt('192.0.2.2', MORNING.add({ milliseconds: 500 }))).toBe(2);
    expect(await limit.attempt('192.0.2.2', MORNING.add({ seconds: 2 }))).toBe(0);
  });

  it('holds back at one process whoever guessed at another, and after a restart', async () => {
    await fail(aLimit(), '192.0.2.1', 4);
    await fail(aLimit(), '192.0.2.1', 4);
    expect(await aLimit().attempt('192.0.2.1', MORNING)).toBe(900);
  });

  it('lets no more through that come at once', async () => {
    const limit = aLimit();
    const waits = await Promise.all(Array.from({ length: 30 }, () => limit.attempt('192.0.2.1', MORNING)));
    expect(waits.filter((wait) => wait === 0).length).toBeLessThanOrEqual(8);
  });

  it('does not count an attempt that was held back', async () => {
    const limit = aLimit();
    await fail(limit, '192.0.2.1', 8);
    for (const minutes of [5, 10, 14])
      expect(await limit.attempt('192.0.2.1', MORNING.add({ minutes }))).toBe(900 - minutes * 60);
    expect(await limit.attempt('192.0.2.1', MORNING.add({ minutes: 15 }))).toBe(0);
    expect(await limit.attempt('192.0.2.1', MORNING.add({ minutes: 15 }))).toBe(0);
  });
});
