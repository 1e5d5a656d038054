import type { ReasonParams } from '../decision.ts';
import type { Gap } from '../requester.ts';
import { because, capital, cut, counted, plain, quote, series, type Sentences, word, words } from './words.ts';

/** What arrives, and what it does to a ticket that exists. */
export const intakeSentences: Sentences = {
  'intake.language': ({ params }) => `Is answered in ${word(params, 'language')}, as the account says.`,
  'intake.language_earlier': ({ params }) =>
    `Is answered in ${word(params, 'language')}, as ${ticket(params['number'])} of the same requester was.`,
  'intake.language_chosen': ({ params }) =>
    `Is answered in ${word(params, 'language')}, as ${cut(word(params, 'by'), 60)} chose on ${ticket(params['number'])}.`,
  'intake.received': ({ params }) => `Came in by ${word(params, 'channel')} from ${word(params, 'requester')}.`,
  'intake.replied': ({ params }) =>
    `${word(params, 'name')} wrote again: ${counted(Number(params['contacts']), 'message')} so far.`,
  'intake.answered': ({ params }) =>
    `Open again from ${plain(word(params, 'was'))}, because ${word(params, 'name')} answered.`,
  'intake.reopened': ({ params }) => `Open again after it was resolved, because ${word(params, 'name')} wrote.`,
  'intake.said_solved': ({ params }) => `Resolved, because ${word(params, 'name')} says that it is solved.`,
  'intake.thanked': ({ params }) => `${word(params, 'name')} only thanked, so the ticket stays as it is.`,
  'intake.replied_after_close': ({ params }) => `${word(params, 'name')} wrote after the ticket was closed.`,
  'intake.duplicate': ({ params }) =>
    `Sent again: the same text of ${word(params, 'requester')} as ${ticket(params['number'])}.`,
  'intake.threaded': ({ params }) =>
    `Belongs to ${ticket(params['number'])}: ${word(params, 'requester')} quotes it and opened it.`,
  'intake.answers': ({ params }) =>
    `Belongs to ${ticket(params['number'])}: ${word(params, 'requester')} answers a message of it.`,
  'intake.overtaken': ({ params }) =>
    `Belongs to ${ticket(params['number'])}, which an answer to this message of ${word(params, 'requester')} opened before it came.`,
  'intake.follow_up': ({ params }) =>
    `Follows ${ticket(params['number'])}, which is closed; ${word(params, 'requester')} answered it.`,
  'intake.number_not_trusted': ({ params }) =>
    `A new ticket: the message quotes ${quote(word(params, 'quoted'))}, which ${cut(word(params, 'requester'), 60)} did not open.`,
  'intake.sender_not_trusted': ({ params }) =>
    `A new ticket: the message quotes ${quote(word(params, 'quoted'))}, and our mail server doubts that ${cut(word(params, 'requester'), 60)} sent it (${word(params, 'doubt')}).`,
  'intake.machine_answered': ({ params }) =>
    `A machine answered; nobody wrote. Its mail says ${quote(word(params, 'sign'))}.`,
  'intake.breaker': ({ params }) =>
    `${cut(word(params, 'sender'), 60)} wrote more than ${word(params, 'messages')} messages within ${word(params, 'minutes')} minutes: what follows waits under lost and found.`,
  'intake.light': (reason) => `Light, without clocks until it becomes more${because(reason)}.`,
  'intake.promoted': ({ params }) => `A full ticket from now on: ${PROMOTED[word(params, 'why')]?.(params) ?? ''}.`,
  'intake.drawn': ({ params, evidence: [first] }) =>
    `${capital(plain(word(params, 'field')))} is ${quote(word(params, 'value'))}, as the ${word(params, 'part')} says${first?.kind === 'text' && first.quote !== params['value'] ? ` ${quote(first.quote)}` : ''}.`,
  'intake.account': ({ params }) =>
    `Belongs to ${word(params, 'account')}, by ${claim(params)}${giving(words(params, 'gives'))}.`,
  'intake.account_unsure': ({ params }) =>
    `No account is taken: ${series(words(params, 'accounts'))} all claim ${word(params, 'what')}.`,
  'intake.person_unsure': ({ params }) =>
    `The sender also gives ${series(words(params, 'others'))}, known as somebody else; a person can say that they are one.`,
  'intake.looked_up': ({ params }) => `${word(params, 'lookup')} says: ${series(words(params, 'says'))}.`,
  'intake.lookup_gap': ({ params }) =>
    `Goes on without what ${word(params, 'lookup')} knows: it ${gapWords(word(params, 'gap'))}.`,
  'intake.lookup_unsure': ({ params }) =>
    `Nothing is taken from ${word(params, 'lookup')}: ${word(params, 'rows')} of its rows fit ${cut(word(params, 'what'), 60)}.`,
  'intake.vip': ({ params }) =>
    `${word(params, 'requester') || 'The requester'} is a VIP${vipBy(word(params, 'by'))}: goes before all who are not.`,
  'intake.test': ({ params }) => `Tagged test: somebody at the console tries ${word(params, 'channel')}.`,
  'intake.restored': ({ params }) =>
    `Restored from the base, ${RESTORED_FROM[word(params, 'from')] ?? ''}${renumbered(params['was'])}.`,
};

const PROMOTED: Readonly<Record<string, (params: ReasonParams) => string>> = {
  priority: (params) => `its priority is ${word(params, 'priority')}`,
  escalation: () => 'it is escalated',
  messages: (params) => `the requester wrote ${word(params, 'contactCount')} times`,
  edit: () => 'a person works on it',
  time: (params) => `it is open for ${word(params, 'minutes')} minutes`,
  config: () => 'no ticket is light any more',
};

const RESTORED_FROM: Readonly<Record<string, string>> = {
  memory: 'where its row remembers it',
  columns: 'from what the columns show, as what its row remembers cannot be read',
};

/** What kept a look-up from answering, after “it”. */
const GAPS: Readonly<Record<Gap, string>> = {
  slow: 'did not answer in time',
  unreachable: 'could not be reached',
  forbidden: 'stands where nothing may be asked',
  refused: 'refused to answer',
  unreadable: 'gave an answer that nobody can read',
  resting: 'failed again and again, and is left alone for a while',
};

function gapWords(gap: string): string {
  return Object.entries(GAPS).find(([each]) => each === gap)?.[1] ?? 'gave no answer';
}

function claim(params: ReasonParams): string {
  const what = word(params, 'what');
  const by = word(params, 'by');
  if (by === 'domain') return `the domain ${what}`;
  return by === 'answer' ? `the answer to ${quote(what)}` : what;
}

function giving(gives: readonly string[]): string {
  return gives.length === 0 ? '' : `: ${series(gives)}`;
}

function vipBy(by: string): string {
  return by === '' ? '' : ` by ${cut(by, 60)}`;
}

/** Two tickets cannot bear one number; the one that is here already keeps it. */
function renumbered(was: unknown): string {
  return typeof was === 'number' ? `; another ticket has its number ${was} by now` : '';
}

function ticket(number: unknown): string {
  return `ticket ${String(number)}`;
}
