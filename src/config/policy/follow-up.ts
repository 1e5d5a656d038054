import type { CheckInRule, FollowUpPolicy, Wait } from '../../decide/policy.ts';
import type { CheckIn, FollowUp } from '../written/follow-up.ts';
import { minutesOf, shareOf } from '../written/words.ts';
import { compileCondition, type Names } from './condition.ts';

/** Where something of the file stands, as `follow-up.yaml:12`. */
type PlaceOf = (...path: readonly (string | number)[]) => string;

export function followUpOf(written: FollowUp, names: Names, placeOf: PlaceOf): FollowUpPolicy {
  const { closing, gratitude } = written;
  return {
    closing: closing === undefined ? null : waitOf(closing),
    silence: silenceOf(written),
    summary: summaryOf(written),
    checkIns: written.checkIns.map((rule, index) => checkInOf(rule, names, placeOf('checkIns', index))),
    survey: surveyOf(written, names, placeOf('survey')),
    gratitude: gratitude.phrases,
  };
}

function silenceOf({ silence }: FollowUp): FollowUpPolicy['silence'] {
  if (silence === undefined) return null;
  const { statuses, calendar, remindAfter, resolveAfter, reminder } = silence;
  return {
    statuses,
    calendar: calendarOf(calendar),
    remindMinutes: minutesOf(remindAfter),
    resolveMinutes: minutesOf(resolveAfter),
    reminder,
  };
}

function summaryOf({ summary }: FollowUp): FollowUpPolicy['summary'] {
  if (summary === undefined) return null;
  const { after, ...rest } = summary;
  return { ...rest, wait: { minutes: minutesOf(after), calendar: null } };
}

function checkInOf(rule: CheckIn, names: Names, place: string): CheckInRule {
  const { name, why, owner, since, template } = rule;
  return { name, why, owner, since, template, place, when: compileCondition(rule.when, names), wait: waitOf(rule) };
}

function surveyOf({ survey }: FollowUp, names: Names, place: string): FollowUpPolicy['survey'] {
  if (survey === undefined) return null;
  const { template, share, notAgainFor, when } = survey;
  const pauseDays = Number.parseInt(notAgainFor, 10);
  return { template, share: shareOf(share), pauseDays, when: compileCondition(when, names), place };
}

function waitOf({ after, calendar }: { after: string; calendar: string }): Wait {
  return { minutes: minutesOf(after), calendar: calendarOf(calendar) };
}

function calendarOf(written: string): string | null {
  return written === 'always' ? null : written;
}
