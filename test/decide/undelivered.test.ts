import { describe, expect, it } from 'vitest';
import { decide } from '../../src/decide/index.ts';
import { asReached } from '../../src/decide/undelivered.ts';
import type { Undelivered } from '../../src/domain/occasion.ts';
import { sentenceOf } from '../../src/domain/sentence.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { anAgent, aPolicy, aQueue, aTicket, MORNING, someFacts } from '../support/builders.ts';

const POLICY = aPolicy({
  agents: [anAgent()],
  queues: [
    aQueue({ members: ['Ana'], notify: ['lead@desk.example'] }),
    aQueue({ name: 'review', members: [], method: 'none' }),
  ],
});
const LETTER: Undelivered = {
  key: 'acknowledged:1:0',
  to: 'greta@example.com',
  isAnswer: false,
  outcome: 'failed',
  isAddressDead: true,
  says: '550 5.1.1 no such user',
};
const MUTE: Ticket['mute'] = { why: 'bounced', address: LETTER.to, evidence: LETTER.says, at: MORNING };

function hear(letter: Partial<Undelivered>, ticket: Partial<Ticket> = {}) {
  const occasion = { kind: 'undelivered', letter: { ...LETTER, ...letter }, at: MORNING } as const;
  const begun = aTicket({ status: 'open', assignee: 'Ana', queue: 'support', ...ticket });
  const { effects, reasons } = decide(begun, occasion, { policy: POLICY, facts: someFacts(), now: MORNING });
  return {
    mute: effects.flatMap((effect) => (effect.kind === 'keep' && effect.part === 'mute' ? [effect.value] : [])),
    told: effects.flatMap((effect) => (effect.kind === 'notify' ? [effect] : [])),
    said: reasons.filter(({ stage }) => stage === 'respond').map(sentenceOf),
  };
}

describe('a letter that did not arrive', () => {
  it('is said in the log, marks the address, and is told to the owner (A-013)', () => {
    expect(hear({})).toEqual({
      mute: [MUTE],
      told: [
        {
          kind: 'notify',
          key: 'undelivered:acknowledged:1:0',
          notice: 'undelivered',
          to: ['Ana'],
          params: { To: 'greta@example.com', Why: '550 5.1.1 no such user' },
        },
      ],
      said: ['A letter to greta@example.com did not arrive: 550 5.1.1 no such user. No letter goes there by itself.'],
    });
  });

  it('is told to those whom the queue names while nobody has the ticket', () => {
    expect(hear({}, { assignee: null }).told[0]?.to).toEqual(['lead@desk.example']);
  });

  it('that nobody wrote is told once: not of an address that is known, nor of a ticket that is over', () => {
    expect(hear({}, { mute: MUTE }).told).toEqual([]);
    expect(hear({}, { status: 'resolved', resolvedAt: MORNING }).told).toEqual([]);
    expect(hear({}, { mute: MUTE }).said).toHaveLength(1);
  });

  it('that a person wrote is told each time', () => {
    const answer = { isAnswer: true, key: 'reply:1:0' };
    const [told] = hear(answer, { mute: MUTE, status: 'resolved', resolvedAt: MORNING }).told;
    expect(told?.key).toBe('undelivered:reply:1:0');
  });

  it('for another reason than its address marks none', () => {
    const said = hear({ isAddressDead: false, says: '552 5.2.2 mailbox full' });
    expect(said.mute).toEqual([]);
    expect(said.said).toEqual(['A letter to greta@example.com did not arrive: 552 5.2.2 mailbox full.']);
    expect(hear({ to: 'other@example.com' }).mute).toEqual([]);
  });

  it('that is late is a line in the log and nothing else', () => {
    expect(hear({ outcome: 'delayed', isAddressDead: false, says: '451 4.4.1 no answer' })).toEqual({
      mute: [],
      told: [],
      said: ['A letter to greta@example.com is late: 451 4.4.1 no answer.'],
    });
  });
});

describe('a ticket', () => {
  const dead = { address: 'greta@example.com', since: MORNING, reason: '550 5.1.1 no such user' };

  it('knows of its requester’s address what another ticket learned, and forgets it with the desk', () => {
    expect(asReached(aTicket(), dead)).toEqual({ ...aTicket(), mute: MUTE });
    expect(asReached(aTicket({ mute: MUTE }), null)).toEqual(aTicket());
  });

  it('of a machine stays that of a machine', () => {
    const machine = aTicket({ mute: { why: 'machine', address: 'a@b.example', evidence: 'x', at: MORNING } });
    expect(asReached(machine, dead)).toBe(machine);
    expect(asReached(machine, null)).toBe(machine);
  });
});
