import type { Reason } from '../decision.ts';
import { languageName } from '../language.ts';
import { percent } from '../opinion.ts';
import type { FieldValue } from '../ticket.ts';
import { fieldWords } from './field-words.ts';
import { capital, cut, plain, quote, series, type Sentences, word, words } from './words.ts';

/** The columns by the names that a sentence has for them. */
/** What a person changed by hand, and what follows from it. */
export const editSentences: Sentences = {
  'edit.changed': (reason) => `${who(reason)} changed ${fieldOf(reason)}${fromTo(reason)}.`,
  'edit.corrected': (reason) =>
    `${who(reason)} changed ${fieldOf(reason)}${fromTo(reason)}, against ${series(words(reason.params, 'wrong'))}.`,
  'edit.proposal_taken': (reason) =>
    `${who(reason)} changed ${fieldOf(reason)}${fromTo(reason)}, as proposed (${cut(word(reason.params, 'name'), 60)}, ${percent(reason.opinion?.confidence ?? 0)}).`,
  // A desk has names of its own for statuses.
  'edit.status_changed': (reason) =>
    `${who(reason)} changed status from ${word(reason.params, 'from')} to ${word(reason.params, 'to')}.`,
  'edit.left_to_us': (reason) => `${who(reason)} emptied ${fieldOf(reason)}, so it is found anew.`,
  'edit.review_asked': (reason) => `${who(reason)} asks for a review.`,
  'edit.review_accepted': (reason) =>
    `${who(reason)} accepts ${quote(word(reason.params, 'category'))} as the category.`,
  'edit.steps_ticked': ({ params }) => {
    const [done, undone] = [words(params, 'done'), words(params, 'undone')].map((steps) => series(steps));
    const said = [done === '' ? null : `did ${done}`, undone === '' ? null : `took back ${undone}`];
    return `${word(params, 'by')} ${said.filter((each) => each !== null).join(' and ')}.`;
  },
  'edit.resolved': (reason) => `${who(reason)} resolved the ticket.`,
  'edit.closed': (reason) => `${who(reason)} closed the ticket.`,
  'edit.reopened': (reason) => `${who(reason)} opened the ticket again.`,
  'edit.given_back': (reason) => {
    const from = word(reason.params, 'from');
    if (from === '') return `${who(reason)} asks to route the ticket anew.`;
    if (from === who(reason)) return `${from} gave the ticket back to the queue.`;
    return `${who(reason)} gave the ticket back to the queue; ${from} had it.`;
  },
  'edit.commented': (reason) => `${who(reason)} wrote a comment in the base; it is an internal note here.`,
  'edit.comment_corrected': (reason) => `${who(reason)} corrected a comment in the base; the note here follows it.`,
  'edit.same_person': (reason) => `${who(reason)} says that one person is ${series(words(reason.params, 'all'))}.`,
  'edit.other_person': (reason) => `${who(reason)} says that ${series(words(reason.params, 'all'))} is another person.`,
  'edit.erased': (reason) => `${who(reason)} erased who asked and what was written.`,
  'edit.aged_out': ({ params }) =>
    `Who asked and what was written is erased, because it ended on ${word(params, 'ended')} and tickets are kept for ${word(params, 'kept')}.`,
  'edit.refused': refusal,
};

function refusal({ params }: Reason): string {
  const field = fieldWords(word(params, 'field'));
  const allowed = words(params, 'allowed').map(plain);
  switch (params['why']) {
    case 'ours':
      return `${capital(field)} is worked out here and can't be set by hand; put back.`;
    case 'answered':
      return `${quote(word(params, 'value'))} is for tickets that nobody answered; put back. It can be ${series(allowed, { most: 8, last: 'or' })}.`;
    case 'nothing_to_accept':
      return 'The review stays, because no category is shown to accept; choose one and it ends.';
    case 'no_ticket':
      return `Not linked, because ${quote(word(params, 'value'))} is no ticket here. Write a number such as T-1042.`;
    case 'itself':
      return 'Not linked, because a ticket can’t report itself. Write the number of another.';
    case 'circle':
      return `Not linked, because ${quote(word(params, 'value'))} reports this very ticket. Unlink that one first.`;
    case 'reports_another':
      return `Not declared an incident, because it reports ${series(words(params, 'allowed'))}. Declare that one, or unlink this first.`;
    case 'message_first':
      return 'Not declared yet: write what is known into Incident message, then tick Known incident; the letter quotes it.';
    case 'empty':
      return `${capital(field)} can't be empty; put back.`;
    default: {
      const head = `${quote(word(params, 'value'))} is no ${cut(field, 30)} of this desk; put back.`;
      return allowed.length === 0 ? head : `${head} It can be ${series(allowed, { most: 8, last: 'or' })}.`;
    }
  }
}

function who({ params }: Reason): string {
  return word(params, 'by');
}

function fieldOf({ params }: Reason): string {
  return fieldWords(word(params, 'field'));
}

function fromTo({ change }: Reason): string {
  if (change === null) return '';
  const isLanguage = change.field === 'language';
  const [from, to] = [change.from, change.to].map((value) =>
    isLanguage && typeof value === 'string' ? languageName(value) : shown(value),
  );
  return (from ?? null) === null ? ` to ${to ?? 'nothing'}` : ` from ${from} to ${to ?? 'nothing'}`;
}

function shown(value: FieldValue): string | null {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return cut(series(value), 60);
  return cut(plain(String(value)), 60);
}
