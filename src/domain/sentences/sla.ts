import type { ReasonParams } from '../decision.ts';
import { capital, cut, plain, series, type Sentences, word, words } from './words.ts';

/** So that a name of any length leaves room for what is said about it. */
const LONGEST_NAME = 40;

/** What the clocks say. */
export const slaSentences: Sentences = {
  'sla.due_set': ({ params }) =>
    `${word(params, 'clock')} is due ${word(params, 'dueLocal')}: ${target(params)}${policy(params)}.`,
  'sla.never_due': ({ params }) =>
    `${word(params, 'clock')} has no due time: calendar ${name(params, 'calendar')} does not open${policy(params)}.`,
  'sla.due_moved': ({ params }) =>
    `${word(params, 'clock')} is due ${word(params, 'dueLocal')} instead of ${former(params)}: ` +
    `the rules were edited, and ${target(params)} counted anew.`,
  'sla.target_changed': ({ params }) =>
    `${word(params, 'clock')} ${due(params)}: ${target(params)}${insteadOf(params)}, ` +
    `${word(params, 'countedMinutes')} counted so far${policy(params)}.`,
  'sla.paused': ({ params }) =>
    `${word(params, 'clock')} stands still while the ticket is ${plain(word(params, 'status'))}: ${left(params)}.`,
  'sla.resumed': ({ params }) => `${word(params, 'clock')} runs again and ${due(params)}: ${left(params)}.`,
  'sla.reopened': ({ params }) => `${word(params, 'clock')} counts on and ${due(params)}: ${left(params)}.`,
  'sla.dropped': ({ params }) =>
    `${word(params, 'clock')} has no target any more: no policy promises it for ${word(params, 'priority')} priority.`,
  'sla.met': ({ params }) =>
    `${word(params, 'clock')} in time: ${word(params, 'countedMinutes')} of ${target(params)}.`,
  'sla.missed': ({ params }) =>
    `${word(params, 'clock')} late: ${word(params, 'countedMinutes')} minutes, where ${target(params)} ` +
    `were promised${policy(params)}.`,
  'sla.warned': ({ params }) =>
    `${word(params, 'clock')} is due ${word(params, 'dueLocal')}: ${word(params, 'countedMinutes')} of ` +
    `${target(params)} are used${told(params)}.`,
  'sla.warning_superseded': ({ params }) =>
    `No warning for ${lower(word(params, 'clock'))}: its target was used up already when it was looked at.`,
  'sla.breached': ({ params }) =>
    `${word(params, 'clock')} is overdue since ${word(params, 'breachedLocal')}: ${target(params)} are used up` +
    `${policy(params)}${told(params)}.`,
  'sla.target_tightened': ({ params }) =>
    `${word(params, 'clock')} overdue since ${word(params, 'breachedLocal')}: target tightened from ` +
    `${word(params, 'formerMinutes')} to ${target(params)}, ${word(params, 'countedMinutes')} were used${told(params)}.`,
  'sla.breach_taken_back': ({ params }) =>
    `${word(params, 'clock')} was not overdue ${word(params, 'breachedLocal')}: ` +
    'what was done before reached us only afterwards.',
  'sla.state': ({ params }) => state(params),
  'sla.none': ({ params }) => `No clock runs: no policy has a target for ${word(params, 'priority')} priority.`,
};

/** `60 minutes of office hours`. */
function target(params: ReasonParams): string {
  const hours = word(params, 'calendar') === '' ? 'around the clock' : `of ${name(params, 'calendar')}`;
  return `${word(params, 'targetMinutes')} minutes ${hours}`;
}

function policy(params: ReasonParams): string {
  return ` (policy ${name(params, 'policy')})`;
}

function due(params: ReasonParams): string {
  return word(params, 'dueLocal') === '' ? 'stands still' : `is due ${word(params, 'dueLocal')}`;
}

function former(params: ReasonParams): string {
  return word(params, 'formerDueLocal') || 'never';
}

function insteadOf(params: ReasonParams): string {
  const minutes = word(params, 'formerMinutes');
  return minutes === word(params, 'targetMinutes') ? '' : ` instead of ${minutes}`;
}

function left(params: ReasonParams): string {
  const minutes = Number(params['leftMinutes']);
  return minutes > 0 ? `${minutes} left of ${target(params)}` : `all of ${target(params)} are used`;
}

function told(params: ReasonParams): string {
  const to = words(params, 'to').map((one) => cut(one, LONGEST_NAME));
  return to.length === 0 ? '; nobody is named to be told' : `; told ${series(to, { most: 2 })}`;
}

function state(params: ReasonParams): string {
  const clock = lower(word(params, 'clock'));
  const when = word(params, 'dueLocal');
  switch (word(params, 'state')) {
    case 'on_track':
      return when === '' ? `On track: ${clock} has no due time.` : `On track: ${clock} is due ${when}.`;
    case 'warning':
      return `Close to its time: ${clock} is due ${when}.`;
    case 'breached':
      return params['isDone'] === true
        ? `Done, but late: ${clock} was due ${when}.`
        : `Overdue: ${clock} was due ${when}.`;
    case 'paused':
      return `The clocks stand still while the ticket is ${plain(word(params, 'status'))}.`;
    case 'met':
      return when === '' ? `Done in time: ${clock}.` : `Done in time: ${clock} was due ${when}.`;
    default:
      return `${capital(clock)} is ${plain(word(params, 'state'))}.`;
  }
}

function name(params: ReasonParams, key: string): string {
  return cut(word(params, key), LONGEST_NAME);
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
