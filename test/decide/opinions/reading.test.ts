import { describe, expect, it } from 'vitest';
import { applyEffect } from '../../../src/decide/apply.ts';
import { triage } from '../../../src/decide/triage.ts';
import type { ModelPolicy, TriageThen } from '../../../src/decide/policy.ts';
import { decide } from '../../../src/decide/index.ts';
import { PRIORITIES, SEVERITIES, type Ticket } from '../../../src/domain/ticket.ts';
import type { Reading } from '../../../src/domain/opinion.ts';
import {
  aPolicy,
  aRule,
  aTicket,
  aTurn,
  ALWAYS,
  MORNING,
  type PolicyWishes,
  someFacts,
} from '../../support/builders.ts';
import { aModel, advised, aReading, asked } from '../../support/opinions.ts';
import { fc } from '../../support/properties.ts';

const PRIORITY_BY_SEVERITY = {
  informational: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
} as const;

function read(
  reading: Partial<Reading>,
  given: { ticket?: Partial<Ticket>; model?: Partial<ModelPolicy>; category?: string; wishes?: PolicyWishes } = {},
) {
  const bare = aTicket({ needsReview: true, queue: 'review', ...given.ticket });
  const ticket = { ...bare, advice: asked(bare) };
  const wishes = given.wishes ?? {};
  const policy = aPolicy({
    ...wishes,
    triage: { model: aModel(given.model), priorityBySeverity: PRIORITY_BY_SEVERITY, ...wishes.triage },
  });
  const turn = aTurn({
    ticket,
    policy: { ...policy, categories: ['billing', 'access'] },
    occasion: advised(ticket, { category: given.category ?? 'billing', reading: aReading(reading) }),
  });
  triage(turn);
  return { ticket: turn.ticket, codes: turn.finish().reasons.map(({ code }) => code) };
}

describe('what a language model read', () => {
  it('fills in severity, language and product where nobody said them', () => {
    const { ticket } = read({ severity: 'low', language: 'de', product: 'Web shop' });
    expect(ticket).toMatchObject({ severity: 'low', language: 'de', fields: { product: 'Web shop' } });
  });

  it('leaves what is known as it is', () => {
    const known = { severity: 'medium', language: 'en', fields: { product: 'Other' } } as const;
    expect(read({ severity: 'low', language: 'de', product: 'Web shop' }, { ticket: known }).ticket).toMatchObject(
      known,
    );
  });

  it('is taken over only as far as the config says', () => {
    const { ticket } = read({ severity: 'low', language: 'de', product: 'Web shop' }, { model: { takes: [] } });
    expect(ticket).toMatchObject({ severity: null, language: null });
    expect(ticket.fields).toEqual({});
  });

  it('is dropped where it is on no list: products, choices, languages (A-025)', () => {
    const ask = [{ field: 'plan', question: 'Which plan?', choices: ['Gold', 'Silver'], rememberMinutes: null }];
    const rule = { ...aRule({}), ask, template: 't', remindAfterMinutes: null, giveUpAfterMinutes: 60, calendar: null };
    const wishes = { intake: { clarify: [rule] } };
    const odd = { product: '=HYPERLINK("x")', language: 'xx', fields: { plan: 'Platinum', owner: 'Eve' } };
    expect(read(odd, { wishes }).ticket).toHaveProperty('language', null);
    expect(read(odd, { wishes }).ticket.fields).toEqual({});
    expect(read({ fields: { plan: 'Gold', owner: 'Eve' } }, { wishes }).ticket.fields).toEqual({ plan: 'Gold' });
  });

  it.each([
    ['critical', 'medium', 'high', 'high'],
    ['critical', 'low', 'high', 'medium'],
    ['high', 'high', 'high', 'high'],
    ['low', 'medium', 'low', 'medium'],
    ['informational', 'high', 'informational', 'high'],
  ] as const)(
    'severity %s raises the usual priority %s by one step at most, and lowers none',
    (said, usual, severity, priority) => {
      const wishes = { triage: { defaultPriority: usual } };
      const { ticket } = read({ severity: said }, { ticket: { priority: usual }, wishes });
      expect(ticket).toMatchObject({ severity, priority });
      const again = aTurn({
        ticket,
        policy: aPolicy({
          triage: { model: aModel(), priorityBySeverity: PRIORITY_BY_SEVERITY, defaultPriority: usual },
        }),
        occasion: {
          kind: 'edited',
          by: 'Ana',
          at: MORNING,
          changes: [{ field: 'severity', from: null, to: severity }],
        },
      });
      triage(again);
      expect(again.ticket.priority).toBe(priority);
    },
  );

  it('does not overrule a rule', () => {
    const rule = aRule<TriageThen>({ severity: 'critical', priority: 'critical' }, { when: ALWAYS });
    const wishes = { triage: { rules: [rule] } };
    const rested = { severity: 'critical', priority: 'critical' } as const;
    expect(read({ severity: 'low' }, { ticket: rested, wishes }).ticket).toMatchObject(rested);
  });

  it('sums up tickets of categories that may be, in a field of its own, and no others (A-022)', () => {
    const summary = 'Paid twice, wants one back.';
    const { ticket } = read({ summary });
    expect(ticket.summary).toBe(summary);
    expect(ticket.description).toBe('My payment failed twice and my card was charged.');
    expect(read({ summary }, { model: { noSummaryOf: ['billing'] } }).ticket.summary).toBeNull();
    expect(read({ summary }, { model: { takes: [] } }).ticket.summary).toBeNull();
    expect(read({ summary }, { category: 'none' }).ticket.summary).toBeNull();
  });

  it('is summed up, and rules go by its category, as soon as a person takes the guess', () => {
    const urgent = aRule<TriageThen>(
      { priority: 'high' },
      { when: { kind: 'is', field: 'category', values: ['billing'] } },
    );
    const wishes = { triage: { model: aModel({ threshold: 1 }), rules: [urgent] } };
    const reviewed = read({ summary: 'Paid twice.' }, { wishes }).ticket;
    expect(reviewed).toMatchObject({ category: null, needsReview: true, summary: null });
    const changes = [{ field: 'needsReview' as const, from: true, to: false }];
    const { effects } = decide(
      reviewed,
      { kind: 'edited', by: 'Ana', at: MORNING, changes },
      { policy: { ...aPolicy(wishes), categories: ['billing', 'access'] }, facts: someFacts(), now: MORNING },
    );
    const after = effects.reduce((ticket, effect) => applyEffect(ticket, effect, MORNING), reviewed);
    expect(after).toMatchObject({ category: 'billing', needsReview: false, priority: 'high', summary: 'Paid twice.' });
  });

  it('loses its summary when a person moves the ticket to a category without', () => {
    const { ticket } = read({ summary: 'Paid twice.' });
    const turn = aTurn({
      ticket,
      policy: {
        ...aPolicy({ triage: { model: aModel({ noSummaryOf: ['access'] }) } }),
        categories: ['billing', 'access'],
      },
      occasion: {
        kind: 'edited',
        by: 'Ana',
        at: MORNING,
        changes: [{ field: 'category', from: 'billing', to: 'access' }],
      },
    });
    turn.accept('category', 'access', {
      stage: 'edit',
      code: 'edit.changed',
      params: {},
      evidence: [],
      source: { kind: 'person', name: 'Ana' },
    });
    triage(turn);
    expect(turn.ticket.summary).toBeNull();
  });

  it('whatever it says, never closes, mails, deletes, nor moves what a person or a rule said', () => {
    const text = fc.string({ maxLength: 60 });
    const anyReading = fc.record({
      severity: fc.option(fc.constantFrom(...SEVERITIES)),
      product: fc.option(fc.oneof(text, fc.constant('Web shop'))),
      language: fc.option(fc.oneof(text, fc.constantFrom('de', 'en'))),
      sentiment: fc.option(fc.constantFrom('negative', 'neutral', 'positive')),
      frustration: fc.option(fc.constantFrom('none', 'annoyed', 'angry')),
      intent: fc.option(text),
      reason: text,
      summary: fc.option(text),
      fields: fc.dictionary(text, text, { maxKeys: 3 }),
    });
    const category = fc.option(fc.oneof(text, fc.constantFrom('billing', 'access')));
    const model = aModel();
    const policy = {
      ...aPolicy({ triage: { model, priorityBySeverity: PRIORITY_BY_SEVERITY } }),
      categories: ['billing', 'access'],
    };
    const override = { by: 'Ana', at: MORNING, from: null, to: 'access' };
    fc.assert(
      fc.property(anyReading, category, fc.boolean(), (reading, said, isChosen) => {
        const chosen = isChosen ? { category: 'access', overrides: { category: override }, needsReview: false } : {};
        const bare = aTicket({ needsReview: true, queue: 'review', ...chosen });
        const ticket = { ...bare, advice: asked(bare) };
        const given = { policy, facts: someFacts({ record: { right: 9, known: 9 } }), now: MORNING };
        const { effects } = decide(ticket, advised(ticket, { category: said, reading }), given);
        expect(effects.filter(({ kind }) => kind === 'message')).toEqual([]);
        const after = effects.flatMap((effect) => (effect.kind === 'change' ? [effect] : []));
        for (const { field, to } of after) {
          expect([
            'category',
            'confidence',
            'severity',
            'priority',
            'needsReview',
            'queue',
            'assignee',
            'summary',
            'slaState',
          ]).toContain(field);
          if (field === 'category') expect(isChosen ? [] : policy.categories).toContain(to);
          if (field === 'severity') expect(to).not.toBe('critical');
          if (field === 'priority')
            expect(PRIORITIES.indexOf('high')).toBeGreaterThanOrEqual(PRIORITIES.findIndex((each) => each === to));
        }
      }),
    );
  });
});
