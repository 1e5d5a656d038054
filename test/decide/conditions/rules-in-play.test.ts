import { describe, expect, it } from 'vitest';
import type { Condition, TextPart } from '../../../src/decide/condition.ts';
import { holds, subjectOf } from '../../../src/decide/conditions/index.ts';
import { createRuleIndex } from '../../../src/decide/conditions/rule-index.ts';
import { rulesInPlay } from '../../../src/decide/conditions/rules-in-play.ts';
import { phraseOf } from '../../../src/decide/conditions/words.ts';
import { aTicket, MORNING } from '../../support/builders.ts';
import { fc } from '../../support/properties.ts';

const VOCABULARY = [
  'card',
  'cards',
  'payment',
  'paying',
  'pay',
  'failed',
  'no',
  'not',
  'refund',
  'is',
  'ab',
  'a',
  'Überweisung',
];
const GAPS = [' ', ' ', ' ', ' ', ', ', '. ', '\n', '\n\n', '-', ' > '];

const word = fc.constantFrom(...VOCABULARY);
const phrase = fc
  .array(fc.tuple(word, fc.nat(6), fc.boolean()), { minLength: 1, maxLength: 3 })
  .map((words) => words.map(([each, letters, open]) => (open ? `${each.slice(0, letters + 1)}*` : each)).join(' '));
const text = fc
  .array(fc.tuple(word, fc.boolean(), fc.constantFrom(...GAPS)), { maxLength: 25 })
  .map((words) => words.map(([each, loud, gap]) => `${loud ? each.toUpperCase() : each}${gap}`).join(''));
const value = fc.constantFrom('website', 'Website ', 'phone', '12', '12.0', '0012', '');
const part = fc.constantFrom<TextPart>('text', 'subject', 'message');

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    fc
      .tuple(part, fc.array(phrase, { maxLength: 3 }))
      .map(([where, phrases]): Condition => ({ kind: 'mentions', in: where, phrases: phrases.map(phraseOf) })),
    fc.tuple(part, word, fc.boolean()).map(([where, literal, told]) => matches(where, literal.toLowerCase(), told)),
    fc
      .tuple(fc.constantFrom('channel', 'category', 'fields.size'), fc.array(value, { maxLength: 2 }))
      .map(([field, values]): Condition => ({ kind: 'is', field, values })),
    fc
      .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tie('condition'), { maxLength: 3 }))
      .map(([kind, of]): Condition => ({ kind, of })),
    tie('condition').map((of): Condition => ({ kind: 'not', of })),
  ),
}));

/** A pattern that finds a word as it stands, and says so or keeps it to itself. */
function matches(where: TextPart, literal: string, isTold: boolean): Condition {
  function find(given: string): { start: number; end: number } | null {
    const start = given.toLowerCase().indexOf(literal);
    return start < 0 ? null : { start, end: start + literal.length };
  }
  return { kind: 'matches', in: where, pattern: literal, find, ...(isTold ? { literal } : {}) };
}

function is(field: string, ...values: string[]): Condition {
  return { kind: 'is', field, values };
}

function mentions(...phrases: string[]): Condition {
  return { kind: 'mentions', in: 'text', phrases: phrases.map(phraseOf) };
}

/** Names of the rules that are worth asking about a message. */
function inPlay(conditions: Readonly<Record<string, Condition>>, description: string): readonly string[] {
  const rules = Object.entries(conditions).map(([name, when]) => ({ name, when }));
  const subject = subjectOf(
    aTicket({ subject: '', description, fields: { Size: '12' } }),
    MORNING,
    createRuleIndex([rules]),
  );
  return rulesInPlay(rules, subject).map(({ name }) => name);
}

describe('rules by what a ticket has', () => {
  it('are the same, in the same order and for the same reasons, as when every rule is asked plainly', () => {
    fc.assert(
      fc.property(
        fc.array(condition, { maxLength: 12 }),
        text,
        text,
        value,
        (conditions, subject, description, said) => {
          const ticket = aTicket({ subject, description, channel: said, category: said, fields: { Size: said } });
          const rules = conditions.map((when) => ({ when }));
          const indexed = subjectOf(ticket, MORNING, createRuleIndex([rules]));
          const plainly = rules.map((rule) => [rule, holds(rule.when, subjectOf(ticket, MORNING))] as const);
          const worthAsking = rulesInPlay(rules, indexed);
          const asked = worthAsking.map((rule) => [rule, holds(rule.when, indexed)] as const);
          expect(asked.filter(([, proof]) => proof !== null)).toEqual(plainly.filter(([, proof]) => proof !== null));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('leave out those of which the text has no phrase', () => {
    const rules = {
      refund: mentions('refund', 'money back'),
      parcel: mentions('parcel*'),
      failed: { kind: 'all', of: [{ kind: 'empty', field: 'assignee', empty: false }, mentions('card failed')] },
      either: { kind: 'any', of: [mentions('invoice'), mentions('money back')] },
    } satisfies Record<string, Condition>;
    expect(inPlay(rules, 'I want my money back, the card has failed')).toEqual(['refund', 'either']);
    expect(inPlay(rules, 'Parcels failed')).toEqual(['parcel']);
    expect(inPlay(rules, 'my card failed')).toEqual(['failed']);
  });

  it('leave out a pattern whose letters are missing, whatever their case', () => {
    const rules = { order: matches('text', 'order-', true) };
    expect(inPlay(rules, 'my oRDer-12')).toEqual(['order']);
    expect(inPlay(rules, 'my order 12')).toEqual([]);
    // Patterns take the long s for an s.
    expect(inPlay({ ship: matches('text', 'ship', true) }, 'ſhip it')).toEqual(['ship']);
  });

  it('leave out those of which a field has none of the values, however it is written', () => {
    const rules = {
      phone: is('channel', 'phone'),
      website: is('channel', 'fax', ' WEBSITE'),
      either: { kind: 'any', of: [mentions('refund'), is('fields.size', '12.0')] },
      both: { kind: 'all', of: [mentions('hello', 'hi'), is('tags', 'vip')] },
      each: { kind: 'all', of: [is('channel', 'website'), mentions('bye', 'refund')] },
    } satisfies Record<string, Condition>;
    expect(inPlay(rules, 'Hello')).toEqual(['website', 'either']);
  });

  it('always have those that read what a rule of the list sets', () => {
    const rules = [
      { when: mentions('hello'), then: { category: 'greeting' } },
      { when: is('category', 'greeting'), then: { tags: ['kind'] } },
      { when: is('channel', 'phone'), then: {} },
    ];
    const subject = subjectOf(aTicket({ subject: '', description: 'Hi' }), MORNING, createRuleIndex([rules]));
    expect(rulesInPlay(rules, subject)).toEqual([rules[1]]);
  });

  it('always have those that can hold of any ticket', () => {
    const rules = {
      not: { kind: 'not', of: mentions('refund') },
      either: { kind: 'any', of: [mentions('refund'), { kind: 'empty', field: 'assignee', empty: true }] },
      pattern: matches('text', 'refund', false),
      always: { kind: 'all', of: [] },
      never: { kind: 'any', of: [] },
    } satisfies Record<string, Condition>;
    expect(inPlay(rules, 'Hello')).toEqual(['not', 'either', 'pattern', 'always']);
  });

  it('of a list that the index does not have are all worth asking', () => {
    const rules = [{ when: mentions('refund') }];
    expect(rulesInPlay(rules, subjectOf(aTicket(), MORNING))).toEqual(rules);
  });
});
