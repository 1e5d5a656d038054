import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/decide/index.ts';
import type { Article, SelfServicePolicy } from '../../../src/decide/policy.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import type { FittingArticle } from '../../../src/domain/suggestion.ts';
import type { Priority, Ticket } from '../../../src/domain/ticket.ts';
import { anArticle, aPolicy, aRule, aTicket, MORNING, received, someFacts } from '../../support/builders.ts';

const PASSWORD = anArticle({ name: 'password', title: 'A new password', body: 'Choose **Forgot**.', approved: true });

/** A new request about access, where `password` has 34 % in common with it unless the test says otherwise. */
function answered(
  given: {
    articles?: readonly Article[];
    fitting?: readonly FittingArticle[];
    ticket?: Partial<Ticket>;
    priority?: Priority;
    rule?: Partial<SelfServicePolicy>;
  } = {},
) {
  const { articles = [PASSWORD], fitting = [{ name: 'password', likeness: 0.34 }] } = given;
  const policy = aPolicy({
    categories: ['access', 'billing'],
    triage: {
      rules: [aRule({ category: 'access', ...(given.priority && { priority: given.priority }) })],
      selfService: { access: { template: 'answer', withArticle: 0.2, steps: [], urgent: false, ...given.rule } },
    },
    replies: { answer: { name: 'answer', subject: 'How to', body: '{{ article.text }} {{ answer.person }}' } },
    offers: { articles },
  });
  const ticket = aTicket(given.ticket);
  const facts = someFacts({ articles: fitting });
  const { effects, reasons } = decide(ticket, received(), { policy, facts, now: MORNING });
  const letters = effects.flatMap((effect) => (effect.kind === 'message' ? [effect] : []));
  const kept = effects.flatMap((effect) =>
    effect.kind === 'keep' && effect.part === 'selfService' ? [effect.value] : [],
  );
  const said = reasons.filter(({ code }) => code.includes('self_served')).map(sentenceOf);
  return { letters, kept, said };
}

describe('an article that answers by itself (A-088)', () => {
  it('goes out in the letter of the category, with its text as plain words', () => {
    const { letters, kept, said } = answered();
    expect(letters).toMatchObject([
      { template: 'answer', gaps: { 'article.title': 'A new password', 'article.text': 'Choose Forgot.' } },
    ]);
    expect(kept).toMatchObject([{ article: { name: 'password', title: 'A new password' }, how: null }]);
    expect(said).toEqual(['The article “A new password” goes to greta@example.com, as it is 34 % like the request.']);
  });

  it.each<[string, Parameters<typeof answered>[0]]>([
    ['nobody approved it', { articles: [{ ...PASSWORD, approved: false }] }],
    ['it has less in common than is asked for', { fitting: [{ name: 'password', likeness: 0.19 }] }],
    ['it is for another category', { articles: [{ ...PASSWORD, category: 'billing' }] }],
    ['it is in another language', { ticket: { language: 'de' } }],
    ['it is in another language than the desk', { articles: [{ ...PASSWORD, language: 'fr' }] }],
    ['it is there no more', { articles: [] }],
    ['nothing fits', { fitting: [] }],
    [
      'another that nobody approved fits better',
      {
        articles: [PASSWORD, anArticle({ name: 'other' })],
        fitting: [
          { name: 'other', likeness: 0.5 },
          { name: 'password', likeness: 0.4 },
        ],
      },
    ],
  ])('stays here where %s', (_, given) => {
    const { letters, kept, said } = answered(given);
    expect(letters.filter(({ template }) => template === 'answer')).toEqual([]);
    expect(kept).toEqual([]);
    expect(said).toEqual(['Sent no self-service answer: no approved article fits well enough.']);
  });

  it('is not kept back by a runbook that fits better, which customers never see', () => {
    const runbook = anArticle({ name: 'runbook', audience: 'internal' });
    const fitting = [
      { name: 'runbook', likeness: 0.6 },
      { name: 'password', likeness: 0.34 },
    ];
    expect(answered({ articles: [PASSWORD, runbook], fitting }).letters).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof answered>[0], string]>([
    [
      'a machine',
      { ticket: { requester: { ...aTicket().requester, email: 'no-reply@example.com' } } },
      'the sender looks like a machine',
    ],
    ['an urgent request', { priority: 'high' }, 'it is urgent'],
  ])('never goes to %s', (_, given, why) => {
    const { letters, said } = answered(given);
    expect(letters).toEqual([]);
    expect(said).toEqual([`Sent no self-service answer: ${why}.`]);
  });

  it('goes to urgent requests, too, where the config says so', () => {
    expect(answered({ priority: 'high', rule: { urgent: true } }).letters).toHaveLength(1);
  });
});
