import { describe, expect, it } from 'vitest';
import { draftChoice } from '../../src/console/drafts.ts';
import { textOf } from '../../src/console/markup.ts';
import type { TicketView } from '../../src/console/ticket-view.ts';
import type { ModelDraft } from '../../src/domain/suggestion.ts';
import { anArticle, aPolicy, aTicket, MORNING } from '../support/builders.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aModel } from '../support/opinions.ts';

const WRITTEN: ModelDraft = {
  of: 'x',
  by: 'gpt-5-mini',
  text: 'One of the two <goes> back.',
  sources: [
    { kind: 'article', name: 'payment' },
    { kind: 'reply', name: 'card' },
    { kind: 'ticket', number: 1031 },
  ],
  askedAt: MORNING,
  endedAt: MORNING,
  failure: null,
};

function shown(draft: ModelDraft | null, reply: string | null = null): string {
  const policy = aPolicy({
    triage: { model: aModel({ draftsFor: ['billing'] }) },
    replies: { card: { name: 'card', subject: '', body: 'Try the <card>.' } },
    offers: { articles: [anArticle({ body: 'Both <b>bookings</b>.', approved: true })] },
  });
  const config = aLiveConfig({ policy }).current();
  const ticket = aTicket({ draft, suggestion: reply === null ? null : { reply, articles: [] } });
  const file = { ticket, related: [] } as unknown as TicketView['file'];
  const view = {
    person: 'Ana',
    access: 'admin' as const,
    csrfToken: '',
    formKey: '',
    rowAddress: null,
    storeTitle: 'embedded',
    draft: null,
  };
  const choice = draftChoice({ ...view, file, config, now: MORNING });
  return choice === null ? '' : textOf(choice);
}

function said(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

describe('a draft that a language model wrote, where answers are written', () => {
  it('is shown with each of its sources to open, all of it as words and never as markup', () => {
    const html = shown(WRITTEN, 'model:');
    expect(said(html)).toContain('Suggested: Draft by gpt-5-mini Written by a language model.');
    expect(html).toContain('Hello Greta Holm,\n\nOne of the two &#60;goes&#62; back.');
    expect(html).toContain('the article “When a payment fails”');
    expect(html).toContain('Both &#60;b&#62;bookings&#60;/b&#62;.');
    expect(html).toContain('Try the &#60;card&#62;.');
    expect(html).toContain('<a href="/tickets/1031">the answer to <bdi>T-1031</bdi></a>');
    expect(html).toContain('href="/tickets/1042?draft&#61;model%3A#write-reply"');
  });

  it('is said to be on its way, or why there is none; where there is nothing to write from, nothing is said', () => {
    const none = { ...WRITTEN, text: null, by: null, sources: [] };
    expect(said(shown({ ...none, endedAt: null }))).toBe('gpt-5-mini is being asked for a draft.');
    expect(said(shown({ ...none, failure: 'model.too-slow' }))).toBe(
      'gpt-5-mini was asked for a draft, and took too long.',
    );
    expect(said(shown({ ...none, failure: 'no_sources' }))).toBe('');
    expect(said(shown(null))).toBe('');
  });
});
