import type { HandoffContract } from '../../decide/policy.ts';
import type { Routing } from '../written/routing.ts';
import { listOf, minutesOf } from '../written/words.ts';

/** Half a working day, so that a ticket is not forgotten over night. */
const USUAL_ANSWER = '4h';

const USUAL_CODES = ['not_ours', 'more_information', 'no_room'];

export function handoffsOf({ handoffs }: Routing, placeOf: (index: number) => string): readonly HandoffContract[] {
  return handoffs.map((written, index) => {
    const { answerWithin = USUAL_ANSWER, remind, calendar, customer, reasonCodes = USUAL_CODES, ...rest } = written;
    return {
      ...rest,
      place: placeOf(index),
      from: namesOf(written.from),
      to: namesOf(written.to),
      answerMinutes: minutesOf(answerWithin),
      calendar: calendar === 'always' ? null : calendar,
      remindMinutes: remind === undefined ? null : minutesOf(remind),
      customer: customer === 'none' ? null : customer,
      reasonCodes,
    };
  });
}

function namesOf(written: string | readonly string[]): readonly string[] | null {
  const names = listOf(written);
  return names.includes('any') ? null : names;
}
