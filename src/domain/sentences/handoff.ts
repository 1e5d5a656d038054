import type { Reason } from '../decision.ts';
import { needWords } from './handoff-words.ts';
import { cut, plain, quote, series, type Sentences, word, words } from './words.ts';

/** So that a name of any length leaves room for what is said about it. */
const LONGEST_NAME = 40;

/** Who gave a ticket over to another queue, and why; what the other side said; or why that could not be. */
export const handoffSentences: Sentences = {
  'handoff.moved': ({ params }) => `${handed(params, word(params, 'by'))}${ended(word(params, 'reason'), ': ')}`,
  'handoff.reason_added': ({ params }) => {
    const [by, handedBy] = [word(params, 'by'), word(params, 'handedBy')];
    const says = by === handedBy ? ': ' : `; ${by} says: `;
    return `${step(params, handedBy)}${ended(word(params, 'reason'), says)}`;
  },
  'handoff.refused': refusal,
  'handoff.held': ({ params }) =>
    `Not with ${name(params, 'to')} yet: they need ${needs(params)} first. It goes on by itself when that is there.`,
  'handoff.still_held': ({ params }) => `Still not with ${name(params, 'to')}: they need ${needs(params)} first.`,
  'handoff.asked': ({ params }) => `${asks(params, word(params, 'by'))}${ended(word(params, 'reason'), ': ')}`,
  'handoff.helps': ({ params }) => `${helps(params, word(params, 'by'))}${ended(word(params, 'reason'), ': ')}`,
  'handoff.accepted': ({ params }) => {
    const handedBy = handed(params, name(params, 'handedBy'));
    return `${name(params, 'by')} accepted it; ${handedBy}${ended(word(params, 'reason'), ': ')}`;
  },
  'handoff.rejected': ({ params }) =>
    `${name(params, 'by')} rejected it for ${name(params, 'to')} (${code(params)}); it stays with ${name(params, 'owner')}.`,
  'handoff.reminded': ({ params }) => `No answer from ${name(params, 'to')} yet; reminded ${told(params) || 'nobody'}.`,
  'handoff.returned': ({ params }) =>
    `${name(params, 'to')} gave no answer in ${word(params, 'answerMinutes')} minutes${hours(params)}; ` +
    `it stays with ${name(params, 'owner')}.`,
  'handoff.withdrawn': withdrawal,
  'handoff.answer_refused': answerRefusal,
  'handoff.told': ({ params }) =>
    words(params, 'told').length === 0
      ? 'Nobody is named to be told of the hand-off.'
      : `Told ${told(params)} of the hand-off.`,
  'handoff.updated': ({ params }) => {
    const news = word(params, 'news') === 'resolved' ? 'it is resolved' : 'it was answered';
    const to = words(params, 'told').length === 0 ? 'Nobody else' : told(params);
    return `${to}, from whom it came, heard that ${news}.`;
  },
  'handoff.customer_told': ({ params }) => `A letter about the hand-off goes to ${word(params, 'email')}.`,
  'handoff.customer_not_told': ({ params }) => `Told the requester nothing of the hand-off: ${silence(params)}.`,
};

function name(params: Reason['params'], key: string): string {
  return cut(word(params, key), LONGEST_NAME);
}

function handed(params: Reason['params'], by: string): string {
  return `${by} handed it from ${word(params, 'from')} to ${word(params, 'to')}`;
}

function asks(params: Reason['params'], by: string): string {
  return `${by} asks ${name(params, 'to')} to take it from ${name(params, 'from')}`;
}

function helps(params: Reason['params'], by: string): string {
  return `${by} asks ${name(params, 'to')} to help ${name(params, 'from')}`;
}

/** As far as the hand-off had come when its reason was said. */
function step(params: Reason['params'], by: string): string {
  if (params['way'] === 'collaborate') return helps(params, by);
  return params['state'] === 'accepted' ? handed(params, by) : asks(params, by);
}

function needs(params: Reason['params']): string {
  return series(
    words(params, 'missing').map((need) => cut(needWords(need), 30)),
    { most: 4 },
  );
}

function code(params: Reason['params']): string {
  return cut(plain(word(params, 'code')), LONGEST_NAME);
}

function told(params: Reason['params']): string {
  return series(
    words(params, 'told').map((one) => cut(one, LONGEST_NAME)),
    { most: 3 },
  );
}

function hours(params: Reason['params']): string {
  return word(params, 'calendar') === '' ? '' : ` of ${name(params, 'calendar')}`;
}

/** People end a sentence of theirs as they like. */
function ended(reason: string, before: string): string {
  if (reason === '') return '.';
  return `${before}${reason}${/[.!?…]$/.test(reason) ? '' : '.'}`;
}

function refusal({ params }: Reason): string {
  switch (params['why']) {
    case 'ended':
      return `Not handed off, because it is ${plain(word(params, 'status'))}; open it first.`;
    case 'same':
      return `Not handed off, because it is in ${word(params, 'queue')} already.`;
    case 'asked':
      return `Not handed off once more: ${word(params, 'to')} was asked already.`;
    default: {
      const allowed = series(words(params, 'allowed'), { most: 8, last: 'or' });
      return `Not handed off, because ${quote(word(params, 'to'))} is no queue of this desk. It can be ${allowed}.`;
    }
  }
}

function answerRefusal({ params }: Reason): string {
  switch (params['why']) {
    case 'nothing_asked':
      return 'Nothing to answer: no hand-off waits for acceptance here.';
    case 'held':
      return `Nothing to answer yet: ${name(params, 'to')} was not asked, as something is missing.`;
    default: {
      const allowed = series(words(params, 'allowed').map(plain), { most: 6, last: 'or' });
      const what =
        word(params, 'code') === '' ? 'Say why' : `${quote(word(params, 'code'))} is no reason to reject it here`;
      return `${what}: it can be ${allowed}.`;
    }
  }
}

const WITHDRAWN: Readonly<Record<string, string>> = {
  ended: 'the ticket is done',
  superseded: 'another queue is chosen',
  queue_gone: 'there is no such queue any more',
};

function withdrawal({ params }: Reason): string {
  const [to, by] = [name(params, 'to'), name(params, 'by')];
  if (params['code'] === 'taken_back')
    return `${by} took the hand-off to ${to} back; it stays with ${name(params, 'owner')}.`;
  const why = params['code'] === 'moved' ? `it is in ${name(params, 'queue')} now` : WITHDRAWN[word(params, 'code')];
  return `The hand-off to ${to} came to nothing, because ${why ?? plain(word(params, 'code'))}.`;
}

const SILENCE: Readonly<Record<string, string>> = {
  no_address: 'there is no address',
  automatic_sender: 'the sender looks like a machine',
  bounced: 'a letter to the address came back',
};

function silence(params: Reason['params']): string {
  return SILENCE[word(params, 'why')] ?? `${name(params, 'contract')} keeps it inside`;
}
