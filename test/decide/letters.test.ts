import { describe, expect, it } from 'vitest';
import { decide } from '../../src/decide/index.ts';
import { sentenceOf } from '../../src/domain/sentence.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { aPolicy, aTicket, aTurn, MORNING, someFacts } from '../support/builders.ts';

const DUE = { kind: 'due' } as const;
const MUTE: Ticket['mute'] = {
  why: 'bounced',
  address: 'greta@example.com',
  evidence: 'From: mailer-daemon@mx.example',
  at: MORNING,
};

/** Sends so many letters in one turn, and tells which went. */
function sent(ticket: Partial<Ticket>, { count = 1, perDay = 10, later = { hours: 0 } } = {}) {
  const policy = aPolicy({ intake: { lettersPerDay: perDay } });
  const turn = aTurn({ ticket: aTicket(ticket), policy, occasion: DUE, now: MORNING.add(later) });
  const because = {
    stage: 'respond',
    code: 'respond.acknowledged',
    params: {},
    evidence: [],
    source: { kind: 'default' },
  } as const;
  const went = Array.from({ length: count }, (_, n) =>
    turn.send({ kind: 'message', key: `letter:${n}`, template: 'letter', to: 'greta@example.com' }, because),
  );
  const { effects, reasons } = turn.finish();
  return {
    went,
    ticket: turn.ticket,
    effects,
    why: reasons.filter(({ code }) => code === 'respond.withheld').map(sentenceOf),
  };
}

describe('letters of our own accord', () => {
  it('are so many a day for one ticket, and what stays here has a reason (pain 15)', () => {
    const { went, ticket, why } = sent({}, { count: 3, perDay: 2 });
    expect(went).toEqual([true, true, false]);
    expect(ticket.letters).toEqual({ firstAt: MORNING, count: 2 });
    expect(why).toEqual(['Held back the letter “letter”: 2 went out within a day.']);
    expect(sent({ letters: ticket.letters }, { perDay: 2, later: { hours: 23 } }).went).toEqual([false]);
    expect(sent({ letters: ticket.letters }, { perDay: 2, later: { hours: 24 } }).went).toEqual([true]);
  });

  it('go to no address from which a letter came back, and to a corrected one they do', () => {
    const { went, effects, why } = sent({ mute: MUTE });
    expect([went, effects]).toEqual([[false], []]);
    expect(why).toEqual(['Held back the letter “letter”: a letter to the address came back.']);
    const corrected = { name: 'Greta', email: 'greta.holm@example.com', account: {} };
    expect(sent({ mute: MUTE, requester: corrected }).went).toEqual([true]);
  });

  it('go to no machine', () => {
    expect(sent({ mute: { ...MUTE, why: 'machine' } }).why).toEqual([
      'Held back the letter “letter”: the sender looks like a machine.',
    ]);
  });
});

describe('a machine that answers', () => {
  it('changes nothing, reopens nothing, stops no clock and counts as no contact', () => {
    const resolved = aTicket({ status: 'resolved', resolvedAt: MORNING, assignee: 'Ana' });
    const occasion = {
      kind: 'machine',
      automatic: { kind: 'auto_reply', evidence: 'Auto-Submitted: auto-replied' },
      at: MORNING,
    } as const;
    const { effects, reasons } = decide(resolved, occasion, { policy: aPolicy(), facts: someFacts(), now: MORNING });
    expect(effects).toEqual([]);
    expect(reasons.map(({ code }) => code)).toEqual(['intake.machine_answered']);
  });
});
