import { describe, expect, it } from 'vitest';
import { NEVER } from '../../../src/decide/condition.ts';
import { phraseOf } from '../../../src/decide/conditions/words.ts';
import { draftsFor, draftText } from '../../../src/config/drafts.ts';
import { decide } from '../../../src/decide/index.ts';
import { applyEffect } from '../../../src/decide/apply.ts';
import type { Article, Draft } from '../../../src/decide/policy.ts';
import type { Occasion } from '../../../src/domain/occasion.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { createArticleSearch } from '../../../src/knowledge/article-search.ts';
import { anArticle, aPolicy, aRule, aTicket, MORNING, received, someFacts } from '../../support/builders.ts';

function aDraft(overrides: Partial<Draft> = {}): Draft {
  const when = { kind: 'mentions' as const, in: 'text' as const, phrases: [phraseOf('payment failed')] };
  return { reply: 'card', title: 'Try the card again', why: null, when, place: 'replies/card.md', ...overrides };
}

const findArticles = createArticleSearch();

function aPolicyWith(offers: { drafts?: readonly Draft[]; articles?: readonly Article[] }, replies: string[] = []) {
  return aPolicy({
    triage: { rules: [aRule({ category: 'billing' })] },
    replies: Object.fromEntries(['card', ...replies].map((name) => [name, { name, subject: '', body: 'Try again.' }])),
    offers,
  });
}

function look(policy: ReturnType<typeof aPolicy>, ticket: Ticket = aTicket(), occasion: Occasion = received()) {
  const articles = findArticles(policy.offers.articles, `${ticket.subject}\n${ticket.description}`);
  const { effects, reasons } = decide(ticket, occasion, { policy, facts: someFacts({ articles }), now: MORNING });
  const after = effects.reduce((seen, effect) => applyEffect(seen, effect, MORNING), ticket);
  return { ticket: after, effects, sentences: reasons.filter(({ stage }) => stage === 'respond').map(sentenceOf) };
}

function answered(text: string, draft?: { reply: string; text: string }): Occasion {
  const offered = draft && { draft: { ...draft, message: 'm1' } };
  return { kind: 'replied', by: 'agent', name: 'Ana', text, at: MORNING, ...offered };
}

describe('a draft', () => {
  it('is suggested where its condition holds, with the words that made it so, and nothing goes out (A-085)', () => {
    const { ticket, effects, sentences } = look(aPolicyWith({ drafts: [aDraft()] }));
    expect(ticket.suggestion).toEqual({ reply: 'card', articles: [] });
    expect(sentences).toContain('Suggests the answer “Try the card again”, because the text says “Payment failed”.');
    expect(effects.filter(({ kind }) => kind === 'message')).toEqual([]);
  });

  it('is the first that fits, and none for which no text is there in the language', () => {
    const never = aDraft({ reply: 'other', when: NEVER });
    const spanish = aDraft({ reply: 'tarjeta' });
    const policy = aPolicyWith({ drafts: [never, spanish, aDraft()] }, ['other', 'tarjeta.es']);
    expect(look(policy).ticket.suggestion?.reply).toBe('card');
    expect(look(policy, aTicket({ language: 'es' })).ticket.suggestion?.reply).toBe('tarjeta');
  });

  it('is no longer suggested once somebody has answered, or the ticket is done', () => {
    const policy = aPolicyWith({ drafts: [aDraft()] });
    const { ticket } = look(policy);
    expect(look(policy, ticket, answered('Hello')).ticket.suggestion).toBeNull();
    const solved = { ...ticket, status: 'resolved' as const, resolvedAt: MORNING };
    expect(look(policy, solved, { kind: 'due' }).ticket.suggestion).toBeNull();
  });

  it('goes when the config has it no more, and the log says so', () => {
    const { ticket } = look(aPolicyWith({ drafts: [aDraft()] }));
    const { ticket: after, sentences } = look(aPolicyWith({}), ticket, { kind: 'due' });
    expect(after.suggestion).toBeNull();
    expect(sentences).toEqual(['Suggests nothing any more.']);
  });

  it('is told of once, however often the ticket is looked at', () => {
    const policy = aPolicyWith({ drafts: [aDraft()], articles: [anArticle()] });
    const { ticket } = look(policy);
    expect(look(policy, ticket, { kind: 'due' }).effects).toEqual([]);
  });
});

describe('a draft made of an article (A-085)', () => {
  const article = anArticle({ title: 'Payment failed', body: 'Enter the card **again**.', approved: true });

  it('is suggested where no answer of the team fits, with its source named, and nothing goes out', () => {
    const { ticket, effects, sentences } = look(aPolicyWith({ articles: [article] }));
    expect(ticket.suggestion).toEqual({ reply: 'article:payment', articles: ['payment'] });
    expect(sentences).toContain('Suggests the answer “Payment failed”, and the article “Payment failed”.');
    expect(effects.filter(({ kind }) => kind === 'message')).toEqual([]);
    const text = draftText(aPolicyWith({ articles: [article] }), ticket, 'article:payment');
    expect(text).toBe('Hello Greta Holm,\n\nEnter the card again.');
  });

  it('gives way to an answer that the team wrote', () => {
    expect(look(aPolicyWith({ drafts: [aDraft()], articles: [article] })).ticket.suggestion?.reply).toBe('card');
  });

  it.each<[string, Partial<Article>, Partial<Ticket>]>([
    ['nobody approved it', { approved: false }, {}],
    ['it is in another language', { language: 'fr' }, {}],
    ['it is about something else', { title: 'Opening hours', body: 'From nine to five.' }, {}],
    [
      'it went out by itself before',
      {},
      {
        selfService: {
          template: 'a',
          article: { name: 'payment', title: '' },
          sentAt: MORNING,
          endedAt: MORNING,
          how: 'not_solved',
        },
      },
    ],
  ])('is not made where %s', (_, its, ticket) => {
    const policy = aPolicyWith({ articles: [{ ...article, ...its }] });
    expect(look(policy, aTicket(ticket)).ticket.suggestion?.reply ?? null).toBeNull();
  });
});

describe('a draft for what a requester writes after we answered (A-085)', () => {
  const article = anArticle({ title: 'Payment failed', body: 'Enter the card **again**.', approved: true });
  const url = 'https://help.example/invoice';
  const invoice = anArticle({ name: 'invoice', title: 'Find an invoice', body: 'Open Billing.', url, approved: true });
  const policy = aPolicyWith({ drafts: [aDraft()], articles: [article, invoice] });
  const ticket = aTicket({
    status: 'open',
    firstRespondedAt: MORNING,
    lastAgentMessageAt: MORNING,
    lastCustomerMessageAt: MORNING.add({ hours: 1 }),
  });

  function further(text: string, given: { answers?: readonly string[]; status?: Ticket['status'] } = {}) {
    const { answers = ['Enter the card anew.'], status = 'open' } = given;
    const articles = findArticles(policy.offers.articles, text);
    const facts = someFacts({ further: { text, answers, articles } });
    const occasion: Occasion = { kind: 'replied', by: 'customer', name: 'Greta', text, at: MORNING };
    const { effects } = decide({ ...ticket, status }, occasion, { policy, facts, now: MORNING });
    return effects.reduce((seen, effect) => applyEffect(seen, effect, MORNING), ticket);
  }

  it('is the article that fits these words, and not the reply that fits the request', () => {
    const after = further('Where do I find the invoice?');
    expect(after.suggestion).toEqual({ reply: 'article:invoice', articles: ['invoice'] });
    expect(draftsFor(policy, after).map(({ reply }) => reply)).toEqual(['card', 'article:invoice']);
    expect(draftText(policy, after, 'article:invoice')).toContain('Open Billing.');
  });

  it.each([
    ['by its beginning, however its lines were broken', 'Hello,\nopen\nBilling. Best, Ana'],
    ['by its address', `See ${url} please.`],
  ])('is not the article that we sent before: known %s', (_, answer) => {
    const after = further('Where do I find the invoice?', { answers: [answer] });
    expect(after.suggestion).toEqual({ reply: null, articles: ['invoice'] });
  });

  it('is none where the requester only thanks, or the ticket is done', () => {
    expect(further('Thank you very much!').suggestion).toBeNull();
    expect(further('Where do I find the invoice?', { status: 'closed' }).suggestion).toBeNull();
  });

  it('is none of nothing that was written since', () => {
    expect(look(policy, ticket).ticket.suggestion?.reply ?? null).toBeNull();
  });
});

describe('what was suggested and what was sent (A-097)', () => {
  const policy = aPolicyWith({ drafts: [aDraft()] });

  it.each([
    ['Please try the card again.', 'Ana sent the answer “Try the card again” word for word.'],
    ['Please try another card again.', 'Ana sent the answer “Try the card again” with 20 % of its words changed.'],
    ['No idea.', 'Ana wrote an answer without “Try the card again”.'],
  ])('are compared: %s', (text, said) => {
    const { ticket } = look(policy);
    const { sentences } = look(policy, ticket, answered(text, { reply: 'card', text: 'Please try the card again.' }));
    expect(sentences).toContain(said);
  });

  it('can be counted by reply and share', () => {
    const { reasons } = decide(aTicket(), answered('Try again now', { reply: 'card', text: 'Try again' }), {
      policy,
      facts: someFacts(),
      now: MORNING,
    });
    expect(reasons.find(({ code }) => code === 'respond.draft_compared')?.params).toEqual({
      name: 'Ana',
      reply: 'card',
      madeOf: 'reply',
      message: 'm1',
      title: 'Try the card again',
      rewritten: 0.33,
    });
  });
});

describe('articles', () => {
  it('come by their words, those that an admin names for such tickets first, three at most (A-086)', () => {
    const shelf = [
      anArticle(),
      anArticle({
        name: 'runbook',
        title: 'Ask the bank',
        when: { kind: 'is', field: 'category', values: ['billing'] },
      }),
      anArticle({ name: 'other', title: 'Opening hours' }),
      ...['a', 'b', 'c'].map((name) => anArticle({ name, title: `Failed payment ${name}` })),
    ];
    const { ticket, sentences } = look(aPolicyWith({ articles: shelf }));
    expect(ticket.suggestion?.articles).toHaveLength(3);
    expect(ticket.suggestion?.articles[0]).toBe('runbook');
    expect(ticket.suggestion?.articles).not.toContain('other');
    expect(sentences[0]).toMatch(/^Suggests the articles “Ask the bank”, /);
  });

  it('come in the language of the request before all others', () => {
    const shelf = [
      anArticle({ name: 'payment', title: 'Payment failed' }),
      anArticle({ name: 'pago', title: 'Payment failed twice', language: 'es' }),
      anArticle({ name: 'zahlung', title: 'Payment failed again', language: 'de' }),
    ];
    const ticket = aTicket({ language: 'de' });
    expect(look(aPolicyWith({ articles: shelf }), ticket).ticket.suggestion?.articles).toEqual([
      'payment',
      'zahlung',
      'pago',
    ]);
    expect(look(aPolicyWith({ articles: shelf })).ticket.suggestion?.articles.toSorted()).toEqual([
      'pago',
      'payment',
      'zahlung',
    ]);
  });

  it('stay while the ticket is worked, and go when it is done', () => {
    const policy = aPolicyWith({ articles: [anArticle()] });
    const { ticket } = look(policy);
    const after = look(policy, ticket, answered('Hello')).ticket;
    expect(after.suggestion).toEqual({ reply: null, articles: ['payment'] });
    const solve = [{ field: 'status' as const, from: 'open', to: 'resolved' }];
    const done: Occasion = { kind: 'edited', by: 'Ana', at: MORNING, changes: solve };
    expect(look(policy, after, done).ticket.suggestion).toBeNull();
  });
});
