import { describe, expect, it } from 'vitest';
import { applyEffect } from '../../../src/decide/apply.ts';
import { decide } from '../../../src/decide/index.ts';
import { openProposals } from '../../../src/decide/opinions/proposals.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import type { Occasion } from '../../../src/domain/occasion.ts';
import type { Proposal } from '../../../src/domain/proposal.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { aMessage, aPolicy, aQueue, aTicket, MORNING, someFacts } from '../../support/builders.ts';
import { aProposal } from '../../support/opinions.ts';

const QUEUES = [aQueue(), aQueue({ name: 'finance' }), aQueue({ name: 'review' })];
const POLICY = aPolicy({ queues: QUEUES });
const TO_FINANCE = aProposal({ field: 'queue', value: 'finance' });

function shown(overrides: Partial<Ticket>, policy = POLICY): readonly string[] {
  return openProposals(aTicket({ proposals: [aProposal(), TO_FINANCE], ...overrides }), policy).map(
    ({ value }) => value,
  );
}

/** The ticket after a turn, and what was said. */
function after(ticket: Ticket, occasion: Occasion, proposals: readonly Proposal[] | null) {
  const given = { policy: POLICY, facts: someFacts({ proposals }), now: MORNING };
  const { effects, reasons } = decide(ticket, occasion, given);
  const ended = effects.reduce((each, effect) => applyEffect(each, effect, MORNING), ticket);
  return { ended, sentences: reasons.map(sentenceOf) };
}

const RECEIVED: Occasion = { kind: 'received', message: aMessage() };

describe('what is proposed', () => {
  it('is shown with what stands there, and sets nothing', () => {
    const { ended } = after(aTicket(), RECEIVED, [aProposal(), TO_FINANCE]);
    expect(openProposals(ended, POLICY).map(({ field, value }) => [field, value])).toEqual([
      ['priority', 'high'],
      ['queue', 'finance'],
    ]);
    expect([ended.priority, ended.queue === 'finance', ended.overrides]).toEqual(['medium', false, {}]);
  });

  it.each<[string, Partial<Ticket>, readonly string[]]>([
    ['what stands there already', { priority: 'high', queue: 'finance' }, []],
    [
      'anything against what a person chose',
      { overrides: { priority: { by: 'Ana', at: MORNING, from: 'low', to: 'medium' } } },
      ['finance'],
    ],
    ['anything of a ticket that is over', { status: 'resolved', resolvedAt: MORNING }, []],
    ['a queue that is gone', { proposals: [aProposal({ field: 'queue', value: 'gone' })] }, []],
    [
      'the review queue, where a ticket only waits',
      { proposals: [aProposal({ field: 'queue', value: 'review' })] },
      [],
    ],
  ])('is not %s', (_, overrides, left) => {
    expect(shown(overrides)).toEqual(left);
  });

  it('is nothing where the config does not ask for it', () => {
    expect(shown({}, aPolicy({ queues: QUEUES, triage: { proposes: ['queue'] } }))).toEqual(['finance']);
  });

  it('stays through turns in which nobody was asked, and goes when it is not proposed any more', () => {
    const ticket = aTicket({ proposals: [aProposal()] });
    expect(after(ticket, RECEIVED, null).ended.proposals).toEqual([aProposal()]);
    expect(after(ticket, RECEIVED, []).ended.proposals).toEqual([]);
  });

  it('is not replaced by the same, a little surer, when a ticket is judged again', () => {
    const ticket = aTicket({ needsReview: true, proposals: [aProposal()] });
    const surer = [aProposal({ confidence: 0.99, name: 'learned on 21 November from 250 tickets' })];
    const again: Occasion = { kind: 'reconsidered', why: 'learned', at: MORNING };
    expect(after(ticket, again, surer).ended.proposals).toEqual([aProposal()]);
    expect(after(ticket, again, [aProposal({ value: 'low' })]).ended.proposals).toMatchObject([{ value: 'low' }]);
  });

  it('becomes the choice of the person who takes it, with what it rested on', () => {
    const ticket = aTicket({ proposals: [aProposal()], queue: 'support' });
    const changes = [{ field: 'priority' as const, from: 'medium', to: 'high' }];
    const { ended, sentences } = after(ticket, { kind: 'edited', by: 'Ana', at: MORNING, changes }, null);
    expect(ended.overrides.priority).toMatchObject({ by: 'Ana', from: 'medium', to: 'high' });
    expect(sentences).toContain(
      'Ana changed priority from medium to high, as proposed (learned on 20 November from 240 tickets, 97 %).',
    );
    expect(openProposals(ended, POLICY)).toEqual([]);
  });

  it('leaves a person who chooses something else alone', () => {
    const changes = [{ field: 'priority' as const, from: 'medium', to: 'low' }];
    const ticket = aTicket({ proposals: [aProposal()] });
    const { ended, sentences } = after(ticket, { kind: 'edited', by: 'Ana', at: MORNING, changes }, null);
    expect(sentences).toContain('Ana changed priority from medium to low.');
    expect(openProposals(ended, POLICY)).toEqual([]);
  });
});
