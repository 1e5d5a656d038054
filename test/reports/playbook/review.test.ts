import { describe, expect, it } from 'vitest';
import { type Due, dueAt, duesOf, isReminded, type Reviewed } from '../../../src/reports/playbook/review.ts';
import { at } from '../../support/builders.ts';

const BEGAN = at('2026-08-30T10:00:00Z');

function reviewed(overrides: Partial<Reviewed> = {}): Reviewed {
  return { since: BEGAN, changedAt: BEGAN, last: {}, exceptions: 0, drifts: [], ...overrides };
}

function looked(part: 'logic' | 'exceptions', when: string) {
  return { [part]: { part, at: at(when), by: 'Ana', note: '' } };
}

describe('the logic of a rule', () => {
  it('is due three months after it was written, by the calendar on the wall', () => {
    const next = dueAt(reviewed(), 'Europe/Berlin').logic;
    expect(next?.toString()).toBe('2026-11-30T11:00:00Z');
    expect(duesOf(reviewed(), at('2026-11-30T10:59:00Z'), 'Europe/Berlin')).toEqual([]);
    expect(duesOf(reviewed(), at('2026-11-30T11:00:00Z'), 'Europe/Berlin')).toMatchObject([
      { part: 'logic', why: 'Nobody looked at its logic for a quarter.' },
    ]);
  });

  it('is due three months after the last look, or the last change', () => {
    const seen = reviewed({ last: looked('logic', '2026-10-01T00:00:00Z') });
    expect(dueAt(seen, 'UTC').logic?.toString()).toBe('2027-01-01T00:00:00Z');
    const changed = reviewed({ ...seen, changedAt: at('2026-11-01T00:00:00Z') });
    expect(dueAt(changed, 'UTC').logic?.toString()).toBe('2027-02-01T00:00:00Z');
  });

  it('is due at once when something moved', () => {
    const drifts = [{ kind: 'volume', sentence: 'Fired 60 times.' }] as const;
    expect(duesOf(reviewed({ drifts }), at('2026-09-10T00:00:00Z'), 'UTC')).toEqual([
      { part: 'logic', since: null, why: 'Fired 60 times.' },
    ]);
  });
});

describe('the exceptions to a rule', () => {
  it('are due a month after the last look, where there are any', () => {
    expect(dueAt(reviewed(), 'UTC').exceptions).toBeNull();
    const some = reviewed({ exceptions: 3 });
    expect(duesOf(some, at('2026-09-30T10:00:00Z'), 'UTC')).toMatchObject([
      { part: 'exceptions', why: 'People changed what it decided 3 times since the last look.' },
    ]);
    const seen = reviewed({ exceptions: 3, last: looked('exceptions', '2026-09-29T00:00:00Z') });
    expect(duesOf(seen, at('2026-10-28T00:00:00Z'), 'UTC')).toEqual([]);
  });
});

describe('a reminder', () => {
  const now = at('2026-12-10T00:00:00Z');
  const quarter: Due = { part: 'logic', since: at('2026-11-30T00:00:00Z'), why: '' };

  it('goes out once for each review that is due', () => {
    const given = { lastAt: null, now };
    expect(isReminded(quarter, { ...given, remindedAt: null })).toBe(false);
    expect(isReminded(quarter, { ...given, remindedAt: at('2026-08-01T00:00:00Z') })).toBe(false);
    expect(isReminded(quarter, { ...given, remindedAt: at('2026-12-01T00:00:00Z') })).toBe(true);
  });

  it('of what moved holds for a month, or until somebody has looked', () => {
    const drift: Due = { ...quarter, since: null };
    expect(isReminded(drift, { lastAt: null, now, remindedAt: at('2026-11-20T00:00:00Z') })).toBe(true);
    expect(isReminded(drift, { lastAt: null, now, remindedAt: at('2026-11-01T00:00:00Z') })).toBe(false);
    const lastAt = at('2026-12-01T00:00:00Z');
    expect(isReminded(drift, { lastAt, now, remindedAt: at('2026-11-20T00:00:00Z') })).toBe(false);
  });
});
