import type { Reason, ReasonParams } from '../decision.ts';
import { percent } from '../opinion.ts';
import { capital, cut, plain, quote, series, type Sentences, word, words } from './words.ts';

/** So much of a name of a category or a model. */
const LONGEST_NAME = 40;

/** Words that speak for a category, of which more would only be repetition. */
const MOST_WORDS = 2;

/** Why a language model said nothing, by the code of its problem. */
const FAILURES: Readonly<Record<string, string>> = {
  not_asked: 'is not asked about such tickets any more',
  not_configured: 'is not set up',
  'model.no-key': 'lacks its key',
  'model.address-refused': 'has an address at which nothing may be asked',
  'model.unreachable': 'could not be reached',
  'model.too-slow': 'took too long',
  'model.not-authorised': 'turned our key down',
  'model.not-found': 'is not known at its address',
  'model.no-credit': 'has no credit left',
  'model.rate-limited': 'is asked too often for its plan',
  'model.rejected': 'turned the question down',
  'model.refused': 'would not answer',
  'model.unreadable': 'answered in no form that can be read',
  'model.budget-spent': 'is not asked any more, as its budget is spent',
  'model.resting': 'is not asked for a while, as it failed again and again',
  draft_no_answer: 'found no answer in what the team has said',
  draft_no_source: 'named nothing that its draft rests on',
  draft_link: 'wrote a link that none of its sources has',
  draft_contact: 'wrote an address or a number that none of its sources has',
  draft_told: 'repeated what it was told',
  draft_gap: 'left gaps that nobody can fill',
  draft_language: 'wrote in another language than it was asked to',
  draft_long: 'wrote more than anybody reads',
};

/** What models said, and what becomes of it. */
export const opinionSentences: Sentences = {
  'triage.category_by_opinion': byOpinion,
  'triage.confidence': ({ opinion }) =>
    opinion === null ? 'The category is no guess any more.' : `The category is ${percent(opinion.confidence)} sure.`,
  'triage.opinions_unsure': (reason) => `A person must look: ${guessed(reason, 'and')}.`,
  'triage.model_asked': (reason) => {
    const guesses = guessed(reason, 'or');
    const start = again(reason) === null ? 'No rule gives' : 'Judged again: nothing gave';
    return `${start} a category${guesses === '' ? '' : ` (${guesses})`}, so ${name(reason)} is asked.`;
  },
  'triage.kept_from_model': (reason) => {
    const guesses = guessed(reason, 'and');
    const why = keptWords(word(reason.params, 'by'), word(reason.params, 'which'));
    return `A person must look: ${name(reason)} is not asked, because ${why}${guesses === '' ? '' : `; ${guesses}`}.`;
  },
  'triage.model_failed': (reason) => {
    const guesses = guessed(reason, 'and');
    const why = failureWords(word(reason.params, 'failure'));
    return `A person must look: ${name(reason)} ${why}${guesses === '' ? '' : `; ${guesses}`}.`;
  },
  'triage.model_none': (reason) => {
    const guesses = guessed(reason, 'and');
    return `A person must look: ${name(reason)} says that no category fits${guesses === '' ? '' : `; ${guesses}`}.`;
  },
  'triage.model_unsure': (reason) =>
    `A person must look: ${name(reason)} says ${category(reason.params, 'category')}, which is ${sure(reason)}` +
    `${record(reason.params)}; ${needed(reason)}.`,
  'triage.opinions_differ': (reason) =>
    `A person must look: ${name(reason)} says ${category(reason.params, 'category')}, but by what was learned it is ` +
    `${category(reason.params, 'learned')}, ${sure(reason)}.`,
  'triage.severity_read': (reason) => `Severity ${plain(String(reason.change?.to))}, as ${name(reason)} reads it.`,
  'triage.language_read': (reason) => `Written in ${word(reason.params, 'language')}, as ${name(reason)} reads it.`,
  'triage.field_read': (reason) =>
    `${capital(plain(word(reason.params, 'field')))} is ${quote(word(reason.params, 'value'))}, as ${name(reason)} reads it.`,
  'triage.summed_up': (reason) => `${name(reason)} summed the message up.`,
  'triage.not_summed_up': () => 'The summary is taken away: tickets of this category have none.',
};

/** Why no model is asked: `nothing of the channel “hr-mail” goes to models`. */
export function keptWords(by: string, which: string): string {
  const what = quote(cut(plain(which), LONGEST_NAME));
  if (by === 'channel') return `nothing of the channel ${what} goes to models`;
  return by === 'guess' ? `it may be of ${what}, of which nothing goes to models` : `nothing of ${what} goes to models`;
}

/** What a language model did instead of answering: `took too long`. */
export function failureWords(code: string): string {
  return (Object.hasOwn(FAILURES, code) ? FAILURES[code] : undefined) ?? 'gave no answer';
}

/** `Billing, 97 % sure, as in T-1042, by “charged twice” and “card”; 93 % are enough, next is refund at 2 %.` */
function byOpinion(reason: Reason): string {
  const { params, change } = reason;
  const given = cut(plain(String(change?.to)), LONGEST_NAME);
  const what = again(reason) === null ? capital(given) : `Judged again, ${again(reason)}: ${given}`;
  const enough = `; ${needed(reason)}${next(reason)}.`;
  if (params['from'] === 'language_model') {
    return `${what}, ${sure(reason)}, as ${name(reason)} says${record(params)}${enough}`;
  }
  const nearest = word(params, 'nearest');
  const spoken = reason.evidence.flatMap((each) => (each.kind === 'text' ? [quote(each.quote)] : []));
  const by = spoken.length === 0 ? '' : ` by ${series(spoken.slice(0, MOST_WORDS))}`;
  return `${what}, ${sure(reason)}${by}${nearest === '' ? '' : `, as ${nearest} was`}${enough}`;
}

/** Why a ticket that was judged before is judged once more; null of one that was not. */
function again({ params }: Reason): string | null {
  switch (params['again']) {
    case 'learned':
      return 'as more was learned';
    case 'other_model':
      return 'as there is another model';
    default:
      return null;
  }
}

function sure({ opinion }: Reason): string {
  return `${percent(opinion?.confidence ?? 0)} sure`;
}

function needed({ opinion }: Reason): string {
  return `${percent(opinion?.threshold ?? 1)} are needed`;
}

function next({ opinion }: Reason): string {
  const other = opinion?.runnerUp ?? null;
  return other === null ? '' : `, next is ${cut(plain(other.value), LONGEST_NAME)} at ${percent(other.confidence)}`;
}

/** `, right in 31 of 32 such answers here`; empty where nobody knows of any. */
function record(params: ReasonParams): string {
  const known = params['known'];
  return typeof known !== 'number' || known === 0 ? '' : `, right in ${word(params, 'right')} of ${known} such answers`;
}

/** `billing 61 % and refund 22 % are guessed, 93 % are needed`; empty where nothing is. */
function guessed(reason: Reason, last: 'and' | 'or'): string {
  const guesses = words(reason.params, 'guesses').map((each) => cut(each, LONGEST_NAME));
  const verb = guesses.length > 1 ? 'are guessed' : 'is guessed';
  return guesses.length === 0 ? '' : `${series(guesses, { last })} ${verb}, ${needed(reason)}`;
}

function name({ params }: Reason): string {
  return cut(word(params, 'name'), LONGEST_NAME);
}

function category(params: ReasonParams, which: string): string {
  return cut(plain(word(params, which)), LONGEST_NAME);
}
