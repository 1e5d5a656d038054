import { describe, expect, it } from 'vitest';
import { createIds } from '../../src/kit/new-ids.ts';
import { MORNING } from '../support/builders.ts';

describe('a new id', () => {
  it('is a ULID of its moment', () => {
    const newId = createIds();
    expect(newId(Temporal.Instant.from('2026-03-02T09:00:00Z'))).toMatch(/^01KJPWD6M0[0-9A-HJKMNP-TV-Z]{16}$/);
  });

  it('is never the same twice, and those of one moment share nothing but the moment', () => {
    const newId = createIds();
    const ids = Array.from({ length: 20_000 }, () => newId(MORNING));
    expect(new Set(ids).size).toBe(20_000);
    expect(new Set(ids.map((id) => id.slice(10, 18))).size).toBeGreaterThan(19_990);
  });

  it('sorts by time', () => {
    const newId = createIds();
    const moments = Array.from({ length: 100 }, (_, n) => MORNING.add({ milliseconds: n * 7 }));
    const ids = moments.map((at) => newId(at));
    expect([...ids].sort()).toEqual(ids);
  });
});
