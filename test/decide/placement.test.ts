import { describe, expect, it } from 'vitest';
import { type Candidate, fingerprintOf, place } from '../../src/decide/placement.ts';
import type { InboundMessage } from '../../src/domain/message.ts';
import { aMessage, aPolicy, MORNING } from '../support/builders.ts';
import { fc } from '../support/properties.ts';

const POLICY = aPolicy({ intake: { duplicateWindowMinutes: 10 } });

/** The ticket that a message opened. */
function openedBy(message: InboundMessage, overrides: Partial<Candidate> = {}): Candidate {
  return {
    key: '01JD3G2N000000000000001042',
    number: 1042,
    requesterEmail: message.from.email,
    status: 'open',
    openedAt: MORNING,
    fingerprint: fingerprintOf(message),
    text: message.text,
    ...overrides,
  };
}

function placed(message: InboundMessage, candidate: Candidate, { minutesLater = 5, policy = POLICY } = {}) {
  return place(message, [candidate], { policy, now: MORNING.add({ minutes: minutesLater }) });
}

describe('a message that comes after its answer', () => {
  const late = aMessage({ thread: { ticketNumber: null, ticketKey: null, knownAs: ['mail:1@example.com'] } });
  const ticket = openedBy(aMessage({ text: 'It still fails.' }));
  const given = { policy: POLICY, now: MORNING, named: new Map([['overtaken mail:1@example.com', ticket.key]]) };

  it('belongs to the ticket that the answer opened', () => {
    expect(place(late, [ticket], given)).toMatchObject({ kind: 'reply', reason: { code: 'intake.overtaken' } });
  });

  it('is a ticket of its own where somebody else answered, or seems to have written it', () => {
    const other = { ...ticket, requesterEmail: 'other@example.com' };
    expect(place(late, [other], given)).toMatchObject({ kind: 'new' });
    const doubted = { ...late, from: { ...late.from, doubt: 'dmarc=fail' } };
    expect(place(doubted, [ticket], given)).toMatchObject({ kind: 'new' });
  });

  it('belongs there in a chat, whoever answered, as the chat knows what answers what', () => {
    const other = { ...ticket, requesterEmail: 'other@example.com' };
    const said = { ...late, conversation: { to: '-100', thread: '5', name: null } };
    expect(place(said, [other], given)).toMatchObject({ kind: 'reply' });
  });
});

describe('the same request once more', () => {
  it('is no new ticket', () => {
    expect(placed(aMessage(), openedBy(aMessage()))).toMatchObject({
      kind: 'duplicate',
      ticketKey: '01JD3G2N000000000000001042',
      reason: { code: 'intake.duplicate', params: { number: 1042, requester: 'greta@example.com' } },
    });
  });

  it('is recognised whatever its capitals and spaces', () => {
    const again = aMessage({
      from: { name: 'G. Holm', email: 'Greta@Example.com' },
      subject: ' payment FAILED  twice',
      text: 'My payment failed twice\r\nand my card was charged. ',
    });
    expect(placed(again, openedBy(aMessage())).kind).toBe('duplicate');
  });

  it('counts until the end of the window, by the sender’s time where there is one', () => {
    const ticket = openedBy(aMessage());
    expect(placed(aMessage(), ticket, { minutesLater: 10 }).kind).toBe('duplicate');
    expect(placed(aMessage(), ticket, { minutesLater: 11 }).kind).toBe('new');
    expect(placed(aMessage({ sentAt: MORNING }), ticket, { minutesLater: 300 }).kind).toBe('duplicate');
  });

  it.each([
    ['another text', aMessage({ text: 'My card was charged.' })],
    ['another subject', aMessage({ subject: 'Refund' })],
    ['another requester', aMessage({ from: { name: 'Greta Holm', email: 'other@example.com' } })],
    ['another answer in the form', aMessage({ fields: { order: '4712' } })],
  ])('is not what has %s', (_, message) => {
    expect(placed(message, openedBy(aMessage({ fields: { order: '4711' } })))).toEqual({ kind: 'new', reason: null });
  });

  it('is a new ticket when the window is switched off, or the first is done', () => {
    const off = aPolicy({ intake: { duplicateWindowMinutes: 0 } });
    expect(placed(aMessage(), openedBy(aMessage()), { minutesLater: 0, policy: off }).kind).toBe('new');
    expect(placed(aMessage(), openedBy(aMessage(), { status: 'resolved' })).kind).toBe('new');
  });

  it('is never supposed of people without an address, or of empty messages', () => {
    const anonymous = aMessage({ from: { name: 'Greta', email: null } });
    expect(placed(anonymous, openedBy(anonymous)).kind).toBe('new');
    const empty = aMessage({ subject: '', text: ' ' });
    expect(placed(empty, openedBy(empty)).kind).toBe('new');
  });

  it('is compared by its text too, in case two fingerprints are ever the same', () => {
    const other = aMessage({ text: 'Something else.' });
    expect(placed(other, openedBy(aMessage(), { fingerprint: fingerprintOf(other) })).kind).toBe('new');
  });
});

describe('an answer', () => {
  const quoting = aMessage({ text: 'Any news?', thread: { ticketNumber: 1042, ticketKey: null } });

  it.each(['new', 'open', 'pending', 'resolved'] as const)('goes to the quoted ticket that is %s', (status) => {
    expect(placed(quoting, openedBy(aMessage(), { status }))).toMatchObject({ kind: 'reply', number: 1042 });
  });

  it('to a closed ticket opens one that follows it (A-082)', () => {
    expect(placed(quoting, openedBy(aMessage(), { status: 'closed' }))).toMatchObject({
      kind: 'follow_up',
      ticketKey: '01JD3G2N000000000000001042',
      reason: { code: 'intake.follow_up' },
    });
  });

  it.each([
    ['another address', { name: 'Greta Holm', email: 'stranger@example.com' }],
    ['no address', { name: 'Greta Holm', email: null }],
  ])('is not believed from %s: a number proves nothing', (_, from) => {
    expect(placed({ ...quoting, from }, openedBy(aMessage()))).toMatchObject({
      kind: 'new',
      reason: { code: 'intake.number_not_trusted', params: { quoted: '1042' } },
    });
  });

  it('goes by the key where both are quoted', () => {
    const ticket = openedBy(aMessage());
    const byKey = aMessage({ text: 'And?', thread: { ticketNumber: 7, ticketKey: ticket.key } });
    expect(placed(byKey, ticket).kind).toBe('reply');
    const wrongKey = aMessage({ text: 'And?', thread: { ticketNumber: 1042, ticketKey: 'other' } });
    expect(placed(wrongKey, ticket).kind).toBe('new');
  });
});

describe('the fingerprint', () => {
  it('is sixteen hexadecimal digits, the same every time', () => {
    expect(fingerprintOf(aMessage())).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprintOf(aMessage())).toBe(fingerprintOf(aMessage()));
  });

  it('does not depend on the order of the form’s answers', () => {
    const one = aMessage({ fields: { order: '1', size: 'M' } });
    const other = aMessage({ fields: { size: 'M', order: '1' } });
    expect(fingerprintOf(one)).toBe(fingerprintOf(other));
  });

  it('differs in each half for ten thousand requests that differ by one number', () => {
    const prints = Array.from({ length: 10_000 }, (_, order) => fingerprintOf(aMessage({ text: `Order ${order}` })));
    expect(new Set(prints).size).toBe(10_000);
    expect(new Set(prints.map((print) => print.slice(0, 8))).size).toBeGreaterThan(9_990);
    expect(new Set(prints.map((print) => print.slice(8))).size).toBeGreaterThan(9_990);
  });

  it('does not mix up where the subject ends', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (subject, text) => {
        fc.pre(subject.trim() !== '' && text.trim() !== '');
        const apart = fingerprintOf(aMessage({ subject, text }));
        expect(fingerprintOf(aMessage({ subject: `${subject} ${text}`, text: '' }))).not.toBe(apart);
      }),
    );
  });
});

describe('an answer from another address of the same person', () => {
  const quoting = aMessage({
    from: { name: 'Greta Holm', email: 'greta@private.example' },
    thread: { ticketNumber: 1042, ticketKey: null },
  });

  it('belongs to the ticket that it quotes, where the person is known by both (A-023)', () => {
    const identities = [{ kind: 'email', value: 'greta@private.example' }];
    expect(placed(quoting, openedBy(aMessage(), { identities })).kind).toBe('reply');
    expect(placed(quoting, openedBy(aMessage())).kind).toBe('new');
  });

  it('may come over a chat without an address', () => {
    const identities = [{ kind: 'slack', value: 'U123' }];
    const chat = { ...quoting, from: { name: 'Greta', email: null, identities } };
    expect(placed(chat, openedBy(aMessage(), { identities })).kind).toBe('reply');
    expect(placed(chat, openedBy(aMessage())).kind).toBe('new');
  });
});

describe('a mail that points at messages', () => {
  const message = aMessage({
    thread: { ticketNumber: null, ticketKey: null, belongsTo: ['reply:x', 'mail:3', 'mail:1'] },
  });
  const [one, other] = [
    openedBy(aMessage(), { key: 'ONE', fingerprint: '1' }),
    openedBy(aMessage(), { key: 'OTHER', number: 1043, fingerprint: '2' }),
  ];
  const into = (named: ReadonlyMap<string, string>) => {
    const found = place({ ...message, from: { name: 'A', email: 'a@example.com' } }, [one, other], {
      policy: POLICY,
      now: MORNING,
      named,
    });
    return found.kind === 'reply' ? found.ticketKey : found.kind;
  };

  it('belongs to the first that is known, whoever wrote it', () => {
    expect(
      into(
        new Map([
          ['mail:1', 'ONE'],
          ['mail:3', 'OTHER'],
        ]),
      ),
    ).toBe('OTHER');
    expect(
      into(
        new Map([
          ['mail:1', 'ONE'],
          ['mail:3', 'OTHER'],
          ['reply:x', 'ONE'],
        ]),
      ),
    ).toBe('ONE');
    expect(into(new Map())).toBe('new');
  });

  it('belongs to the next where the ticket of the first is gone', () => {
    expect(
      into(
        new Map([
          ['mail:3', 'GONE'],
          ['mail:1', 'ONE'],
        ]),
      ),
    ).toBe('ONE');
  });
});

describe('a mail whose sender is likely another', () => {
  const quoting = aMessage({ text: 'Close it.', thread: { ticketNumber: 1042, ticketKey: null } });
  const forged = { ...quoting, from: { ...quoting.from, doubt: 'dmarc=fail' } };

  it('does not reach a ticket by its number alone', () => {
    expect(placed(quoting, openedBy(aMessage())).kind).toBe('reply');
    expect(placed(forged, openedBy(aMessage()))).toMatchObject({
      kind: 'new',
      reason: { code: 'intake.sender_not_trusted', params: { doubt: 'dmarc=fail' } },
    });
  });

  it('reaches it by the name of a message, which it must have had', () => {
    const named = new Map([['mail:1', '01JD3G2N000000000000001042']]);
    const answering = { ...forged, thread: { ...forged.thread, belongsTo: ['mail:1'] } };
    const found = place(answering, [openedBy(aMessage())], { policy: POLICY, now: MORNING, named });
    expect(found.kind).toBe('reply');
  });
});
