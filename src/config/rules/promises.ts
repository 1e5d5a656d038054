import type { Calendar } from '../../decide/sla/calendar.ts';
import { POLICY_METRICS, type PolicyMetric } from '../../domain/clock.ts';
import { PRIORITIES } from '../../domain/ticket.ts';
import type { SlaPolicy } from '../written/sla.ts';
import { minutesOf } from '../written/words.ts';
import type { Check, CheckedConfig, Report } from './check.ts';
import { isAlways } from './implication.ts';

const DAYS = /^(\d+)d/;

/** A day of 24 hours means nothing where only open hours count, and people read it as a working day. */
export const NO_DAYS_IN_OPEN_HOURS: Check = {
  reads: ['sla.yaml', 'people.yaml'],
  look(config, report) {
    config.written.sla.policies.forEach((policy, index) => {
      for (const metric of POLICY_METRICS) checkDays(config, { policy, index, metric }, report);
    });
  },
};

interface Promised {
  policy: SlaPolicy;
  index: number;
  metric: PolicyMetric;
}

function checkDays(
  { policy: { calendars } }: CheckedConfig,
  { policy, index, metric }: Promised,
  report: Report,
): void {
  const target = policy.targets[metric];
  if (target === undefined) return;
  const own = typeof target === 'string' ? undefined : target.calendar;
  const calendar = calendars[own ?? policy.calendar];
  if (calendar === undefined) return;
  const path = ['policies', index, 'targets', metric];
  const durations =
    typeof target === 'string'
      ? [{ duration: target, path }]
      : PRIORITIES.map((priority) => ({ duration: target[priority], path: [...path, priority] }));
  for (const { duration, path: at } of durations) {
    const days = DAYS.exec(duration ?? '')?.[1];
    if (duration === undefined || days === undefined) continue;
    report.error(
      { file: 'sla.yaml', path: at },
      `"${duration}" can be misread: a day is 24 hours, and the calendar "${calendar.name}" opens for fewer`,
      `Write hours, of which only open ones count: ${days} working days there are about ${hoursOf(calendar, Number(days))}h.`,
    );
  }
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
    written.sla.policies.forEach(({ targets }, index) => {
      for (const metric of POLICY_METRICS) {
        const target = targets[metric];
        const durations =
          typeof target === 'string' ? [target] : PRIORITIES.flatMap((priority) => target?.[priority] ?? []);
        if (!durations.some((duration) => minutesOf(duration) === 0)) continue;
        const spot = { file: 'sla.yaml', path: ['policies', index, 'targets', metric] } as const;
        report.error(spot, 'a target of no time is missed before anybody can look', 'Give at least 1m.');
      }
    });
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
