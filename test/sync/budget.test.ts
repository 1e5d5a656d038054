import { describe, expect, it } from 'vitest';
import type { StoreAbilities } from '../../src/ports/ticket-store.ts';
import { spendingOf } from '../../src/sync/budget.ts';
import { at } from '../support/builders.ts';

const TEAM: StoreAbilities = {
  writeBatch: 10,
  requestsPerSecond: 4,
  longestText: 100_000,
  tellsDeletions: false,
  tellsEditors: false,
  pollSeconds: { busy: 15, quiet: 300 },
  writeDelaySeconds: { awaited: 1, other: 45 },
  requestsPerMonth: 100_000,
};

function spending(count: number, abilities: StoreAbilities = TEAM, now = '2026-11-21T12:00:00Z') {
  const meter = { spend: () => undefined, spentThisMonth: () => count };
  return spendingOf(abilities, { meter, pace: { seconds: 15, asksToCome: 9000 }, now: at(now) });
}

describe('what the base costs', () => {
  it('is counted beside what the plan allows, and what asking will cost', () => {
    expect(spending(12_345)).toEqual({ count: 12_345, allowed: 100_000, pollsToCome: 9000, warning: null });
  });

  it('is nothing in a base of which nobody counts the requests', () => {
    expect(spending(1, { ...TEAM, requestsPerSecond: null, requestsPerMonth: null })).toBeNull();
  });

  it('is worth a word from four fifths on', () => {
    expect(spending(80_000)?.warning).toBeNull();
    expect(spending(80_001)?.warning).toMatch(
      /^80 % of this month’s requests to the base are spent, and 10 days are left\./,
    );
    expect(spending(99_999, TEAM, '2026-11-30T23:00:00Z')?.warning).toMatch(/^99 % .* and 1 day is left\./);
    expect(spending(99_999, { ...TEAM, requestsPerMonth: null })?.warning).toBeNull();
  });

  it('says until when changes wait once all is spent', () => {
    expect(spending(100_000)?.warning).toContain('This month’s 100,000 requests to the base are spent.');
    expect(spending(100_000)?.warning).toContain('on 1 December at the latest');
  });
});
