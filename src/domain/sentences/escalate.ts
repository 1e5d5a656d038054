import type { ReasonParams } from '../decision.ts';
import { because, cut, plain, quote, series, type Sentences, word, words } from './words.ts';

/** How much of a definition's name a sentence has room for. */
const LONGEST_NAME = 60;

/** How an escalation ended. */
const CAUSES: Readonly<Record<string, string>> = {
  answered: 'the requester was answered',
  resolved: 'the ticket is resolved',
  closed: 'the ticket is closed',
  cleared: 'its condition holds no more',
  undefined: 'the config has no such definition any more',
};

/** Why nobody of the team was told. */
const NOBODY_TOLD: Readonly<Record<string, string>> = {
  none: 'nobody is named for it',
  told_before: 'all who are named know of it already',
};

/** Why nothing went to the requester. */
const NO_LETTER: Readonly<Record<string, string>> = {
  none: 'no letter is named for it',
  no_address: 'there is no address',
  automatic_sender: 'the sender looks like a machine',
  bounced: 'letters to the address come back',
  told_before: 'they had that letter already',
};

/** What was escalated, by what, to whom, and how it ended. */
export const escalateSentences: Sentences = {
  'escalate.raised': (reason) => {
    const { params } = reason;
    const others = words(params, 'others');
    const too =
      others.length === 0 ? '' : ` and ${others.length === 1 ? quote(others[0] ?? '') : series(others, { most: 2 })}`;
    return `Escalated to level ${word(params, 'level')} by ${called(params)}${too}${because({ ...reason, source: { kind: 'default' } })}.`;
  },
  'escalate.raised_by_hand': ({ params }) => `${word(params, 'by')} escalated it to level ${word(params, 'level')}.`,
  'escalate.lowered_by_hand': ({ params }) => {
    const verdict = word(params, 'verdict');
    const said = verdict === '' ? '' : `; it was ${plain(verdict)}`;
    if (params['level'] === 0) return `${word(params, 'by')} ended the escalation${said}.`;
    return `${word(params, 'by')} took it down to level ${word(params, 'level')}${said}.`;
  },
  'escalate.ended': ({ params }) => {
    const why = CAUSES[word(params, 'cause')] ?? plain(word(params, 'cause'));
    const left = params['left'] === 0 ? 'No longer escalated' : `Level ${word(params, 'left')} stays`;
    return `${left}: ${called(params)} is over after ${word(params, 'minutes')} min, because ${why}.`;
  },
  'escalate.priority_raised': ({ params, change }) =>
    `Priority ${String(change?.to)} while it is escalated (${called(params)}); it was ${word(params, 'was')}.`,
  'escalate.priority_kept': ({ params }) =>
    `Priority stays ${word(params, 'priority')} though it is escalated, because ${word(params, 'by')} chose it.`,
  'escalate.priority_given_back': ({ change }) => `Priority ${String(change?.to)} again, as before the escalation.`,
  'escalate.accountable': ({ params }) =>
    params['isOwner'] === true
      ? `${word(params, 'name')} answers for the escalation, as the owner.`
      : `${word(params, 'name')} answers for the escalation.`,
  'escalate.accountable_released': ({ params }) => `${word(params, 'name')} need not answer for it any more.`,
  'escalate.told': ({ params }) => {
    const instead = params['isInstead'] === true ? ' instead' : '';
    return `Told ${people(params, 'to')} of the escalation by email${instead}${missing(params)}.`;
  },
  'escalate.told_nobody': ({ params }) =>
    `Told nobody of the escalation: ${NOBODY_TOLD[word(params, 'why')] ?? `no address for ${people(params, 'unreachable')}, nor for anybody instead`}.`,
  'escalate.end_told': ({ params }) => `Told ${people(params, 'to')} that the escalation is over.`,
  'escalate.requester_told': ({ params }) => `A letter about the escalation goes to ${word(params, 'to')}.`,
  'escalate.requester_not_told': ({ params }) =>
    `Told the requester nothing of the escalation: ${NO_LETTER[word(params, 'why')] ?? plain(word(params, 'why'))}.`,
};

function called(params: ReasonParams): string {
  return quote(cut(word(params, 'name'), LONGEST_NAME));
}

function people(params: ReasonParams, name: string): string {
  return series(
    words(params, name).map((one) => cut(one, 40)),
    { most: 3 },
  );
}

function missing(params: ReasonParams): string {
  return words(params, 'unreachable').length === 0 ? '' : `; no address for ${people(params, 'unreachable')}`;
}
