import type { Path } from '../source.ts';
import type { FollowUp } from '../written/follow-up.ts';
import { minutesOf } from '../written/words.ts';
import type { Check, Spot } from './check.ts';
import { checkDays } from './promises.ts';

function at(...path: Path): Spot {
  return { file: 'follow-up.yaml', path };
}

/** The reminder goes before anything is done about the silence, and after some time. */
export const REMINDER_FIRST: Check = {
  reads: ['follow-up.yaml'],
  look({ written: { followUp } }, report) {
    const { silence } = followUp;
    if (silence === undefined) return;
    if (minutesOf(silence.remindAfter) === 0) {
      report.error(at('silence', 'remindAfter'), 'reminds requesters before they can answer', 'Give at least 1m.');
    }
    if (minutesOf(silence.remindAfter) < minutesOf(silence.resolveAfter)) return;
    report.error(
      at('silence', 'resolveAfter'),
      `"${silence.resolveAfter}" is no later than the reminder, which goes after ${silence.remindAfter}`,
      'Let some time pass between the reminder and the end of the wait.',
    );
  },
};

/** A day of 24 hours means nothing where only open hours count. */
export const NO_DAYS_IN_OPEN_WAITS: Check = {
  reads: ['follow-up.yaml', 'people.yaml'],
  look({ written: { followUp }, policy: { calendars } }, report) {
    for (const { duration, calendar, path } of waitsIn(followUp)) {
      checkDays({ duration, calendar: calendars[calendar], spot: at(...path) }, report);
    }
  },
};

function waitsIn({ closing, silence, checkIns }: FollowUp) {
  const waits: { duration: string; calendar: string; path: Path }[] = checkIns.map(({ after, calendar }, index) => ({
    duration: after,
    calendar,
    path: ['checkIns', index, 'after'],
  }));
  if (closing !== undefined) {
    waits.push({ duration: closing.after, calendar: closing.calendar, path: ['closing', 'after'] });
  }
  if (silence !== undefined) {
    const { calendar, remindAfter, resolveAfter } = silence;
    waits.push({ duration: remindAfter, calendar, path: ['silence', 'remindAfter'] });
    waits.push({ duration: resolveAfter, calendar, path: ['silence', 'resolveAfter'] });
  }
  return waits;
}

/** A planned check-in is known by its name. */
export const CHECK_INS_ONCE: Check = {
  reads: ['follow-up.yaml'],
  look({ policy: { followUp } }, report) {
    followUp.checkIns.forEach(({ name }, index) => {
      const other = followUp.checkIns.slice(0, index).find((above) => above.name === name);
      if (other === undefined) return;
      const fix = 'Give each check-in a name of its own, so that a decision says which one it was.';
      report.error(at('checkIns', index, 'name'), `"${name}" is the name of the check-in at ${other.place} too`, fix);
    });
  },
};
