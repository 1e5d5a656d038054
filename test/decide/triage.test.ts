import { describe, expect, it } from 'vitest';
import type { Condition } from '../../src/decide/condition.ts';
import { phraseOf } from '../../src/decide/conditions/words.ts';
import type { Rule, TriageThen } from '../../src/decide/policy.ts';
import { triage } from '../../src/decide/triage.ts';
import type { Reason } from '../../src/domain/decision.ts';
import type { Occasion } from '../../src/domain/occasion.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { triageSentences } from '../../src/domain/sentences/triage.ts';
import {
  ALWAYS,
  aPolicy,
  aReason,
  aRequester,
  aRule,
  aTicket,
  aTurn,
  MORNING,
  type PolicyWishes,
} from '../support/builders.ts';

function mentions(...phrases: string[]): Condition {
  return { kind: 'mentions', in: 'text', phrases: phrases.map(phraseOf) };
}

function rule(name: string, when: Condition, then: TriageThen): Rule<TriageThen> {
  return aRule(then, { name, when, owner: 'finance lead' });
}

/** Triages a ticket by rules, and tells how it stands then, and why. */
function triaged(given: {
  rules: readonly Rule<TriageThen>[];
  ticket?: Partial<Ticket>;
  occasion?: Occasion;
  policy?: PolicyWishes['triage'];
}): { ticket: Ticket; reasons: readonly Reason[] } {
  const turn = aTurn({
    ticket: aTicket(given.ticket),
    policy: aPolicy({ triage: { ...given.policy, rules: given.rules } }),
    ...(given.occasion === undefined ? {} : { occasion: given.occasion }),
  });
  triage(turn);
  return { ticket: turn.ticket, reasons: turn.finish().reasons };
}

const FAILED = rule('Failed payment', mentions('payment failed'), { category: 'billing', priority: 'high' });
const CARDS = rule('Cards', mentions('card'), {
  category: 'account',
  severity: 'low',
  priority: 'low',
  tags: ['card'],
});

function edited(field: 'category' | 'severity' | 'status', from: string | null, to: string): Occasion {
  return { kind: 'edited', by: 'Ana', at: MORNING, changes: [{ field, from, to }] };
}

describe('a new ticket', () => {
  it('gets each field from the first rule that sets it, and the later rule is named as the loser', () => {
    const { ticket, reasons } = triaged({ rules: [FAILED, CARDS] });
    expect(ticket).toMatchObject({ category: 'billing', priority: 'high', severity: 'low', needsReview: false });
    expect(reasons.map(({ code, source, params }) => ({ code, source, lost: params['lost'] }))).toEqual([
      {
        code: 'triage.category_by_rule',
        source: { kind: 'rule', name: 'Failed payment', owner: 'finance lead' },
        lost: ['Cards (account)'],
      },
      { code: 'triage.severity_by_rule', source: { kind: 'rule', name: 'Cards', owner: 'finance lead' }, lost: [] },
      {
        code: 'triage.priority_by_rule',
        source: { kind: 'rule', name: 'Failed payment', owner: 'finance lead' },
        lost: ['Cards (low)'],
      },
      {
        code: 'triage.tags_by_rule',
        source: { kind: 'rule', name: 'Cards', owner: 'finance lead' },
        lost: undefined,
      },
    ]);
  });

  it('quotes what the customer wrote', () => {
    const { reasons } = triaged({ rules: [FAILED] });
    expect(reasons[0]).toMatchObject({
      stage: 'triage',
      change: { field: 'category', from: null, to: 'billing' },
      evidence: [{ kind: 'text', quote: 'Payment failed' }],
    });
  });

  it('gathers the tags of every rule, each once', () => {
    const { ticket, reasons } = triaged({
      ticket: { tags: ['web'] },
      rules: [rule('One', ALWAYS, { tags: ['a', 'web'] }), rule('Two', ALWAYS, { tags: ['a', 'b'] })],
    });
    expect(ticket.tags).toEqual(['web', 'a', 'b']);
    expect(reasons[0]?.params).toEqual({ added: ['a', 'b'], rules: ['One', 'Two'] });
  });

  it('lets a rule see what the rules above said', () => {
    const { ticket } = triaged({
      rules: [
        FAILED,
        rule('Billing is severe', { kind: 'is', field: 'category', values: ['billing'] }, { severity: 'high' }),
      ],
    });
    expect(ticket.severity).toBe('high');
  });

  it('with two tiers gets two priorities, and the reason names the tier (A-027, A-030)', () => {
    const vip = rule(
      'Enterprise first',
      { kind: 'is', field: 'requester.account.tier', values: ['enterprise'] },
      { priority: 'critical' },
    );
    const rules = [vip, FAILED];
    const big = triaged({ rules, ticket: { requester: aRequester({ account: { tier: 'enterprise' } }) } });
    const small = triaged({ rules, ticket: { requester: aRequester({ account: { tier: 'smb' } }) } });
    expect(big.ticket.priority).toBe('critical');
    expect(small.ticket.priority).toBe('high');
    expect(big.reasons.find(({ change }) => change?.field === 'priority')?.evidence).toEqual([
      { kind: 'field', name: 'requester.account.tier', value: 'enterprise' },
    ]);
  });

  it('to which no rule gives a category needs a person (A-033)', () => {
    const { ticket, reasons } = triaged({ rules: [FAILED], ticket: { subject: 'Hi', description: 'I need help' } });
    expect(ticket).toMatchObject({ category: null, needsReview: true });
    expect(reasons.map(({ code }) => code)).toEqual(['triage.no_rule_matched']);
  });

  it.each([
    ['informational', 'low'],
    ['low', 'low'],
    ['medium', 'medium'],
    ['high', 'high'],
    ['critical', 'critical'],
  ] as const)('of severity %s has the priority %s where no rule gives one (A-026)', (severity, priority) => {
    const { ticket } = triaged({
      rules: [rule('All', ALWAYS, { category: 'billing', severity })],
      ticket: { priority: priority === 'low' ? 'high' : 'low' },
      policy: {
        priorityBySeverity: { informational: 'low', low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
      },
    });
    expect(ticket.priority).toBe(priority);
  });

  it('without rule and severity has the usual priority', () => {
    const { ticket, reasons } = triaged({
      rules: [rule('All', ALWAYS, { category: 'billing' })],
      policy: { defaultPriority: 'low' },
    });
    expect(ticket.priority).toBe('low');
    expect(reasons.at(-1)).toMatchObject({ code: 'triage.priority_by_default', source: { kind: 'default' } });
  });
});

describe('a person has chosen', () => {
  const override = { by: 'Ana', at: MORNING, from: 'billing', to: 'account' };

  it('and rules leave it alone, but go by it (A-036)', () => {
    const { ticket } = triaged({
      rules: [FAILED, rule('Account', { kind: 'is', field: 'category', values: ['account'] }, { tags: ['by hand'] })],
      ticket: { category: 'account', overrides: { category: override } },
      occasion: edited('category', 'billing', 'account'),
    });
    expect(ticket).toMatchObject({ category: 'account', priority: 'high', tags: ['by hand'] });
  });

  it('a severity, and the priority follows', () => {
    const { ticket, reasons } = triaged({
      rules: [],
      ticket: { category: 'billing', severity: 'critical', overrides: { severity: override } },
      occasion: edited('severity', null, 'critical'),
      policy: { priorityBySeverity: { critical: 'critical' } },
    });
    expect(ticket.priority).toBe('critical');
    expect(reasons[0]).toMatchObject({
      code: 'triage.priority_by_severity',
      evidence: [{ kind: 'field', name: 'severity', value: 'critical' }],
    });
  });

  it('a category, and nobody needs to look any more', () => {
    const turn = aTurn({
      ticket: aTicket({ needsReview: true }),
      policy: aPolicy(),
      occasion: edited('category', null, 'billing'),
    });
    const because = {
      stage: 'edit',
      code: 'edit.by_hand',
      params: {},
      evidence: [],
      source: { kind: 'person', name: 'Ana' },
    } as const;
    turn.accept('category', 'billing', because);
    triage(turn);
    expect(turn.ticket.needsReview).toBe(false);
    expect(turn.finish().reasons.at(-1)?.code).toBe('triage.category_known');
  });
});

describe('triage keeps out of the way', () => {
  it.each<Occasion>([
    { kind: 'due' },
    { kind: 'replied', by: 'customer', name: 'Greta', text: 'card', at: MORNING },
    { kind: 'asked', by: 'Ana', at: MORNING, what: 'give_back' },
    edited('status', 'new', 'open'),
  ])('of $kind', (occasion) => {
    expect(triaged({ rules: [FAILED, CARDS], occasion }).reasons).toEqual([]);
  });

  it('but looks again when a field changes that a rule reads', () => {
    const rules = [rule('Reopened', { kind: 'is', field: 'status', values: ['open'] }, { tags: ['seen'] })];
    const ticket = { status: 'open', category: 'billing' } as const;
    expect(triaged({ rules, ticket, occasion: edited('status', 'new', 'open') }).ticket.tags).toEqual(['seen']);
  });
});

describe('the sentence', () => {
  function sentenceOf(reason: Partial<Reason>): string | undefined {
    return triageSentences[reason.code ?? '']?.(aReason(reason));
  }
  const byRule = {
    code: 'triage.category_by_rule',
    change: { field: 'category', from: null, to: 'billing' },
    source: { kind: 'rule', name: 'Failed payment goes to billing', owner: 'finance lead' },
  } as const;

  it('names the words, the fields and the rule (A-034)', () => {
    const evidence = [
      { kind: 'text', quote: 'payment failed' },
      { kind: 'field', name: 'requester.account.invoice', value: 'unpaid' },
    ] as const;
    expect(sentenceOf({ ...byRule, evidence, params: { lost: [] } })).toBe(
      'Billing, because the text says “payment failed” and the account’s invoice is unpaid (rule Failed payment goes to billing).',
    );
  });

  it('names the rule that lost, while there is room', () => {
    const evidence = [{ kind: 'text', quote: 'card' }] as const;
    expect(sentenceOf({ ...byRule, evidence, params: { lost: ['Cards (account)'] } })).toBe(
      'Billing, because the text says “card” (rule Failed payment goes to billing). This outranks Cards (account).',
    );
  });

  it('of a rule without evidence names the rule', () => {
    expect(sentenceOf({ ...byRule, params: { lost: [] } })).toBe(
      'Billing, because the rule Failed payment goes to billing says so.',
    );
  });

  it('never has more than 200 characters', () => {
    const long = 'very long words '.repeat(30);
    const evidence = Array.from({ length: 5 }, () => [
      { kind: 'text', quote: long } as const,
      { kind: 'field', name: long, value: long } as const,
    ]).flat();
    const source = { kind: 'rule', name: long, owner: long } as const;
    const params = { lost: [long], added: [long], rules: [long, long], queue: long, category: long };
    for (const code of Object.keys(triageSentences).filter((each) => each !== 'triage.no_rule_matched')) {
      for (const pieces of [evidence, evidence.slice(1), []]) {
        const sentence = sentenceOf({
          code,
          source,
          params,
          evidence: pieces,
          change: { field: 'category', from: null, to: long },
        });
        expect(sentence?.length).toBeLessThanOrEqual(200);
        expect(sentence).not.toBe('');
      }
    }
  });

  it.each<[Partial<Reason>, string]>([
    [
      { code: 'triage.no_rule_matched', params: { rules: 6, queue: 'review' } },
      'A person must look: none of the 6 triage rules gives a category.',
    ],
    [
      {
        code: 'triage.priority_by_severity',
        change: { field: 'priority', from: 'medium', to: 'critical' },
        evidence: [{ kind: 'field', name: 'severity', value: 'critical' }],
      },
      'Priority critical, because the severity is critical.',
    ],
    [
      { code: 'triage.priority_by_default', change: { field: 'priority', from: 'high', to: 'medium' } },
      'Priority medium, the usual one: no rule gives another.',
    ],
    [
      {
        code: 'triage.tags_by_rule',
        params: { added: ['a', 'b'], rules: ['One', 'Two'] },
        source: { kind: 'rule', name: 'One', owner: 'x' },
        evidence: [{ kind: 'field', name: 'assignee', value: '' }],
        change: { field: 'tags', from: [], to: ['a', 'b'] },
      },
      'Tagged a, b, because assignee is empty (rule One and 1 more).',
    ],
    [
      { code: 'triage.category_known', evidence: [{ kind: 'field', name: 'category', value: 'billing' }] },
      'No review needed any more: the category is billing.',
    ],
  ])('%o is %j', (reason, sentence) => {
    expect(sentenceOf(reason)).toBe(sentence);
  });
});
