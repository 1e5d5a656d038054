import type { Reason } from '../decision.ts';
import { plain, quote, series, type Sentences, word, words } from './words.ts';

/** Who gave a ticket over to another queue, and why; or why that could not be. */
export const handoffSentences: Sentences = {
  'handoff.moved': ({ params }) => `${handed(params, word(params, 'by'))}${ended(word(params, 'reason'), ': ')}`,
  'handoff.reason_added': ({ params }) => {
    const [by, handedBy] = [word(params, 'by'), word(params, 'handedBy')];
    const says = by === handedBy ? ': ' : `; ${by} says: `;
    return `${handed(params, handedBy)}${ended(word(params, 'reason'), says)}`;
  },
  'handoff.refused': refusal,
};

function handed(params: Reason['params'], by: string): string {
  return `${by} handed it from ${word(params, 'from')} to ${word(params, 'to')}`;
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
    default: {
      const allowed = series(words(params, 'allowed'), { most: 8, last: 'or' });
      return `Not handed off, because ${quote(word(params, 'to'))} is no queue of this desk. It can be ${allowed}.`;
    }
  }
}
