import { describe, expect, it } from 'vitest';
import { createEarlierAnswers } from '../../src/knowledge/earlier-answers.ts';
import { createPastAnswers } from '../../src/knowledge/past-answers.ts';
import type { SolvedTicket } from '../../src/knowledge/solved-tickets.ts';
import { MORNING } from '../support/builders.ts';

const QUESTION = 'My card was charged twice for one order, send one payment back';

function solved(its: Partial<SolvedTicket> = {}): SolvedTicket {
  return {
    key: `key-${its.number ?? 1}`,
    number: 1,
    subject: 'Charged twice',
    text: 'Charged twice\nMy card was charged twice for one order.',
    category: 'billing',
    channel: 'website',
    requester: 'jonas.brandt@rival.example',
    asker: {
      name: 'Jonas Brandt',
      email: 'jonas.brandt@rival.example',
      identities: [{ kind: 'phone', value: '030 901820' }],
    },
    openedAt: MORNING,
    reopenCount: 0,
    satisfaction: null,
    answer: 'The second payment is on its way back to you, it takes five days.',
    ...its,
  };
}

/** Enough others that words in common say something. */
const OTHERS = ['The lamp flickers', 'Where is my parcel', 'New password please', 'Export all contacts'].map(
  (text, at) => solved({ number: 100 + at, subject: text, text }),
);

function find(
  tickets: readonly SolvedTicket[],
  most = 2,
  own: Parameters<typeof createEarlierAnswers>[0]['own'] = () => [],
) {
  const pastAnswers = createPastAnswers(async () => [...tickets, ...OTHERS]);
  return createEarlierAnswers({ pastAnswers, own, kept: () => ({ channels: ['hr-mail'], categories: [] }) })(QUESTION, {
    category: 'billing',
    most,
  });
}

describe('answers to earlier questions', () => {
  it('are found by what the question has in common with them', async () => {
    expect(await find([solved({ number: 7 })])).toEqual([
      {
        number: 7,
        subject: 'Charged twice',
        question: 'Charged twice\nMy card was charged twice for one order.',
        answer: 'The second payment is on its way back to you, it takes five days.',
      },
    ]);
  });

  it.each<[string, Partial<SolvedTicket>]>([
    ['of another category', { category: 'access' }],
    ['of a channel that is kept from models', { channel: 'hr-mail' }],
    ['after which somebody wrote again', { reopenCount: 1 }],
    ['with which nobody was content', { satisfaction: 2 }],
    ['that only say that it is done', { answer: 'Done.' }],
    ['that nobody gave', { answer: null }],
    ['to something else', { subject: 'A lamp', text: 'A lamp\nThe order of one lamp.' }],
  ])('are none %s', async (_, its) => {
    expect(await find([solved(its)])).toEqual([]);
  });

  it('are the likest ones, and no more than are asked for', async () => {
    const loose = solved({ number: 2, text: 'Charged twice\nMy card and a voucher, both were charged for one lamp.' });
    const found = await find([loose, solved({ number: 3 }), solved({ number: 4 })], 2);
    expect(found.map(({ number }) => number).toSorted()).toEqual([3, 4]);
  });

  it('tell nothing of whose they were: not in the question, nor in the answer', async () => {
    const text =
      'Charged twice\nI am Jonas Brandt, my card 4111 1111 1111 1111 was charged twice for one order. Customer K-123456.';
    const answer =
      'Hello Jonas,\n\nMr Brandt, we sent one payment back to DE89 3704 0044 0532 0130 00 and wrote to ' +
      'jonas.brandt@rival.example. Call 030 901820.\n\nOn Monday Jonas Brandt wrote:\n> My secret is here';
    const own = () => [
      {
        name: 'customer',
        find(said: string) {
          const start = said.indexOf('K-123456');
          return start < 0 ? null : { start, end: start + 8 };
        },
      },
    ];
    const [found] = await find([solved({ text, answer })], 1, own);
    expect(found?.question).toBe('Charged twice\nI am […], my card […] was charged twice for one order. Customer […].');
    expect(found?.answer).toBe('Mr […], we sent one payment back to […] and wrote to […]. Call […].');
  });
});
