import { describe, expect, it } from 'vitest';
import { distanceBetween, nearestName } from '../../src/kit/nearest-name.ts';
import { fc } from '../support/properties.ts';

describe('the nearest name', () => {
  it.each([
    ['biling', ['bug', 'billing'], 'billing'],
    ['Billing', ['billing'], 'billing'],
    ['first-reply', ['first_reply', 'next_reply'], 'first_reply'],
    ['firstReply', ['first_reply', 'next_reply'], 'first_reply'],
    ['urgant', ['low', 'medium', 'high', 'critical'], 'critical'],
    ['normal', ['low', 'medium', 'high', 'critical'], 'medium'],
    ['hihg', ['low', 'medium', 'high', 'critical'], 'high'],
    ['contains', ['mentions', 'matches'], 'mentions'],
    ['banana', ['low', 'medium', 'high', 'critical'], null],
    ['urgent', ['low', 'high'], null],
    ['x', [], null],
  ])('to %j of %j is %j', (written, valid, nearest) => {
    expect(nearestName(written, valid)).toBe(nearest);
  });

  it('is as far from one as from the other', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (one, other) => {
        expect(distanceBetween(one, other)).toBe(distanceBetween(other, one));
        expect(distanceBetween(one, other) === 0).toBe(one === other);
        expect(distanceBetween(one, other)).toBeLessThanOrEqual(Math.max(one.length, other.length));
      }),
    );
  });
});
