import { describe, expect, it } from 'vitest';
import { fitted, instantCell } from '../../src/sync/cells.ts';
import { activityOf } from '../../src/sync/activity.ts';
import { at } from '../support/builders.ts';

describe('fitted', () => {
  it('leaves a text alone that fits', () => {
    expect(fitted('👩‍🚀 fits', 60)).toBe('👩‍🚀 fits');
  });

  it('cuts a text that does not, never through a character, and says so', () => {
    const cut = fitted(`${'a'.repeat(52)}😀${'b'.repeat(60)}`, 100);
    expect(cut).toBe(`${'a'.repeat(52)}\n… (cut to fit; the whole text is in Tabledesk)`);
  });

  it('takes out what no base can keep', () => {
    expect(fitted('a\0b\uD83Dc', 60)).toBe('ab\uFFFDc');
    expect(fitted(['a\0', 'b'], 60)).toEqual(['a', 'b']);
  });

  it('leaves numbers, ticks and nothing as they are, and has no text as nothing', () => {
    expect([0, true, false, null, ''].map((cell) => fitted(cell, 60))).toEqual([0, true, false, null, null]);
  });
});

describe('instantCell', () => {
  it('writes a moment in UTC, to the millisecond', () => {
    expect(instantCell(at('2026-11-20T10:00:00.123456+01:00'))).toBe('2026-11-20T09:00:00.123Z');
    expect(instantCell(null)).toBeNull();
  });
});

describe('activityOf', () => {
  it('shows the time of the desk, through a change of its clock', () => {
    const lines = [at('2026-10-25T01:30:00Z'), at('2026-10-25T00:30:00Z')].map((when) => ({
      at: when,
      sentence: 'x.',
    }));
    expect(activityOf(lines, 'Europe/Berlin')).toBe('2026-10-25 02:30  x.\n2026-10-25 02:30  x.');
  });

  it('shows nothing where nothing was decided', () => {
    expect(activityOf([], 'UTC')).toBeNull();
  });
});
