import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Sla } from '../../src/config/written/sla.ts';
import { explainWalk, walkText } from '../../src/decide/sla/walk.ts';
import { METRICS, POLICY_METRICS } from '../../src/domain/clock.ts';
import { aClock } from '../decide/sla/arbitraries.ts';
import { aConfig } from '../support/config.ts';
import { aCalendar, local } from '../support/builders.ts';

const PAGE = readFileSync(new URL('../../docs/sla.md', import.meta.url), 'utf8');

/** The cells of the table's rows that begin with a metric. */
function rows(): readonly (readonly string[])[] {
  return PAGE.split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, first]) => METRICS.some((metric) => first === `\`${metric}\``));
}

describe('the page on promises', () => {
  it('has a row for every clock, in the order of the code', () => {
    expect(rows().map(([, metric]) => metric)).toEqual(METRICS.map((metric) => `\`${metric}\``));
  });

  it('names the statuses in which each stands still unless the config says otherwise', () => {
    const { pausedIn } = Sla.parse({});
    for (const [index, metric] of POLICY_METRICS.entries()) {
      const told = rows()[index]?.[3]?.replaceAll(' ', '_').split(',_') ?? [];
      expect(told.filter((status) => status !== '–').toSorted()).toEqual([...pausedIn[metric]].toSorted());
    }
  });

  it('has an example of a promise that is a policy as it stands there (A-074)', () => {
    const [, text = ''] = /```yaml\n(# sla\.yaml\npolicies:(?:(?!```)[\s\S])*?promise:[\s\S]*?)```/.exec(PAGE) ?? [];
    const { policy, warnings } = aConfig({ 'sla.yaml': text });
    expect(warnings).toEqual([]);
    expect(policy.sla.policies.map(({ promises }) => promises.length)).toEqual([2]);
  });

  it('shows a walk as it is written', () => {
    const calendar = aCalendar('America/Chicago', 'Mon-Fri 08:00-18:00', { holidays: ['2026-05-25'] });
    const start = { type: 'start' as const, at: local('2026-05-22T16:00', 'America/Chicago') };
    expect(PAGE).toContain(walkText(explainWalk(aClock({ targetMinutes: 240, events: [start] }), calendar)));
  });
});
