import { describe, expect, it } from 'vitest';
import { deskColumns } from '../../src/sync/columns.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { aPolicy, aTicket, type PolicyWishes } from '../support/builders.ts';
import { aModel, anOpinion, aProposal } from '../support/opinions.ts';

function shown(name: string, ticket: Partial<Ticket>, triage: PolicyWishes['triage'] = {}) {
  const column = deskColumns(aPolicy({ triage })).find((each) => each.name === name);
  return column?.show({ ticket: aTicket(ticket), activity: [] });
}

describe('columns of opinions', () => {
  const opinions = [
    anOpinion(),
    anOpinion({ from: 'language_model', name: 'gpt-5-mini', categories: [{ value: 'account', confidence: 0.709 }] }),
  ];

  it('are there only where the config asks for them', () => {
    const names = deskColumns(aPolicy()).map(({ name }) => name);
    expect(names).toContain('confidence');
    expect(names).not.toContain('guesses');
    expect(names).not.toContain('summary');
    const titles = deskColumns(aPolicy({ triage: { showsGuesses: true, model: aModel() } })).map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(['May be about', 'Summary']));
  });

  it('show what a ticket may be about while a person must look', () => {
    const given = { showsGuesses: true };
    expect(shown('guesses', { needsReview: true, opinions }, given)).toBe(
      'billing 97 %, account 2 % (learned on 20 November from 1,240 tickets)\naccount 70 % (gpt-5-mini)',
    );
    expect(shown('guesses', { needsReview: false, opinions }, given)).toBeNull();
    expect(shown('guesses', { needsReview: true }, given)).toBeNull();
  });

  it('show what was learned of priority and queue below the guesses, and by itself where nobody must look', () => {
    const given = { showsGuesses: true };
    const proposals = [aProposal()];
    expect(shown('guesses', { needsReview: true, opinions, proposals }, given)?.toString().split('\n').at(-1)).toBe(
      'priority high 97 % (learned on 20 November from 240 tickets)',
    );
    expect(shown('guesses', { needsReview: false, opinions, proposals }, given)).toBe(
      'priority high 97 % (learned on 20 November from 240 tickets)',
    );
    expect(shown('guesses', { needsReview: false, proposals, priority: 'high' }, given)).toBeNull();
  });

  it('show the summary beside the description', () => {
    expect(shown('summary', { summary: 'Paid twice.' }, { model: aModel() })).toBe('Paid twice.');
    expect(shown('description', { summary: 'Paid twice.' }, { model: aModel() })).toBe(
      'My payment failed twice and my card was charged.',
    );
  });
});
