import { capital, cut, plain, quote, ruleOf, series, type Sentences, word, words } from './words.ts';
import type { ReasonParams } from '../decision.ts';

const NOT_ASKED: Readonly<Record<string, string>> = {
  no_address: 'there is no address',
  automatic_sender: 'the sender looks like a machine',
  bounced: 'a letter to the address came back',
};

/** What is asked before triage, and what came of it. */
export const clarifySentences: Sentences = {
  'clarify.known': ({ params }) =>
    `Need not ask for ${field(params)}: the account says ${quote(word(params, 'value'))}.`,
  'clarify.remembered': ({ params }) =>
    `Need not ask for ${field(params)}: on ${word(params, 'ticket')} the requester said ${quote(word(params, 'value'))}.`,
  'clarify.not_asked': ({ params }) =>
    `Goes on without ${fields(params, 'fields')}: nobody could be asked, as ${NOT_ASKED[word(params, 'why')] ?? plain(word(params, 'why'))}.`,
  'clarify.asked': ({ params, source }) =>
    `Asked ${cut(word(params, 'to'), 50)} for ${fields(params, 'fields')}${ruleOf(source)}.`,
  'clarify.waits': ({ params }) =>
    `Waits for ${fields(params, 'fields')}, which decides where it goes or how urgent it is.`,
  'clarify.reminded': ({ params }) => `Asked ${cut(word(params, 'to'), 50)} once more for ${fields(params, 'fields')}.`,
  'clarify.read': ({ params, evidence: [first] }) =>
    `${capital(field(params))} is ${quote(word(params, 'value'))}, by the answer${first?.kind === 'text' && first.quote !== params['value'] ? ` ${quote(first.quote)}` : ''}.`,
  'clarify.answered': ({ params }) =>
    words(params, 'open').length === 0
      ? 'Goes on: all that was asked is known.'
      : `Goes on: some of what was asked is known, and ${fields(params, 'open')} is not.`,
  'clarify.unread': ({ params }) =>
    `Goes on: there is an answer, but not one that tells ${fields(params, 'open')} by itself.`,
  'clarify.gave_up': ({ params }) => `Goes on without ${fields(params, 'open')}: nobody answered.`,
  'clarify.taken_over': () => 'Goes on: a person took it in hand.',
};

function field(params: ReasonParams): string {
  return cut(plain(word(params, 'field')), 60);
}

function fields(params: ReasonParams, name: string): string {
  const named = words(params, name).map((each) => cut(plain(each), 30));
  return named.length === 0 ? 'more' : series(named);
}
