import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/console/markup.ts';
import { opinionsCard } from '../../src/console/opinions-card.ts';
import type { TicketView } from '../../src/console/ticket-view.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { Access } from '../../src/kit/access.ts';
import { aPolicy, aTicket, MORNING } from '../support/builders.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aModel, anOpinion, aProposal, aReading, asked } from '../support/opinions.ts';

const ASKS = aPolicy({ triage: { model: aModel() } });

function cardOf(overrides: Partial<Ticket>, access: Access = 'admin', policy = ASKS): string {
  const ticket = aTicket(overrides);
  const config = aLiveConfig({ policy }).current();
  const file = { ticket } as TicketView['file'];
  const view = {
    person: 'Ana',
    access,
    csrfToken: '',
    formKey: '',
    rowAddress: null,
    storeTitle: 'embedded',
    draft: null,
  };
  const card = opinionsCard({ ...view, file, config, now: MORNING });
  return card === null ? '' : textOf(card);
}

function said(overrides: Partial<Ticket>, policy = ASKS): string {
  return cardOf(overrides, 'admin', policy)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

describe('the card of what a ticket may be about', () => {
  it('is not there where no model was heard', () => {
    expect(said({})).toBe('');
  });

  it('shows guesses with their confidence, the words that speak for the first, and the ticket most like it', () => {
    const categoryFrom = { by: 'classifier', name: 'learned' } as const;
    const card = cardOf({ category: 'billing', categoryFrom, opinions: [anOpinion()] });
    expect(card).toContain('<a href="/tickets/1007">');
    expect(card).toMatch(/<meter [^>]*low="0.93"[^>]*value="0.97"/);
    expect(said({ category: 'billing', categoryFrom, opinions: [anOpinion()] })).toBe(
      'What it may be about Learned on 20 November from 1,240 tickets Gave the category Billing 97 % Account 2 % ' +
        'From 93 % on the first counts. For it speak payment failed , charged . Most like it is T-1007 Card charged twice .',
    );
  });

  it('suggests a priority or a queue beside, and only where another stands', () => {
    const proposals = [aProposal({ words: ['<b>twice</b>'] })];
    expect(cardOf({ proposals })).toContain('action="/tickets/1042/proposal"');
    expect(cardOf({ proposals })).not.toContain('<b>twice</b>');
    expect(said({ proposals })).toBe(
      'What it may be about Priority may better be High 97 % Take it It is Medium now. Learned on 20 November from 240 tickets ; ' +
        'from 93 % on it is suggested. For it speak &#60;b&#62;twice&#60;/b&#62; . Most like it is T-1007 Card charged twice .',
    );
    expect(said({ proposals, priority: 'high' })).toBe('');
    expect(cardOf({ proposals }, 'viewer')).toBe('');
  });

  it('shows what a language model reads, as its words and never as markup', () => {
    const reading = aReading({
      reason: 'They say “<b>now</b>”.',
      severity: 'high',
      frustration: 'angry',
      language: 'de',
    });
    const model = anOpinion({
      from: 'language_model',
      name: 'gpt-5-mini',
      categories: [],
      words: [],
      nearest: null,
      reading,
    });
    const card = said({ opinions: [model], summary: 'Paid <i>twice</i>.' });
    expect(card).toContain('Paid &#60;i&#62;twice&#60;/i&#62;. A machine summed this up. What was written counts.');
    expect(card).toContain('gpt-5-mini Says that no category fits.');
    expect(card).toContain('They say “&#60;b&#62;now&#60;/b&#62;”. Severity high Patience lost angry Language German');
  });

  it('says why a model is not asked about a ticket that is kept from models, while the ticket is open', () => {
    const kept = { channels: ['website'], categories: [] };
    const policy = aPolicy({ triage: { model: aModel(), keptFromModels: kept } });
    expect(said({ channel: 'website' }, policy)).toBe(
      'What it may be about gpt-5-mini is not asked, because nothing of the channel “website” goes to models.',
    );
    expect(said({ channel: 'website', status: 'closed', resolvedAt: MORNING, closedAt: MORNING }, policy)).toBe('');
  });

  it('says that a model is being asked, or why it gave no answer', () => {
    const ticket = aTicket();
    expect(said({ advice: asked(ticket) })).toBe('What it may be about gpt-5-mini is being asked.');
    const failed = { ...asked(ticket), endedAt: MORNING, failure: 'model.unreachable' };
    expect(said({ advice: failed })).toBe('What it may be about gpt-5-mini was asked, and could not be reached.');
  });
});
