import { plain, type Sentences, word } from './words.ts';

/** Why a message went to the customer, or did not. */
const NOT_SENT: Readonly<Record<string, string>> = {
  switched_off: 'acknowledgements are switched off',
  no_address: 'there is no address',
  too_late: 'the request is older than a day',
  automatic_sender: 'the sender looks like a machine',
  capped: 'the address has had enough of them today',
};

/** What goes out to the customer, and what an agent's answer does. */
export const respondSentences: Sentences = {
  'respond.first_reply': ({ params }) => `${word(params, 'name')} gave the first answer.`,
  'respond.opened': ({ params }) => `Open, because ${word(params, 'name')} answered.`,
  'respond.acknowledged': ({ params }) => `An acknowledgement goes to ${word(params, 'to')}.`,
  'respond.not_acknowledged': ({ params }) => {
    const why = word(params, 'why');
    return `Sent no acknowledgement: ${NOT_SENT[why] ?? plain(why)}.`;
  },
};
