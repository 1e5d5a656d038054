import type { DraftQuestion } from '../../src/domain/draft-question.ts';

/** About a payment that failed: with a reply, an article, and what somebody else was answered, as it comes out of the desk. */
export function aDraftQuestion(wishes: Partial<DraftQuestion> = {}): DraftQuestion {
  return {
    subject: 'Charged twice',
    text: 'Hello, the same amount left my account twice. Please send one back.',
    before: null,
    requester: { name: 'Greta Olsen', email: 'greta.olsen@example.com' },
    language: 'en',
    materials: [
      {
        source: { kind: 'reply', name: 'refund' },
        title: 'We refund it',
        text: 'Hello Greta Olsen,\n\nwe send one of the two payments back. See https://shop.example.com/refunds.\n\nThe team',
      },
      {
        source: { kind: 'article', name: 'charged-twice' },
        title: 'When you are charged twice',
        text:
          'The second of two bookings is a reservation, which your bank lets go within five days. Press [Details] to see ' +
          'it. Otherwise write to payments@shop.example.com.\n\nhttps://shop.example.com/help/charged-twice',
      },
      {
        source: { kind: 'ticket', number: 1031 },
        title: 'Paid two times',
        text: 'Somebody asked:\nI am […] and paid twice.\n\nThe team answered:\nWe sent it back, see https://pay.example/x9.',
      },
    ],
    ...wishes,
  };
}
