import { describe, expect, it } from 'vitest';
import { createSignInLimit, type SignInLimit } from '../../src/console/sign-in-limit.ts';
import { MORNING } from '../support/builders.ts';

function fail(limit: SignInLimit, address: string, times: number): void {
  for (let time = 0; time < times; time++) limit.failed(address, MORNING);
}

describe('the limit on sign-ins', () => {
  it('lets a person make a few mistakes, and no more', () => {
    const limit = createSignInLimit();
    fail(limit, '192.0.2.1', 7);
    expect(limit.secondsToWait('192.0.2.1', MORNING)).toBe(0);
    limit.failed('192.0.2.1', MORNING);
    expect(limit.secondsToWait('192.0.2.1', MORNING)).toBe(900);
  });

  it('forgets after a quarter of an hour', () => {
    const limit = createSignInLimit();
    fail(limit, '192.0.2.1', 8);
    expect(limit.secondsToWait('192.0.2.1', MORNING.add({ minutes: 15 }))).toBe(0);
  });

  it('does not hold one address against another', () => {
    const limit = createSignInLimit();
    fail(limit, '192.0.2.1', 8);
    expect(limit.secondsToWait('192.0.2.2', MORNING)).toBe(0);
  });

  it('takes the whole network of an IPv6 address for one', () => {
    const limit = createSignInLimit();
    for (let host = 1; host <= 8; host++) limit.failed(`2001:db8:1:2::${host}`, MORNING);
    expect(limit.secondsToWait('2001:db8:1:2:ffff::9', MORNING)).toBe(900);
    expect(limit.secondsToWait('2001:db8:1:3::1', MORNING)).toBe(0);
  });

  it('forgives whoever signs in', () => {
    const limit = createSignInLimit();
    fail(limit, '192.0.2.1', 7);
    limit.succeeded('192.0.2.1');
    fail(limit, '192.0.2.1', 7);
    expect(limit.secondsToWait('192.0.2.1', MORNING)).toBe(0);
  });

  it('slows everybody down when guesses come from everywhere, and locks nobody out', () => {
    const limit = createSignInLimit();
    for (let host = 0; host < 100; host++) limit.failed(`198.51.100.${host}`, MORNING);
    expect(limit.secondsToWait('192.0.2.1', MORNING)).toBe(0);
    expect(limit.secondsToWait('192.0.2.2', MORNING.add({ milliseconds: 500 }))).toBe(2);
    expect(limit.secondsToWait('192.0.2.2', MORNING.add({ seconds: 2 }))).toBe(0);
  });
});
