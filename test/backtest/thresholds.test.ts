import { describe, expect, it } from 'vitest';
import { crossed, thresholdsIn } from '../../src/backtest/thresholds.ts';
import { aSummary } from '../support/backtest-results.ts';

describe('thresholds', () => {
  it('are written as names, with commas between', () => {
    expect(thresholdsIn('agreement, sla,changed=10%')).toEqual([
      { kind: 'agreement' },
      { kind: 'sla' },
      { kind: 'changed', percent: 10 },
    ]);
    expect(thresholdsIn('changed>2.5')).toEqual([{ kind: 'changed', percent: 2.5 }]);
  });

  it.each(['', 'changed', 'changed=', 'changed=lots', 'agreement;sla', 'changed=-1%'])(
    'are nothing else: %j',
    (written) => {
      expect(thresholdsIn(written)).toBeNull();
    },
  );

  it('are not crossed by what stays the same', () => {
    const all = [{ kind: 'agreement' }, { kind: 'sla' }, { kind: 'changed', percent: 20 }] as const;
    expect(crossed(aSummary({ tickets: 100, changed: 20 }), all)).toEqual([]);
  });

  it('are crossed when fewer tickets are as people left them', () => {
    const agreement = { ...aSummary().agreement, priority: { tickets: 80, before: 70, after: 60 } };
    expect(crossed(aSummary({ agreement }), [{ kind: 'agreement' }])).toEqual([
      'The priority agrees with what people finally did for 60 of 80 tickets, and did for 70.',
    ]);
  });

  it('are crossed when more promises are broken', () => {
    const { firstResponse, resolution } = aSummary().sla;
    const after = { ...resolution.after, breached: resolution.before.breached + 2 };
    const sla = { firstResponse, resolution: { ...resolution, after } };
    expect(crossed(aSummary({ sla }), [{ kind: 'sla' }])).toEqual(['3 resolutions are too late, and 1 were.']);
  });

  it('are crossed when more tickets differ than are allowed', () => {
    expect(crossed(aSummary({ tickets: 200, changed: 21 }), [{ kind: 'changed', percent: 10 }])).toEqual([
      '10.5 % of the tickets come out otherwise, above 10 %.',
    ]);
  });
});
