import { describe, expect, it } from 'vitest';
import { implies, isNever } from '../../src/config/rules/implication.ts';
import { possibleCovers } from '../../src/config/rules/possible-covers.ts';
import { compileCondition } from '../../src/config/policy/condition.ts';
import { Condition as Written } from '../../src/config/written/condition.ts';
import type { Condition } from '../../src/decide/condition.ts';
import { fc } from '../support/properties.ts';

/** Few of each, so that conditions often have to do with each other. */
const PHRASES = ['card', 'cards', 'card*', 'ca*', 'no card', 'card stuck', 'card st*', 'ca* stuck', 'no* card'];
const VALUES = ['a', 'A', 'b', '1', '1.0', '2'];
const FIELDS = ['fields.x', 'fields.y', 'tags'];

const atom = fc.oneof(
  fc.record({
    text: fc.record({ mentions: fc.uniqueArray(fc.constantFrom(...PHRASES), { minLength: 1, maxLength: 3 }) }),
  }),
  fc.record({ subject: fc.record({ mentions: fc.constantFrom(...PHRASES) }) }),
  fc.record({ text: fc.record({ matches: fc.constantFrom('inv', 'ord') }) }),
  fieldTest(fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 3 })),
  fieldTest(fc.record({ above: fc.integer({ min: 0, max: 3 }) })),
  fieldTest(fc.record({ below: fc.integer({ min: 0, max: 3 }) })),
  fieldTest(fc.record({ empty: fc.boolean() })),
  fieldTest(fc.record({ after: fc.constantFrom('2026-01-01', '2026-02-01') })),
  fieldTest(fc.record({ before: fc.constantFrom('2026-01-01', '2026-02-01') })),
  fc.record({ inHours: fc.constantFrom('day', 'night') }),
  fc.record({ outOfHours: fc.constantFrom('day', 'night') }),
  fc.record({ weekday: fc.constantFrom('Mon', 'Tue', ['Mon', 'Tue']) }),
  fc.constant({}),
);

function fieldTest(test: ReturnType<typeof fc.anything>) {
  return fc.tuple(fc.constantFrom(...FIELDS), test).map(([field, value]) => ({ [field]: value }));
}

const { condition } = fc.letrec((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    atom,
    fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

function compiled(written: unknown): Condition {
  return compileCondition(Written.parse(written), { calendars: {}, timeZone: 'UTC' });
}

/** The plain way: every condition against each above it. */
function coversOfEach(conditions: readonly Condition[]): readonly (readonly number[])[] {
  return conditions.map((one, index) =>
    isNever(one) ? [] : conditions.slice(0, index).flatMap((other, at) => (implies(one, other) ? [at] : [])),
  );
}

describe('the conditions that may hold wherever another does', () => {
  it('are all found, whatever conditions are made of', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 2, maxLength: 12 }), (written) => {
        const conditions = written.map(compiled);
        const possible = possibleCovers(conditions);
        const missed = coversOfEach(conditions).map((each, index) =>
          each.filter((at) => !possible[index]?.includes(at)),
        );
        expect(missed.flat()).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('come in the order in which rules are asked', () => {
    const conditions = [{}, { 'fields.x': 'a' }, { 'fields.x': ['a', 'b'] }, { 'fields.x': 'a', channel: 'web' }];
    expect(possibleCovers(conditions.map(compiled)).at(-1)).toEqual([0, 1, 2]);
  });

  it('are few where rules ask for words of their own', () => {
    const conditions = Array.from({ length: 500 }, (_, index) =>
      compiled({ text: { mentions: [`${index} broken things`, `${index} lost*`] }, channel: ['website', 'shop'] }),
    );
    expect(possibleCovers(conditions).flat()).toEqual([]);
  });
});
