import { describe, expect, it } from 'vitest';
import { draftText } from '../../../src/config/drafts.ts';
import { applyEffect } from '../../../src/decide/apply.ts';
import type { FurtherWords } from '../../../src/decide/facts.ts';
import { decide } from '../../../src/decide/index.ts';
import type { Article, ModelPolicy } from '../../../src/decide/policy.ts';
import { isDraftAwaited } from '../../../src/decide/suggest/model-draft.ts';
import type { Occasion } from '../../../src/domain/occasion.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import type { DraftAnswer } from '../../../src/domain/suggestion.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { ALWAYS, anArticle, aPolicy, aRule, aTicket, MORNING, received, someFacts } from '../../support/builders.ts';
import { aModel } from '../../support/opinions.ts';

const CHARGED = anArticle({ name: 'charged', title: 'Charged twice', body: 'One of them goes back.', approved: true });
const FITTING = [{ name: 'charged', likeness: 0.3 }];

interface Wishes {
  model?: Partial<ModelPolicy>;
  articles?: readonly Article[];
  hasReply?: boolean;
  ticket?: Partial<Ticket>;
  fitting?: typeof FITTING;
  further?: FurtherWords;
}

function policyOf({ model = {}, articles = [CHARGED], hasReply = true }: Wishes) {
  return aPolicy({
    triage: { rules: [aRule({ category: 'billing' })], model: aModel({ draftsFor: ['billing'], ...model }) },
    replies: { card: { name: 'card', subject: '', body: 'Try the card again.' } },
    offers: {
      articles,
      drafts: hasReply ? [{ reply: 'card', title: 'The card', why: null, when: ALWAYS, place: 'replies/card.md' }] : [],
    },
  });
}

/** A ticket after an occasion, with what was said of its answers. */
function look(wishes: Wishes = {}, ticket = aTicket(wishes.ticket), occasion: Occasion = received()) {
  const policy = policyOf(wishes);
  const facts = someFacts({ articles: wishes.fitting ?? FITTING, further: wishes.further ?? null });
  const { effects, reasons } = decide(ticket, occasion, { policy, facts, now: MORNING });
  const after = effects.reduce((seen, effect) => applyEffect(seen, effect, MORNING), ticket);
  const said = reasons.filter(({ stage }) => stage === 'respond');
  return { ticket: after, policy, effects, reasons: said, sentences: said.map(sentenceOf) };
}

const GOOD: DraftAnswer = {
  name: 'gpt-5-mini',
  text: 'One of the two goes back to you.',
  sources: [
    { kind: 'article', name: 'charged' },
    { kind: 'ticket', number: 1031 },
  ],
};

function drafted(ticket: Ticket, answer: DraftAnswer = GOOD): Occasion {
  return { kind: 'drafted', of: ticket.draft?.of ?? '', answer, at: MORNING };
}

describe('a draft by a language model (A-085)', () => {
  it('is wanted for a ticket of a category that the config names, from its reply and its articles', () => {
    const { ticket } = look();
    expect(ticket.draft).toMatchObject({
      by: null,
      text: null,
      endedAt: null,
      sources: [
        { kind: 'reply', name: 'card' },
        { kind: 'article', name: 'charged' },
      ],
    });
    expect(isDraftAwaited(ticket)).toBe(true);
    expect(ticket.suggestion?.reply).toBe('card');
  });

  it.each<[string, Wishes]>([
    ['of no category that the config names', { model: { draftsFor: ['access'] } }],
    ['where the config switches it on for none', { model: { draftsFor: [] } }],
    ['of which no model is to be asked', { model: { when: { kind: 'not', of: ALWAYS } } }],
    ['that was answered', { ticket: { firstRespondedAt: MORNING } }],
    ['that reports an incident', { ticket: { incident: 1001 } }],
    ['that is solved', { ticket: { status: 'resolved', category: 'billing', resolvedAt: MORNING } }],
  ])('is not wanted for a ticket %s', (_, wishes) => {
    expect(look(wishes).ticket.draft).toBeNull();
  });

  it('is written once: another look at the same ticket asks for nothing', () => {
    const asked = look().ticket;
    expect(look({}, asked, { kind: 'due' }).ticket.draft).toEqual(asked.draft);
    const written = look({}, asked, drafted(asked)).ticket;
    expect(look({}, written, { kind: 'due' }).ticket.draft).toEqual(written.draft);
    const failed = look({}, asked, drafted(asked, { name: 'gpt-5-mini', failure: 'draft_link' })).ticket;
    expect(look({}, failed, { kind: 'due' }).ticket.draft).toEqual(failed.draft);
  });

  it('is wanted anew when one of its sources says something else', () => {
    const asked = look().ticket;
    const written = look({}, asked, drafted(asked)).ticket;
    const rewritten = look({ articles: [{ ...CHARGED, body: 'Both stay here.' }] }, written, { kind: 'due' }).ticket;
    expect(isDraftAwaited(rewritten)).toBe(true);
    expect(rewritten.suggestion?.reply).toBe('card');
    const late = look({ articles: [{ ...CHARGED, body: 'Both stay here.' }] }, rewritten, drafted(asked)).ticket;
    expect(late.draft).toEqual(rewritten.draft);
  });

  it('is suggested with what it rests on, begins with our greeting, and goes nowhere by itself', () => {
    const asked = look().ticket;
    const { ticket, policy, effects, sentences } = look({}, asked, drafted(asked));
    expect(ticket.suggestion?.reply).toBe('model:');
    expect(draftText(policy, ticket, 'model:')).toBe('Hello Greta Holm,\n\nOne of the two goes back to you.');
    expect(sentences).toEqual([
      'gpt-5-mini wrote a draft from the article “Charged twice” and T-1031.',
      'Suggests the answer “Draft by gpt-5-mini”, and the article “Charged twice”.',
    ]);
    expect(effects.filter(({ kind }) => kind === 'message')).toEqual([]);
  });

  it('stands in the log as it was offered, and how it was sent (A-097)', () => {
    const asked = look().ticket;
    const { ticket, reasons } = look({}, asked, drafted(asked));
    expect(reasons.find(({ code }) => code === 'respond.drafted')?.params).toEqual({
      name: 'gpt-5-mini',
      from: ['the article “Charged twice”', 'T-1031'],
      text: 'One of the two goes back to you.',
    });
    const text = 'Hello Greta Holm,\n\nOne of the two goes back to you.';
    const draft = { reply: 'model:', text, message: 'm1' };
    const answered = look({}, ticket, { kind: 'replied', by: 'agent', name: 'Ana', text, at: MORNING, draft });
    expect(answered.reasons.find(({ code }) => code === 'respond.draft_compared')?.params).toEqual({
      name: 'Ana',
      reply: 'model:',
      title: 'Draft by gpt-5-mini',
      madeOf: 'model',
      message: 'm1',
      rewritten: 0,
    });
    expect(answered.sentences).toContain('Ana sent the answer “Draft by gpt-5-mini” word for word.');
    expect(answered.ticket).toMatchObject({ draft: null, suggestion: { reply: null } });
  });

  it('is wanted for what is written after we answered, from our answers and what fits these words, once for each', () => {
    const answered = {
      status: 'open' as const,
      category: 'billing',
      firstRespondedAt: MORNING,
      lastAgentMessageAt: MORNING,
      lastCustomerMessageAt: MORNING.add({ minutes: 5 }),
    };
    const again = (text: string, ticket = aTicket(answered)) => {
      const further = { text, answers: ['One goes back.'], articles: FITTING };
      const occasion: Occasion = { kind: 'replied', by: 'customer', name: 'Greta', text, at: MORNING };
      return look({ further }, ticket, occasion).ticket;
    };
    const asked = again('Which of the two?');
    expect(asked).toMatchObject({ suggestion: { reply: 'article:charged' }, draft: { endedAt: null } });
    expect(asked.draft?.sources).toEqual([{ kind: 'answers' }, { kind: 'article', name: 'charged' }]);
    expect(again('And when?', asked).draft?.of).not.toBe(asked.draft?.of);
    expect(again('Thanks a lot!').draft).toBeNull();
    const further = { text: 'Which of the two?', answers: [], articles: FITTING };
    const { ticket, policy } = look({ further }, asked, drafted(asked));
    expect(ticket.suggestion?.reply).toBe('model:');
    expect(draftText(policy, ticket, 'model:')).toContain('One of the two goes back to you.');
    expect(draftText(policy, { ...ticket, lastAgentMessageAt: MORNING.add({ hours: 1 }) }, 'model:')).toBeNull();
  });

  it('leaves the plain draft where it was dropped, and says why', () => {
    const asked = look().ticket;
    const { ticket, sentences } = look({}, asked, drafted(asked, { name: 'gpt-5-mini', failure: 'draft_link' }));
    expect(ticket).toMatchObject({ suggestion: { reply: 'card' }, draft: { failure: 'draft_link', text: null } });
    expect(sentences).toEqual(['No draft by gpt-5-mini: it wrote a link that none of its sources has.']);
  });

  it('leaves it where the model could not be asked, which is nothing for the log of a ticket', () => {
    const asked = look().ticket;
    const { ticket, sentences } = look({}, asked, drafted(asked, { name: null, failure: 'model.too-slow' }));
    expect(ticket).toMatchObject({ suggestion: { reply: 'card' }, draft: { failure: 'model.too-slow' } });
    expect(sentences).toEqual([]);
  });

  it('is of at most two articles, of approved ones, and not of one that went out by itself', () => {
    const [two, three] = ['two', 'three'].map((name) => anArticle({ name, approved: true }));
    const unapproved = anArticle({ name: 'unapproved' });
    const articles = [unapproved, CHARGED, ...(two && three ? [two, three] : [])];
    const fitting = articles.map(({ name }) => ({ name, likeness: 0.3 }));
    const named = (wishes: Wishes) => look({ hasReply: false, articles, fitting, ...wishes }).ticket.draft?.sources;
    expect(named({})).toEqual([
      { kind: 'article', name: 'charged' },
      { kind: 'article', name: 'two' },
    ]);
    const sent = {
      template: 'answer',
      article: { name: 'charged', title: 'Charged twice' },
      sentAt: MORNING,
      endedAt: MORNING,
      how: 'not_solved' as const,
    };
    expect(named({ ticket: { selfService: sent } })).toEqual([
      { kind: 'article', name: 'two' },
      { kind: 'article', name: 'three' },
    ]);
  });
});
