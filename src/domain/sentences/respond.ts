import type { Reason, ReasonParams } from '../decision.ts';
import { failureWords } from './opinions.ts';
import { because, cut, plain, quote, type Sentences, series, word, words } from './words.ts';

/** Why a message went to the customer, or did not. */
const NOT_SENT: Readonly<Record<string, string>> = {
  switched_off: 'acknowledgements are switched off',
  told_of_incident: 'the letter about the incident goes instead',
  no_address: 'there is no address',
  too_late: 'the request is older than a day',
  automatic_sender: 'the sender looks like a machine',
  capped: 'the address has had enough of them today',
  asked: 'a question goes out in its place',
  no_article: 'no approved article fits well enough',
  self_service: 'a self-service answer goes out in its place',
  urgent: 'it is urgent',
  escalated: 'it is escalated',
  incident: 'it reports an incident',
  by_hand: 'a person typed it',
  follows: 'the requester wrote before, on a ticket that is closed',
  answered: 'somebody answered already',
  not_new: 'it is not new any more',
  bounced: 'a letter to the address came back',
  the_same: 'a machine seems to answer, as the sender said the same before',
  at_once: 'a machine seems to answer, as our last two letters were answered at once',
};

/** With so many of its words changed, a draft was not what the answer began with. */
const WRITTEN_ANEW = 0.9;

/** What goes out to the customer, and what an agent's answer does. */
export const respondSentences: Sentences = {
  'respond.first_reply': ({ params }) => `${word(params, 'name')} gave the first answer.`,
  'respond.opened': ({ params }) => `Open, because ${word(params, 'name')} answered.`,
  'respond.acknowledged': ({ params }) => `An acknowledgement goes to ${word(params, 'to')}.`,
  'respond.withdrawn': ({ params }) => `Took ${quote(word(params, 'template'))} back, which had not left yet.`,
  'respond.not_acknowledged': ({ params }) => {
    const why = word(params, 'why');
    return `Sent no acknowledgement: ${NOT_SENT[why] ?? plain(why)}.`;
  },
  'respond.self_served': selfServed,
  'respond.not_self_served': ({ params }) => {
    const why = word(params, 'why');
    return `Sent no self-service answer: ${NOT_SENT[why] ?? plain(why)}.`;
  },
  'respond.self_service_waits': () => 'Waits for whether the self-service answer helped.',
  'respond.self_service_solved': ({ params, evidence: [first] }) =>
    `Solved by self-service: ${word(params, 'name')} says so${first?.kind === 'text' ? `, ${quote(first.quote)}` : ''}.`,
  'respond.self_service_steps': ({ params }) => `Done by self-service: ${series(words(params, 'steps'))}.`,
  'respond.self_service_not_solved': () => 'Goes on with the team: the self-service answer did not solve it.',
  'respond.self_service_taken_over': () => 'A person took it in hand, whether the self-service answer helped or not.',
  'respond.self_service_over': () => 'Waits no more for whether the self-service answer helped.',
  'respond.suggested': suggested,
  'respond.drafted': ({ params }) =>
    `${cut(word(params, 'name'), 40)} wrote a draft from ${series(
      words(params, 'from').map((from) => cut(from, 60)),
      { most: 3 },
    )}.`,
  'respond.draft_dropped': ({ params }) =>
    `No draft by ${cut(word(params, 'name'), 40)}: it ${failureWords(word(params, 'failure'))}.`,
  'respond.draft_compared': ({ params }) => `${word(params, 'name')} ${adoption(params)}.`,
  'respond.undelivered': ({ params }) =>
    `${params['isAnswer'] === true ? 'The answer' : 'A letter'} to ${cut(word(params, 'to'), 50)} did not arrive: ${cut(word(params, 'says'), 80)}.${params['isDead'] === true ? ' No letter goes there by itself.' : ''}`,
  'respond.delayed': ({ params }) =>
    `${params['isAnswer'] === true ? 'The answer' : 'A letter'} to ${cut(word(params, 'to'), 50)} is late: ${cut(word(params, 'says'), 80)}.`,
  'respond.reachable': ({ params }) =>
    `Letters go to ${cut(word(params, 'address'), 60)} again: ${params['by'] === null ? 'somebody wrote from it' : `${cut(word(params, 'by'), 40)} says that it works`}.`,
  'respond.withheld': ({ params }) =>
    `Held back the letter ${quote(word(params, 'template'))}: ${whyWithheld(params)}.`,
};

function whyWithheld(params: ReasonParams): string {
  const why = word(params, 'why');
  if (why === 'too_many') return `${word(params, 'perDay')} went out within a day`;
  return NOT_SENT[word(params, 'sign')] ?? NOT_SENT[why] ?? plain(why);
}

function suggested(reason: Reason): string {
  const title = word(reason.params, 'title');
  const titles = words(reason.params, 'articles');
  const offers = [
    ...(title === '' ? [] : [`the answer ${quote(title)}`]),
    ...(titles.length === 0
      ? []
      : [`${titles.length === 1 ? 'the article' : 'the articles'} ${series(titles.map(quote))}`]),
  ];
  return offers.length === 0 ? 'Suggests nothing any more.' : `Suggests ${offers.join(', and ')}${because(reason)}.`;
}

function adoption(params: ReasonParams): string {
  const title = quote(word(params, 'title'));
  const share = Number(params['rewritten']);
  if (share === 0) return `sent the answer ${title} word for word`;
  if (share >= WRITTEN_ANEW) return `wrote an answer without ${title}`;
  return `sent the answer ${title} with ${Math.max(1, Math.round(share * 100))} % of its words changed`;
}

function selfServed(reason: Reason): string {
  const { params } = reason;
  const to = word(params, 'to');
  if (typeof params['title'] !== 'string') {
    return `The self-service answer ${quote(word(params, 'template'))} goes to ${to}${because(reason)}.`;
  }
  return `The article ${quote(cut(params['title'], 60))} goes to ${cut(to, 60)}, as it is ${String(params['likeness'])} % like the request.`;
}
