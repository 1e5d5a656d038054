import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../../src/decide/opinions/evidence.ts';
import type { Override, Ticket } from '../../../src/domain/ticket.ts';
import { aTicket, MORNING } from '../../support/builders.ts';

function chosen(to: string): Override {
  return { by: 'Ana', at: MORNING, from: null, to };
}

function solved(overrides: Partial<Ticket>): Ticket {
  return aTicket({ status: 'resolved', resolvedAt: MORNING, priority: 'high', queue: 'finance', ...overrides });
}

const ATTENDED = { category: chosen('billing') };

describe('what a ticket teaches of its priority and queue', () => {
  it.each([
    [
      'a person chose it, while the ticket is open, too',
      aTicket({ priority: 'high', overrides: { priority: chosen('high') } }),
    ],
    ['a person chose it and the ticket is solved', solved({ overrides: { priority: chosen('high') } })],
  ])('is the choice where %s', (_, ticket) => {
    expect(evidenceOf('priority', ticket)).toEqual({ value: 'high', isChosen: true });
  });

  it('is what stood until the end, where a person had a hand in the ticket, and is no choice', () => {
    expect(evidenceOf('priority', solved({ overrides: ATTENDED }))).toEqual({ value: 'high', isChosen: false });
    expect(evidenceOf('queue', solved({ overrides: ATTENDED }))).toEqual({ value: 'finance', isChosen: false });
  });

  it.each<[string, Ticket]>([
    ['only rules touched it, however it ended: they would be said back to us', solved({})],
    ['a person chose its language alone', solved({ overrides: { language: chosen('de') } })],
    ['it is still open', aTicket({ overrides: ATTENDED })],
    ['it was solved while it waited for a review', solved({ overrides: ATTENDED, needsReview: true })],
    ['it is a test', solved({ overrides: { priority: chosen('high') }, tags: ['test'] })],
    ['it reports an incident', solved({ overrides: { priority: chosen('high') }, incident: 1001 })],
  ])('is nothing where %s', (_, ticket) => {
    expect(evidenceOf('priority', ticket)).toBeNull();
    expect(evidenceOf('queue', { ...ticket, overrides: withoutPriority(ticket) })).toBeNull();
  });

  it('is nothing of the priority of what was escalated, as time raised that, unless a person chose it', () => {
    const escalation = { episode: 1, raised: [], told: [], letters: [], priorityBefore: null };
    expect(evidenceOf('priority', solved({ overrides: ATTENDED, escalation }))).toBeNull();
    expect(evidenceOf('queue', solved({ overrides: ATTENDED, escalation }))).toMatchObject({ value: 'finance' });
    const byHand = solved({ overrides: { priority: chosen('high') }, escalation });
    expect(evidenceOf('priority', byHand)).toMatchObject({ isChosen: true });
  });
});

/** What was chosen of the priority is a choice of the queue's where the ticket is a test or a report. */
function withoutPriority({ overrides: { priority, ...others } }: Ticket): Ticket['overrides'] {
  return priority === undefined ? others : { ...others, queue: priority };
}
