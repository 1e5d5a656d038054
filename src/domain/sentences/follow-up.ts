import type { ReasonParams } from '../decision.ts';
import { counted, cut, plain, quote, type Sentences, word } from './words.ts';

const MINUTES_OF_A_DAY = 24 * 60;

/** Why a letter did not go. */
const NOT_SENT: Readonly<Record<string, string>> = {
  no_address: 'there is no address',
  automatic_sender: 'the address looks like a machine',
  bounced: 'the last letter to that address came back',
  no_page: 'PUBLIC_URL is not set, so nobody could answer',
  too_late: 'it is too long ago',
};

/** Why nobody is asked how it is going any more. */
const DROPPED: Readonly<Record<string, string>> = {
  wrote: 'the requester wrote',
  opened: 'the ticket is open again',
  resolved: 'the ticket is resolved',
  gone: 'its rule is gone',
};

/** What comes of a ticket that nobody works on any more. */
export const followUpSentences: Sentences = {
  'follow_up.closed': ({ params }) => `Closed: nobody wrote for ${wait(params)} after it was resolved.`,
  'follow_up.reminded': ({ params }) => `Reminded ${who(params, 'to')}, who has not answered for ${wait(params)}.`,
  'follow_up.not_reminded': ({ params }) => `No reminder after ${wait(params)} without an answer: ${why(params)}.`,
  'follow_up.silent': ({ params }) =>
    `Resolved from ${plain(word(params, 'was'))}: ${who(params, 'name')} did not answer for ${wait(params)}.`,
  'follow_up.summarised': ({ params }) => `What was done goes to ${who(params, 'to')}.`,
  'follow_up.not_summarised': ({ params }) => `No summary of what was done: ${why(params)}.`,
  'follow_up.check_in_planned': ({ params }) =>
    `Asks how it is going ${word(params, 'dueLocal')} (check-in ${name(params)}).`,
  'follow_up.check_in_dropped': ({ params }) => `No check-in ${name(params)}: ${why(params)}.`,
  'follow_up.checked_in': ({ params }) => `Asks ${who(params, 'to')} how it is going (check-in ${name(params)}).`,
  'follow_up.not_checked_in': ({ params }) => `No check-in ${name(params)}: ${why(params)}.`,
  'follow_up.surveyed': ({ params }) =>
    `Asks ${who(params, 'to')} how it was, as ${word(params, 'percent')} % of all are asked.`,
  'follow_up.not_surveyed': ({ params }) => `Does not ask how it was: ${whyNotAsked(params)}.`,
  'follow_up.rated': ({ params }) => `${who(params, 'name')} gives ${word(params, 'score')} of 5${comment(params)}.`,
  'follow_up.commented': ({ params }) =>
    params['comment'] === null
      ? `${who(params, 'name')} took the comment back.`
      : `${who(params, 'name')} says ${quote(word(params, 'comment'))}.`,
};

function wait(params: ReasonParams): string {
  const minutes = Number(params['minutes']);
  const calendar = word(params, 'calendar');
  if (calendar !== '') return `${length(minutes, 'hour')} of ${cut(calendar, 40)}`;
  return length(minutes, minutes > MINUTES_OF_A_DAY ? 'day' : 'hour');
}

/** In the largest unit that gives a whole number. */
function length(minutes: number, largest: 'day' | 'hour'): string {
  if (largest === 'day' && minutes % MINUTES_OF_A_DAY === 0) return counted(minutes / MINUTES_OF_A_DAY, 'day');
  return minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute');
}

function why(params: ReasonParams): string {
  const said = word(params, 'why');
  return NOT_SENT[said] ?? DROPPED[said] ?? plain(said);
}

function whyNotAsked(params: ReasonParams): string {
  switch (word(params, 'why')) {
    case 'not_drawn':
      return `it is not among the ${word(params, 'percent')} % that are drawn`;
    case 'asked_lately':
      return `the requester was asked within the last ${counted(Number(params['days']), 'day')}`;
    default:
      return why(params);
  }
}

function comment(params: ReasonParams): string {
  const said = word(params, 'comment');
  return said === '' ? '' : ` and says ${quote(said)}`;
}

function who(params: ReasonParams, key: string): string {
  return cut(word(params, key), 60) || 'The requester';
}

function name(params: ReasonParams): string {
  return quote(word(params, 'name'));
}
