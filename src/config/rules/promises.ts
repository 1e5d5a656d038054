import { PROMISED } from '../../decide/sla/due-fields.ts';
import type { Calendar } from '../../decide/sla/calendar.ts';
import { POLICY_METRICS, type PolicyMetric } from '../../domain/clock.ts';
import { PRIORITIES } from '../../domain/ticket.ts';
import { gapNames } from '../replies.ts';
import type { SlaPolicy } from '../written/sla.ts';
import { minutesOf } from '../written/words.ts';
import type { Check, CheckedConfig, Report, Spot } from './check.ts';
import { isAlways } from './implication.ts';

const DAYS = /^(\d+)d/;

/** Everywhere in a policy where a length of time stands. */
export const EVERY_TARGET = (['targets', 'promise'] as const).flatMap((key) =>
  POLICY_METRICS.map((metric) => ({ key, metric })),
);

/** A day of 24 hours means nothing where only open hours count, and people read it as a working day. */
export const NO_DAYS_IN_OPEN_HOURS: Check = {
  reads: ['sla.yaml', 'people.yaml'],
  look(config, report) {
    config.written.sla.policies.forEach((policy, index) => {
      for (const timed of EVERY_TARGET) checkPromise(config, { policy, index, ...timed }, report);
    });
  },
};

interface Promised {
  policy: SlaPolicy;
  index: number;
  key: 'targets' | 'promise';
  metric: PolicyMetric;
}

function checkPromise(
  { policy: { calendars } }: CheckedConfig,
  { policy, index, key, metric }: Promised,
  report: Report,
): void {
  const target = policy[key][metric];
  if (target === undefined) return;
  const own = typeof target === 'string' ? undefined : target.calendar;
  const calendar = calendars[own ?? policy.calendar];
  if (calendar === undefined) return;
  const path = ['policies', index, key, metric];
  const durations =
    typeof target === 'string'
      ? [{ duration: target, path }]
      : PRIORITIES.map((priority) => ({ duration: target[priority], path: [...path, priority] }));
  for (const { duration, path: at } of durations) {
    checkDays({ duration, calendar, spot: { file: 'sla.yaml', path: at } }, report);
  }
}

/** Refuses days where a calendar counts. Without a calendar, or a duration, there is nothing to refuse. */
export function checkDays(
  { duration, calendar, spot }: { duration: string | undefined; calendar: Calendar | undefined; spot: Spot },
  report: Report,
): void {
  const days = DAYS.exec(duration ?? '')?.[1];
  if (calendar === undefined || days === undefined) return;
  report.error(
    spot,
    `"${duration}" can be misread: a day is 24 hours, and the calendar "${calendar.name}" opens for fewer`,
    `Write hours, of which only open ones count: ${days} working days there are about ${hoursOf(calendar, Number(days))}h.`,
  );
}

/** Open hours of so many days, by the calendar's usual open day. */
function hoursOf({ week }: Calendar, days: number): number {
  const openDays = week.filter((windows) => windows.length > 0);
  const minutes = openDays.flat().reduce((sum, { open, close }) => sum + close - open, 0);
  return Math.round((minutes / Math.max(1, openDays.length) / 60) * days);
}

/** A target of no time is missed before anybody can read the ticket. */
export const SOME_TIME: Check = {
  reads: ['sla.yaml'],
  look({ written }, report) {
    written.sla.policies.forEach((policy, index) => {
      for (const { key, metric } of EVERY_TARGET) {
        const target = policy[key][metric];
        const durations =
          typeof target === 'string' ? [target] : PRIORITIES.flatMap((priority) => target?.[priority] ?? []);
        if (!durations.some((duration) => minutesOf(duration) === 0)) continue;
        const spot = { file: 'sla.yaml', path: ['policies', index, key, metric] } as const;
        report.error(spot, 'a target of no time is missed before anybody can look', 'Give at least 1m.');
      }
    });
  },
};

/** Who aims at later than was promised breaks the promise and is told on time that all is well. */
export const PROMISE_NOT_BEFORE_TARGET: Check = {
  reads: ['sla.yaml'],
  look({ policy }, report) {
    policy.sla.policies.forEach(({ targets, promises }, index) => {
      for (const { metric, minutes, calendar } of promises) {
        const target = targets.find((each) => each.metric === metric && each.calendar === calendar);
        const early = PRIORITIES.find((priority) => (minutes[priority] ?? Infinity) < (target?.minutes[priority] ?? 0));
        if (early === undefined) continue;
        report.warning(
          { file: 'sla.yaml', path: ['policies', index, 'promise', metric] },
          `for ${early} tickets ${metric} is promised sooner than the team aims at`,
          'Promise more time, or aim at less.',
        );
      }
    });
  },
};

/** A letter can only name what is promised to somebody. */
export const PROMISED_GAPS: Check = {
  reads: ['sla.yaml'],
  look({ policy }, report) {
    const promised = new Set<string>(
      policy.sla.policies.flatMap(({ promises }) => promises.map(({ metric }) => metric)),
    );
    for (const [what, metrics] of Object.entries(PROMISED)) {
      if (metrics.some((metric) => promised.has(metric))) continue;
      for (const template of Object.values(policy.replies)) {
        if (!gapNames(template).includes(`promise.${what}`)) continue;
        report.error(
          { file: 'sla.yaml', path: ['policies'] },
          `replies/${template.name}.md has the gap "promise.${what}", and no policy promises that`,
          `Add promise: to a policy, with ${metrics.join(' or ')}, or take the gap out.`,
        );
      }
    }
  },
};

/** Tickets that no policy is for have no due times, and nobody may have meant that. */
export const POLICY_FOR_ALL: Check = {
  reads: ['sla.yaml', 'people.yaml'],
  look({ policy }, report) {
    const { policies } = policy.sla;
    if (policies.length === 0 || policies.some(({ when }) => isAlways(when))) return;
    report.warning(
      { file: 'sla.yaml', path: ['policies'] },
      'no policy is for every ticket, so that tickets which fit none have no due times',
      'Add a policy without when as the last one.',
    );
  },
};
