import { OPEN_FIELDS } from '../../decide/conditions/fields.ts';
import type { ClarifyRule, Policy } from '../../decide/policy.ts';
import type { Intake } from '../written/intake.ts';
import { minutesOf } from '../written/words.ts';
import { compileCondition, type Names } from './condition.ts';
import { extractsOf } from './extract.ts';

type OfIntake = Pick<
  Policy['intake'],
  'extract' | 'clarify' | 'light' | 'notTickets' | 'leaveOut' | 'ownLists' | 'breaker' | 'lettersPerDay'
>;

/** What intake.yaml says, ready to be asked. `placeOf` tells where a rule of a list stands. */
export function intakeOf(written: Intake, names: Names, placeOf: (list: string, index: number) => string): OfIntake {
  const { messages, within, lettersPerDay } = written.breaker;
  return {
    extract: extractsOf(written.extract),
    clarify: written.clarify.map((rule, index) => ({ ...clarifyOf(rule, names), place: placeOf('clarify', index) })),
    light: written.light === undefined ? null : lightOf(written.light, names),
    notTickets: written.notTickets.map((rule, index) => ({
      ...rule,
      when: compileCondition(rule.when, names),
      place: placeOf('notTickets', index),
    })),
    leaveOut: written.leaveOut,
    ownLists: written.ownLists,
    breaker: messages === null ? null : { messages, withinMinutes: minutesOf(within) },
    lettersPerDay,
  };
}

function clarifyOf(
  { name, why, owner, when, ask, template, remindAfter, giveUpAfter, calendar }: Intake['clarify'][number],
  names: Names,
): Omit<ClarifyRule, 'place'> {
  return {
    name,
    why,
    owner,
    when: compileCondition(when, names),
    ask: ask.map(({ field, question, choices = [], remember = null }) => ({
      field: field.slice(OPEN_FIELDS.form.length),
      question,
      choices,
      rememberMinutes: remember === null ? null : minutesOf(remember),
    })),
    template,
    remindAfterMinutes: remindAfter === null ? null : minutesOf(remindAfter),
    giveUpAfterMinutes: minutesOf(giveUpAfter),
    calendar: names.calendars[calendar] ?? null,
  };
}

function lightOf({ when, fullAfter }: NonNullable<Intake['light']>, names: Names): OfIntake['light'] {
  const { messages, time } = fullAfter;
  return { when: compileCondition(when, names), messages, minutes: minutesOf(time) };
}
