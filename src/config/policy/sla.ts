import type { SlaPolicy, SlaTarget } from '../../decide/policy.ts';
import { POLICY_METRICS, type PolicyMetric } from '../../domain/clock.ts';
import { PRIORITIES } from '../../domain/ticket.ts';
import type { Sla, SlaPolicy as WrittenSlaPolicy } from '../written/sla.ts';
import { minutesOf, shareOf } from '../written/words.ts';
import { compileCondition, type Names } from './condition.ts';

type WrittenTarget = NonNullable<WrittenSlaPolicy['targets'][PolicyMetric]>;

export function slaPoliciesOf(sla: Sla, names: Names, placeOf: (index: number) => string): readonly SlaPolicy[] {
  return sla.policies.map((policy, index) => ({
    name: policy.name,
    why: policy.why,
    owner: policy.owner,
    when: compileCondition(policy.when, names),
    place: placeOf(index),
    targets: targetsOf(policy.targets, policy),
    promises: targetsOf(policy.promise, policy),
  }));
}

function targetsOf(written: WrittenSlaPolicy['promise'], policy: WrittenSlaPolicy): readonly SlaTarget[] {
  return POLICY_METRICS.flatMap((metric) => {
    const target = written[metric];
    return target === undefined ? [] : [targetOf(metric, target, policy)];
  });
}

function targetOf(metric: PolicyMetric, target: WrittenTarget, policy: WrittenSlaPolicy): SlaTarget {
  const own = typeof target === 'string' ? {} : target;
  const calendar = own.calendar ?? policy.calendar;
  return {
    metric,
    minutes: Object.fromEntries(
      PRIORITIES.flatMap((priority) => {
        const duration = typeof target === 'string' ? target : target[priority];
        return duration === undefined ? [] : [[priority, minutesOf(duration)]];
      }),
    ),
    calendar: calendar === 'always' ? null : calendar,
    warnShare: shareOf(own.warnAt ?? policy.warnAt),
  };
}
