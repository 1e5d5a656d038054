import { capital, cut, counted, plain, quote, type Sentences, word } from './words.ts';

/** What arrives, and what it does to a ticket that exists. */
export const intakeSentences: Sentences = {
  'intake.received': ({ params }) => `Came in by ${word(params, 'channel')} from ${word(params, 'requester')}.`,
  'intake.replied': ({ params }) =>
    `${word(params, 'name')} wrote again: ${counted(Number(params['contacts']), 'message')} so far.`,
  'intake.answered': ({ params }) =>
    `Open again from ${plain(word(params, 'was'))}, because ${word(params, 'name')} answered.`,
  'intake.reopened': ({ params }) => `Open again after it was resolved, because ${word(params, 'name')} wrote.`,
  'intake.replied_after_close': ({ params }) => `${word(params, 'name')} wrote after the ticket was closed.`,
  'intake.duplicate': ({ params }) =>
    `Sent again: the same text of ${word(params, 'requester')} as ${ticket(params['number'])}.`,
  'intake.threaded': ({ params }) =>
    `Belongs to ${ticket(params['number'])}: ${word(params, 'requester')} quotes it and opened it.`,
  'intake.follow_up': ({ params }) =>
    `Follows ${ticket(params['number'])}, which is closed; ${word(params, 'requester')} answered it.`,
  'intake.number_not_trusted': ({ params }) =>
    `A new ticket: the message quotes ${quote(word(params, 'quoted'))}, which ${cut(word(params, 'requester'), 60)} did not open.`,
  'intake.drawn': ({ params, evidence: [first] }) =>
    `${capital(plain(word(params, 'field')))} is ${quote(word(params, 'value'))}, as the ${word(params, 'part')} says${first?.kind === 'text' && first.quote !== params['value'] ? ` ${quote(first.quote)}` : ''}.`,
  'intake.restored': ({ params }) =>
    `Restored from the base, ${RESTORED_FROM[word(params, 'from')] ?? ''}${renumbered(params['was'])}.`,
};

const RESTORED_FROM: Readonly<Record<string, string>> = {
  memory: 'where its row remembers it',
  columns: 'from what the columns show, as what its row remembers cannot be read',
};

/** Two tickets cannot bear one number; the one that is here already keeps it. */
function renumbered(was: unknown): string {
  return typeof was === 'number' ? `; another ticket has its number ${was} by now` : '';
}

function ticket(number: unknown): string {
  return `ticket ${String(number)}`;
}
