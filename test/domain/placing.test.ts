import { describe, expect, it } from 'vitest';
import { type PlacingDecision, placingOf } from '../../src/domain/placing.ts';

const RULE = { kind: 'rule', name: 'Payments', owner: 'Ana' } as const;
const ANA = { kind: 'person', name: 'Ana' } as const;

function decided(overrides: Partial<PlacingDecision>): PlacingDecision {
  return {
    code: 'triage.category_by_rule',
    params: {},
    field: null,
    fromValue: null,
    toValue: null,
    source: RULE,
    ...overrides,
  };
}

describe('where a ticket was placed', () => {
  it('is told by the first category of a rule or a model, and by the latest', () => {
    const model = { kind: 'model', name: 'learned' } as const;
    expect(
      placingOf([
        decided({ field: 'category', toValue: null }),
        decided({ field: 'category', toValue: 'billing', source: model, params: { from: 'classifier' } }),
        decided({ field: 'category', fromValue: 'billing', toValue: 'refund', source: ANA }),
        decided({ field: 'category', fromValue: 'refund', toValue: 'bug' }),
      ]),
    ).toEqual({
      firstCategory: 'billing',
      firstCategoryBy: 'classifier',
      firstCategoryFrom: 'learned',
      machineCategory: 'bug',
    });
  });

  it('is told by the first route, by default, too', () => {
    const byDefault = { code: 'route.default', params: { queue: 'support' }, source: { kind: 'default' } as const };
    expect(placingOf([decided(byDefault), decided({ code: 'route.rule', params: { queue: 'finance' } })])).toEqual({
      firstQueue: 'support',
      firstQueueBy: 'default',
      firstQueueFrom: '',
    });
  });

  it.each([
    {
      what: 'a move to another queue',
      field: 'queue',
      fromValue: 'support',
      toValue: 'finance',
      source: ANA,
      says: { movedTo: 'finance' },
    },
    {
      what: 'taking it from somebody',
      field: 'assignee',
      fromValue: 'Ben',
      toValue: 'Cleo',
      source: ANA,
      says: { isPassedOn: true },
    },
    { what: 'taking what nobody had', field: 'assignee', fromValue: null, toValue: 'Cleo', source: ANA, says: {} },
    { what: 'giving it back', field: 'assignee', fromValue: 'Ben', toValue: null, source: ANA, says: {} },
    { what: 'a move by a rule', field: 'queue', fromValue: 'support', toValue: 'finance', source: RULE, says: {} },
    {
      what: 'the same queue once more',
      field: 'queue',
      fromValue: 'support',
      toValue: 'support',
      source: ANA,
      says: {},
    },
  ])('takes $what for what it is', ({ says, field, fromValue, toValue, source }) => {
    expect(placingOf([decided({ code: 'edit.changed', field, fromValue, toValue, source })])).toEqual(says);
  });
});
