import type { Policy } from '../../decide/policy.ts';
import { type Intake } from '../written/intake.ts';
import { minutesOf } from '../written/words.ts';
import { compileCondition, type Names } from './condition.ts';
import { extractsOf } from './extract.ts';

type OfIntake = Pick<
  Policy['intake'],
  'extract' | 'notTickets' | 'leaveOut' | 'ownLists' | 'breaker' | 'lettersPerDay'
>;

/** What intake.yaml says, ready to be asked. `placeOf` tells where the rules of `notTickets` stand. */
export function intakeOf(written: Intake, names: Names, placeOf: (index: number) => string): OfIntake {
  const { messages, within, lettersPerDay } = written.breaker;
  return {
    extract: extractsOf(written.extract),
    notTickets: written.notTickets.map((rule, index) => ({
      ...rule,
      when: compileCondition(rule.when, names),
      place: placeOf(index),
    })),
    leaveOut: written.leaveOut,
    ownLists: written.ownLists,
    breaker: messages === null ? null : { messages, withinMinutes: minutesOf(within) },
    lettersPerDay,
  };
}
