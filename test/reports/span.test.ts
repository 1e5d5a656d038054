import { describe, expect, it } from 'vitest';
import {
  daysSoFar,
  NAMED_SPANS,
  type NamedSpan,
  spanBefore,
  spanBetween,
  spanNamed,
  stepOf,
  stepsOf,
} from '../../src/reports/span.ts';
import { at } from '../support/builders.ts';

/** A Friday, and in Berlin already the next day. */
const NOW = at('2026-11-20T23:30:00Z');

describe('a stretch of days', () => {
  it.each([
    ['this_week', '2026-11-16', '2026-11-22'],
    ['last_week', '2026-11-09', '2026-11-16'],
    ['last_4_weeks', '2026-10-19', '2026-11-16'],
    ['last_90_days', '2026-08-24', '2026-11-22'],
    ['this_month', '2026-11-01', '2026-11-22'],
    ['last_month', '2026-10-01', '2026-11-01'],
    ['last_12_months', '2025-11-22', '2026-11-22'],
  ] as const)('is called %s', (name, from, until) => {
    const span = spanNamed(name, NOW, 'Europe/Berlin');
    expect([span.from.toString(), span.until.toString()]).toEqual([from, until]);
  });

  it('has every name that can be chosen', () => {
    for (const name of Object.keys(NAMED_SPANS) as NamedSpan[])
      expect(daysSoFar(spanNamed(name, NOW, 'UTC'), NOW)).toBeGreaterThan(0);
  });

  it('is compared with as many days before it', () => {
    const before = spanBefore(spanNamed('last_week', NOW, 'UTC'));
    expect([before.from.toString(), before.until.toString()]).toEqual(['2026-11-02', '2026-11-09']);
  });

  it.each([
    ['', ''],
    ['2026-11-02', '2026-11-01'],
    ['2026-02-30', 'tomorrow'],
    ['1026-02-03', '2026-02-03'],
  ])('is none from %s to %s', (from, to) => {
    expect(spanBetween(from, to, 'UTC')).toBeNull();
  });

  it('is drawn by days, weeks or months, none left out', () => {
    const span = spanNamed('last_90_days', NOW, 'UTC');
    expect([stepOf(span), stepsOf(span, 'week').length, stepsOf(span, 'week')[0]]).toEqual(['week', 14, '2026-08-17']);
    expect(stepsOf(spanNamed('last_12_months', NOW, 'UTC'), 'month')).toHaveLength(13);
  });

  it('has the hours that clocks on the wall have, whatever is put forward', () => {
    const spring = spanBetween('2026-03-29', '2026-03-29', 'Europe/Berlin');
    expect(spring === null ? 0 : daysSoFar(spring, NOW)).toBeCloseTo(23 / 24);
  });
});
