import { describe, expect, it } from 'vitest';
import type { Ticket } from '../../src/domain/ticket.ts';
import { suggestionColumns } from '../../src/sync/suggestion-columns.ts';
import { anArticle, aPolicy, aTicket, MORNING } from '../support/builders.ts';
import { aModel } from '../support/opinions.ts';

const WRITTEN = {
  of: 'x',
  by: 'gpt-5-mini',
  text: 'One of the two goes back.',
  sources: [
    { kind: 'article' as const, name: 'payment' },
    { kind: 'ticket' as const, number: 1031 },
  ],
  askedAt: MORNING,
  endedAt: MORNING,
  failure: null,
};

const DRAFTED: Partial<Ticket> = { draft: WRITTEN, suggestion: { reply: 'model:', articles: [] } };

function columnsOf(draftsFor: readonly string[]) {
  return suggestionColumns(
    aPolicy({ triage: { model: aModel({ draftsFor }) }, offers: { articles: [anArticle({ approved: true })] } }),
  );
}

function shown(name: string, ticket: Partial<Ticket>) {
  return columnsOf(['billing'])
    .find((column) => column.name === name)
    ?.show({ ticket: aTicket(ticket), activity: [] });
}

describe('columns of a draft that a language model wrote', () => {
  it('name what it rests on beside it, as what stands in it is sent', () => {
    expect(shown('suggestedReply', DRAFTED)).toBe('Hello Greta Holm,\n\nOne of the two goes back.');
    expect(shown('suggestedFrom', DRAFTED)).toBe('By gpt-5-mini, from\nthe article “When a payment fails”\nT-1031');
  });

  it('say nothing of another draft, and of a ticket that was answered', () => {
    expect(shown('suggestedFrom', { ...DRAFTED, suggestion: { reply: 'article:payment', articles: [] } })).toBeNull();
    expect(shown('suggestedFrom', { ...DRAFTED, firstRespondedAt: MORNING })).toBeNull();
    expect(shown('suggestedReply', { ...DRAFTED, firstRespondedAt: MORNING })).toBeNull();
  });

  it('are there only where the config has drafts written', () => {
    expect(columnsOf([]).map(({ name }) => name)).not.toContain('suggestedFrom');
    expect(columnsOf(['billing']).map(({ title }) => title)).toContain('Suggestion made of');
  });
});
