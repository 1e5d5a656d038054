import { describe, expect, it } from 'vitest';
import { isNewLesson, lessonOf } from '../../../src/decide/opinions/lesson.ts';
import type { Override, Ticket } from '../../../src/domain/ticket.ts';
import { aTicket, MORNING } from '../../support/builders.ts';

const RESOLVED = { status: 'resolved', resolvedAt: MORNING } as const;

function chosen(to: string, mistakes: Override['mistakes'] = []): Pick<Ticket, 'category' | 'overrides'> {
  const choice = { by: 'Ana', at: MORNING, from: 'account', to, ...(mistakes.length === 0 ? {} : { mistakes }) };
  return { category: to, overrides: { category: choice } };
}

const BY_RULE = { by: 'rule', name: 'Cards', said: 'account', confidence: null, counted: true } as const;

describe('what a ticket teaches', () => {
  it('is the category that stood until it was solved', () => {
    expect(lessonOf(aTicket({ category: 'billing', ...RESOLVED }))).toEqual({
      category: 'billing',
      isCorrected: false,
    });
  });

  it('is what a person chose, of open tickets, too', () => {
    expect(lessonOf(aTicket(chosen('billing')))).toEqual({ category: 'billing', isCorrected: false });
  });

  it('is a correction where a rule or a model had said something else (A-099)', () => {
    expect(lessonOf(aTicket(chosen('billing', [BY_RULE])))).toEqual({ category: 'billing', isCorrected: true });
  });

  it.each<[string, Partial<Ticket>]>([
    ['nobody knows what it is about', { ...RESOLVED }],
    ['it is open, and nobody said anything', { category: 'billing' }],
    ['a person was still to look', { category: 'billing', needsReview: true, ...RESOLVED }],
    ['it was a test', { ...chosen('billing'), tags: ['test'] }],
    ['it reports the incident of another', { ...chosen('billing'), incident: 7 }],
  ])('is nothing where %s', (_, ticket) => {
    expect(lessonOf(aTicket(ticket))).toBeNull();
  });

  it('is news when it is solved, opened again, or corrected, and no news otherwise', () => {
    const open = aTicket({ category: 'billing' });
    const solved = { ...open, ...RESOLVED };
    expect([
      isNewLesson(open, solved),
      isNewLesson(solved, open),
      isNewLesson(solved, { ...solved, ...chosen('refund', [BY_RULE]) }),
      isNewLesson(solved, { ...solved, status: 'closed' }),
      isNewLesson(open, { ...open, category: 'refund' }),
    ]).toEqual([true, true, true, false, false]);
  });
});
